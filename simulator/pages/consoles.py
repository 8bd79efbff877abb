# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Installers of the representative console: the present one on /login > My Account, the next one behind a link on Updates.

Where they stand is documented (docs/vendor/pages.md#pages-of-login); wording, addresses, types, names and contents are our invention.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from .certificates import attachment

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from .visit import Visit


MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")  # with these bytes every MSI begins
LENGTH = 6 * 1024


def msi(version: str) -> bytes:
    """Something that begins like an MSI and tells its version; of one version it is always the same."""
    text = f"simulated installer of the representative console {version}\n".encode()
    return MAGIC + text + random.Random(version).randbytes(LENGTH - len(MAGIC) - len(text))


def _file(visit: Visit, version: str, kind: str) -> Response:
    return attachment(f"representative-console-{version}.msi", msi(version), kind)


def my_account(visit: Visit) -> Response:
    """The account of whoever is signed in, with the console's present installer where the world has one."""
    installer = visit.world["web"]["my_account_installer"]
    return visit.page("my_account", title=visit.words("my_account"), within="my_account", installer=installer)


def my_account_installer(visit: Visit) -> Response:
    if not visit.world["web"]["my_account_installer"]:
        return visit.page("message", title=visit.words("not_found"), status=404)
    running, _build = visit.machine.runs()
    return _file(visit, running, visit.layout.msi_type)


def console_installers(visit: Visit) -> Response:
    """Where the link of the update check leads (extractable console only)."""
    return visit.page("console_installers", title=visit.words("console_installers"), within="updates")


def console_installer(visit: Visit) -> Response:
    """That of the newest site version on offer: it can be distributed before the appliance is upgraded."""
    coming, (running, _build) = visit.machine.packages.newest_offered(), visit.machine.runs()
    return _file(visit, coming.version if coming else running, "application/x-msi")


PAGES = {
    "my_account": my_account,
    "my_account_installer": my_account_installer,
    "console_installers": console_installers,
    "console_installer": console_installer,
}
ACTIONS = {}
