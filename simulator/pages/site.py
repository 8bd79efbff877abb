# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The pages of one appliance: finds the handler of an address and guards it by session and form token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from . import (
    basics,
    certificates,
    consoles,
    failover,
    information,
    jump_clients,
    manual,
    signing_in,
    site_security,
    software,
    storage,
    updates,
)
from .layouts import LAYOUTS
from .menus import appliance_menu, site_menu
from .sessions import Sessions
from .visit import ACCOUNT, SIGNED_OUT, Visit
from .words import Words

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

    from ..machine.appliance import Machine
    from .menus import Entry


AREAS = ("appliance", "login")
MODULES = (basics, certificates, consoles, failover, information, jump_clients, manual, site_security, software, storage, updates)
PAGES = {name: handler for module in MODULES for name, handler in module.PAGES.items()}
ACTIONS = {name: handler for module in MODULES for name, handler in module.ACTIONS.items()}
TOKEN_FIELD = "form_token"


class Site:
    """Call handle() for each request; None means that the address is not one of these pages."""

    def __init__(self, world: dict[str, Any], machine: Machine) -> None:
        self.world, self.machine = world, machine
        self.layout = LAYOUTS[machine.layout]
        idle = world["web"]["session_minutes"] * 60
        self.sessions = Sessions(machine.now, lambda: machine.session_generation, idle)

    def words(self) -> Words:
        return Words(self.machine.language, self.machine.base_version, self.machine.version, self.world["web"]["labels"])

    def menu(self, area: str) -> tuple[Entry, ...]:
        machine = self.machine
        if area == "appliance":
            return appliance_menu(machine.base_version)
        return site_menu(machine.version, backup=len(machine.members()) > 1 and machine.failover_role == "backup")

    @staticmethod
    def with_query(path: str, query: Any) -> str:
        return f"{path}?{urlencode(query)}" if query else path

    def handle(self, request: Request) -> Response | None:
        area = request.path.strip("/").partition("/")[0]
        if area not in AREAS:
            return None
        if request.method not in ("GET", "HEAD", "POST"):
            return Response(status=200 if request.method == "OPTIONS" else 405, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
        visit = Visit(self, area, request, self.sessions.find(area, request.cookies))
        response = self._post(visit) if request.method == "POST" else self._get(visit)
        request.environ[ACCOUNT] = visit.session.account
        return response

    def _get(self, visit: Visit) -> Response:
        if visit.request.path == visit.layout.address(visit.area, "sign_out"):
            return signing_in.sign_out(visit)
        return self._barred(visit) or self.show(visit, self._page_at(visit))

    @staticmethod
    def _barred(visit: Visit) -> Response | None:
        barred = signing_in.obstacle(visit)
        visit.request.environ[SIGNED_OUT] = barred is not None
        return barred

    def _post(self, visit: Visit) -> Response:
        name = self._action_at(visit)
        barred = None if name in signing_in.ACTIONS else self._barred(visit)
        if barred or name is None:
            return barred or self.show(visit, self._page_at(visit))
        if not self._token_fits(visit, name):
            return visit.page("message", title=visit.words("stale_form"), status=403)
        return (signing_in.ACTIONS.get(name) or ACTIONS[name])(visit)

    def show(self, visit: Visit, page: Any, arguments: Any = None) -> Response:
        """A page by its key. `arguments` replace those of the address when a POST shows the page itself."""
        if page is None:
            return visit.page("message", title=visit.words("not_found"), status=404)
        handler = PAGES.get(page)
        if handler is None:
            return visit.page("empty", title=visit.words(page.removeprefix("site_")), within=page)
        return handler(visit, **(arguments or {}))

    def _vanished(self, path: str) -> bool:
        """Is this an address of a page that the menu of /login does not have now? On a backup most of them."""
        now, layout = set(_pages_of(self.menu("login"))), self.layout
        gone = [layout.address("login", page) for page in _pages_of(site_menu(self.machine.version)) if page not in now]
        return any(path == address or path.startswith(f"{address}/") for address in gone)

    def _page_at(self, visit: Visit) -> str | None:
        """The page key of the address that was asked for; the menu decides which pages exist."""
        if self._vanished(visit.request.path.rstrip("/")):
            return None
        path, area, layout = visit.request.path.rstrip("/"), visit.area, visit.layout
        if path == f"/{area}" or path == layout.address(area, f"{area}_sign_in"):
            return signing_in.HOME[area]
        known = {layout.address(area, page): page for page in layout.pages}
        for entry in self.menu(area):
            known[layout.parent(area, entry.label)] = entry.page
        for page in _pages_of(self.menu(area)):
            known[layout.address(area, page)] = page
        return known.get(path)

    def _action_at(self, visit: Visit) -> str | None:
        form, path = visit.request.form, visit.request.path
        if self._vanished(path):
            return None
        sent = {*form, *visit.request.files}
        for name, action in visit.layout.actions.items():
            if action.path == path and action.pressed_in(sent):
                return name
        return None

    def _token_fits(self, visit: Visit, name: str) -> bool:
        if not visit.layout.tokens:
            return True
        token = visit.request.form.get(TOKEN_FIELD, "")
        return self.sessions.token_fits(visit.session, visit.layout.actions[name].path, token)


def _pages_of(menu: Any) -> list[str]:
    """The page keys of a menu."""
    return [item.page for entry in menu for item in (entry, *entry.below)]
