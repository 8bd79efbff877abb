# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One page as it came: its tree, its address, and what can be pressed on it."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

from ..errors import NotUnderstood
from .controls import find_controls
from .forms import Form
from .markup import parse
from .text import fold, squash, strings, text_of

_REFRESH = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(?:[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]+))?", re.I)
_SCRIPTED = re.compile(
    r"(?:window\.|document\.|top\.|self\.)*location(?:\.href|\.replace)?\s*[=(]\s*['\"]([^'\"]+)['\"]")
_SHORT = 300  # characters: a page that only sends the reader on says no more than this


def _path(url):
    return unquote(urlsplit(url).path)


class PageNotUnderstood(NotUnderstood):
    """A page came, but what was sought on it is not there under any known label: so nothing on it was pressed."""

    nothing_sent = True


class Page:
    """url: absolute address of the page after redirects; status: HTTP status; html: its text.

    asked, method: the request that brought it. What a form's address answers by itself must not be fetched again.
    """

    def __init__(self, url, status, html, *, asked="", method="GET"):
        self.url, self.status, self.html = url, status, html
        self.redirected = bool(asked) and _path(asked) != _path(url)
        self.can_be_fetched = method == "GET" or self.redirected
        self.soup = parse(html)
        base = self.soup.find("base", href=True)
        self.base = urljoin(url, base["href"]) if base else url
        self._controls = None

    @property
    def controls(self):
        """Everything that can be pressed (class Control), in the order of the page."""
        if self._controls is None:
            self._controls = find_controls(self.soup)
        return self._controls

    def named(self, labels, *keys):
        """The controls that carry, as a whole, a wording of one of the keys. The best named come first."""
        wanted = {text for key in keys for text in labels.folded(key)}
        return [control for control in self.controls if control.names & wanted]

    def usable(self, labels, *keys):
        """The first enabled control with such a name, or None."""
        return next((control for control in self.named(labels, *keys) if control.enabled), None)

    def form_of(self, control):
        """The form that a control belongs to (class Form), or None."""
        element = control.form_element(self.soup)
        return Form(self, element) if element is not None else None

    def submits_of(self, form, *, also_disabled=False):
        """The controls that send this form. A script enables some of them once a box is ticked: also_disabled."""
        return [control for control in self.controls if (control.enabled or also_disabled) and control.kind == "submit"
                and control.form_element(self.soup) is form.element]

    def target_of(self, control):
        """The absolute address behind a link."""
        return urljoin(self.base, control.target)

    def forms(self):
        return [Form(self, element) for element in self.soup.find_all("form")]

    @property
    def title(self):
        element = self.soup.find("title")
        return squash(element.get_text()) if element else ""

    @property
    def text(self):
        return text_of(self.soup)

    def says(self, labels, key):
        """The first piece of visible text that holds a wording of the key, or '' (for reading only, never to press)."""
        wanted = labels.folded(key)
        for text in strings(self.soup):
            if any(one in fold(text) for one in wanted):
                return text
        return ""

    @property
    def forward(self):
        """The address to which a page that has nothing else sends the reader at once, or None."""
        if len(self.text) > _SHORT or self.soup.find(["input", "button", "form"]):
            return None
        target = self._refresh_target() or self._scripted_target()
        target = urljoin(self.base, target) if target else None
        return target if target and target.split("#")[0] != self.url.split("#")[0] else None

    def _refresh_target(self):
        for meta in self.soup.find_all("meta"):
            if str(meta.get("http-equiv", "")).lower() == "refresh":
                match = _REFRESH.match(str(meta.get("content", "")))
                if match and match.group(2) and float(match.group(1)) <= 10:
                    return match.group(2).strip()
        return None

    def _scripted_target(self):
        if self.soup.find("a", href=True):
            return None
        for script in self.soup.find_all("script"):
            match = _SCRIPTED.search(script.get_text())
            if match:
                return match.group(1)
        return None
