# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One page: its tree, its address, and what can be pressed on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ...errors import NotUnderstood
from ...model.address import join, path_of
from .controls import find_controls
from .forms import Form
from .layout import without_layout
from .markup import parse
from .text import fold, lines, squash, text_of

if TYPE_CHECKING:
    from ..labels import Labels
    from .controls import Control

_REFRESH = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(?:[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]+))?", re.I)
_SCRIPTED = re.compile(r"(?:window\.|document\.|top\.|self\.)*location(?:\.href|\.replace)?\s*[=(]\s*['\"]([^'\"]+)['\"]")
_SHORT = 300  # characters; a page that only redirects has no more text


def _path(url: str) -> str:
    return unquote(path_of(url).partition("?")[0])


class PageNotUnderstood(NotUnderstood):
    """The page does not show what was expected under any known label."""


class Page:
    """url: absolute address after redirects. status: HTTP status. html: its text.

    requested, method: the request that fetched it. by: the method of the last request, after redirects. The address of a form
    must not be fetched again if it responded without a redirect.
    """

    def __init__(self, url: str, status: int, html: str, *, requested: str = "", method: str = "GET", by: str = "") -> None:
        self.url, self.status, self.html = url, status, html
        self.redirected = bool(requested) and _path(requested) != _path(url)
        self.follows = self.redirected or bool(by) and by != method  # it is the response to a redirect
        self.can_be_fetched = method == "GET" or self.redirected
        self.soup = without_layout(parse(html))
        base = self.soup.find("base", href=True)
        self.base = (join(url, base["href"]) if base else "") or url
        self._controls: list[Control] | None = None

    @property
    def controls(self) -> list[Control]:
        """Everything that can be pressed (class Control), in the order of the page."""
        if self._controls is None:
            self._controls = find_controls(self.soup)
        return self._controls

    def named(self, labels: Labels, *keys: str) -> list[Control]:
        """The controls with a label that is, as a whole, a wording of one of the keys."""
        wanted = {text for key in keys for text in labels.folded(key)}
        return [control for control in self.controls if control.names & wanted]

    def usable(self, labels: Labels, *keys: str) -> Control | None:
        """The first enabled control with such a label, or None."""
        return next((control for control in self.named(labels, *keys) if control.enabled), None)

    def form_of(self, control: Control) -> Form | None:
        """The Form of a control, or None."""
        element = control.form_element(self.soup)
        return Form(self, element) if element is not None else None

    def submits_of(self, form: Form, *, also_disabled: bool = False) -> list[Control]:
        """The controls that send this form. also_disabled: also those that a script enables after a box is ticked."""
        return [
            control
            for control in self.controls
            if (control.enabled or also_disabled) and control.kind == "submit" and control.form_element(self.soup) is form.element
        ]

    def target_of(self, control: Control) -> str:
        """The absolute address of a link, '' if it cannot be read."""
        return join(self.base, control.target or "")

    def forms(self) -> list[Form]:
        return [Form(self, element) for element in self.soup.find_all("form")]

    @property
    def title(self) -> str:
        element = self.soup.find("title")
        return squash(element.get_text()) if element else ""

    @property
    def text(self) -> str:
        return text_of(self.soup)

    def find_text(self, labels: Labels, key: str) -> str:
        """The first line of visible text that contains a wording of the key, or ''. For reading only, never to press."""
        wanted = labels.folded(key)
        for text in lines(self.soup):
            if any(one in fold(text) for one in wanted):
                return text
        return ""

    @property
    def forward(self) -> str | None:
        """The address to which a page without other content redirects, or None."""
        if len(self.text) > _SHORT or self.soup.find(["input", "button", "form"]):
            return None
        target = self._refresh_target() or self._scripted_target()
        target = join(self.base, target) if target else None
        return target if target and target.split("#")[0] != self.url.split("#")[0] else None

    def _refresh_target(self) -> str | None:
        for meta in self.soup.find_all("meta"):
            if str(meta.get("http-equiv", "")).lower() == "refresh":
                match = _REFRESH.match(str(meta.get("content", "")))
                if match and match.group(2) and float(match.group(1)) <= 10:
                    return match.group(2).strip()
        return None

    def _scripted_target(self) -> str | None:
        if self.soup.find("a", href=True):
            return None
        for script in self.soup.find_all("script"):
            match = _SCRIPTED.search(script.get_text())
            if match:
                return match.group(1)
        return None
