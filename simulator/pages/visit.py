# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One request of a signed-in or not yet signed-in browser: what it sent, and the ways to answer it."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.wrappers import Response

from .sessions import COOKIES

if TYPE_CHECKING:
    from werkzeug.wrappers import Request


TEMPLATES = Path(__file__).parent / "templates"
# The server's request log may read who is signed in from the request's environ.
ACCOUNT = "simulator.account"
SIGNED_OUT = "simulator.signed_out"  # true in the environ of a request that met the login page instead of what it asked for


@cache
def _environment(layout: str) -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES / layout),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Visit:
    """What a page handler gets. `site` is the Site of the appliance; `session` its browser's session."""

    def __init__(self, site: Any, area: str, request: Request, session: Any) -> None:
        self.site, self.area, self.request, self.session = site, area, request, session
        self.machine, self.world = site.machine, site.world
        self.layout, self.words = site.layout, site.words()

    # --- what was sent ---
    def value(self, field: str) -> str:
        """The text of one field of the posted form, by our key."""
        return self.request.form.get(self.layout.fields[field], "")

    def values(self, field: str) -> list[str]:
        return self.request.form.getlist(self.layout.fields[field])

    def argument(self, field: str) -> str:
        """The same from the address."""
        return self.request.args.get(self.layout.fields[field], "")

    def arguments(self, field: str) -> list[str]:
        return self.request.args.getlist(self.layout.fields[field])

    # --- answers ---
    def page(self, template: str, *, title: str, within: str = "", status: int = 200, **context: Any) -> Response:
        """The page made of templates/<layout>/<template>.html; `within` is the menu's page it belongs to."""
        notice, self.session.notice = self.session.notice, ""
        context = {"error": "", "notice": notice, "refresh": 0, **context}
        text = (
            _environment(self.layout.name)
            .get_template(f"{template}.html")
            .render(**self._globals(), title=title, menu=self._menu(within), **context)
        )
        return self.with_cookie(Response(text, status=status, content_type="text/html; charset=utf-8"))

    def after(self, page: str, notice: str = "", **arguments: Any) -> Response:
        """What follows a POST: a redirect to the page or the page itself, as the layout does it."""
        self.session.notice = notice
        if not self.layout.redirects:
            return self.site.show(self, page, arguments)
        response = Response(status=303)
        response.headers["Location"] = self.address(page, **arguments)
        return self.with_cookie(response)

    def with_cookie(self, response: Response) -> Response:
        response.set_cookie(COOKIES[self.area], self.session.cookie, secure=True, httponly=True, path="/")
        response.headers["Cache-Control"] = "no-store"
        return response

    # --- what templates use ---
    def address(self, page: str, **arguments: Any) -> str:
        """The address of a page; arguments are field key -> value or values."""
        query = [
            (self.layout.fields[key], item) for key, value in arguments.items() for item in (value if isinstance(value, list) else [value])
        ]
        return self.site.with_query(self.layout.address(self.area, page), query)

    def _globals(self) -> dict:
        actions, fields = self.layout.actions, self.layout.fields
        return {
            "w": self.words,
            "language": self.words.language,
            "hostname": self.machine.hostname,
            "signed_in": bool(self.session.account) and not self.session.expired,
            "account": self.session.account,
            "area": self.area,
            "address": self.address,
            "action": lambda name: actions[name].path,
            "button_name": lambda name: actions[name].button,
            "token": lambda name: self.site.sessions.form_token(self.session, actions[name].path),
            "field": lambda name: fields[name],
            "automatic": self.layout.automatic,
            "uid": lambda: f"e{secrets.token_hex(3)}",
        }

    def _menu(self, within: str) -> list[dict]:
        """[{label, href, current, below: [...]}]; `below` is empty where the layout hides it."""
        if not self.session.account or self.session.expired:
            return []
        return [self._entry(entry, within) for entry in self.site.menu(self.area)]

    def _entry(self, entry: Any, within: str) -> dict:
        current = within in (entry.page, *(below.page for below in entry.below))
        shown = entry.below if self.layout.full_menu or current else ()
        href = self.address(entry.page)
        if entry.below and not self.layout.full_menu:
            href = self.layout.parent(self.area, entry.label)
        below = [self._leaf(item, within) for item in shown]
        return {"label": self.words(entry.label), "href": href, "current": current, "below": below}

    def _leaf(self, entry: Any, within: str) -> dict:
        href = self.address(entry.page)
        return {"label": self.words(entry.label), "href": href, "current": entry.page == within}
