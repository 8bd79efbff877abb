# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login, Management > Security: the key that both boxes of a pair must share (docs/vendor/pages.md#pages-of-login)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from .visit import Visit


def site_security(visit: Visit, error: str = "") -> Response:
    title = f"{visit.words('management')} :: {visit.words('security')}"
    key = visit.machine.inter_appliance_key
    return visit.page("site_security", title=title, within="site_security", key=key, error=error)


def save_key(visit: Visit) -> Response:
    key = visit.value("inter_appliance_key").strip()
    if not key:
        return site_security(visit, visit.words("key_needed"))
    visit.machine.inter_appliance_key = key
    visit.machine.write("save inter-appliance key")
    return visit.after("site_security", visit.words("saved"))


PAGES = {"site_security": site_security}
ACTIONS = {"save_key": save_key}
