# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login, Management > Software: the backup of the configuration and of the Vault key (both are reads)."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from .certificates import attachment
from .words import numbers

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from .visit import Visit


# Since when the Vault exists is UNKNOWN to us in detail; in 19.x it does.
VAULT_SINCE = (19,)


def software(visit: Visit, error: str = "") -> Response:
    words = visit.words
    title = f"{words('management')} :: {words('software')}"
    vault = numbers(visit.machine.version) >= VAULT_SINCE
    return visit.page("software", title=title, within="software", vault=vault, error=error)


def backup(visit: Visit) -> Response:
    """The NSB file, as a stream of unknown length like the Backup API's."""
    password = visit.value("backup_password")
    if password != visit.value("confirm_backup_password"):
        return software(visit, visit.words("passwords_differ"))
    name, pieces, kind = visit.machine.make_backup(password, bool(visit.values("include_sessions")))
    return attachment(name, pieces, kind)


def vault_key(visit: Visit) -> Response:
    if not visit.value("vault_password"):
        return software(visit, visit.words("password_needed"))
    return attachment("vault-key.bin", secrets.token_bytes(256), "application/octet-stream")


PAGES = {"software": software}
ACTIONS = {"backup": backup, "vault_key": vault_key}
