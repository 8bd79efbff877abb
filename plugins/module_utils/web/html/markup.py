# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Parses HTML, also of old pages that omit end tags.

html.parser nests `<li>a<li>b`; browsers do not. So the end tags that HTML implies are inserted before the tree is built.
Nothing else of the page is changed.
"""

from __future__ import annotations

import warnings
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from ...errors import NotUnderstood
from ...model.markup_text import numbered_references, safe_references

if TYPE_CHECKING:
    from .tree import Tag

_MOST, _DEEPEST = 60_000, 256
_PIECE, _LONGEST_TAG, _MOST_SIGNS = 16_384, 4096, 500

_CELLS = {"td", "th"}
_ROWS = {"tr"}
_GROUPS = {"thead", "tbody", "tfoot"}
_BLOCKS = {
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "fieldset",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
}
# start tag -> (open elements that it ends, elements that limit the search for them)
_ENDS = {
    "li": ({"li"}, {"ul", "ol", "menu"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "option": ({"option"}, {"select", "optgroup", "datalist"}),
    "optgroup": ({"option", "optgroup"}, {"select"}),
    "td": (_CELLS, {"tr", "table"}),
    "th": (_CELLS, {"tr", "table"}),
    "tr": (_CELLS | _ROWS, {"table"} | _GROUPS),
    "tbody": (_CELLS | _ROWS | _GROUPS, {"table"}),
    "thead": (_CELLS | _ROWS | _GROUPS, {"table"}),
    "tfoot": (_CELLS | _ROWS | _GROUPS, {"table"}),
}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_IMPLIED = {"li", "dt", "dd", "option", "optgroup", "p"} | _CELLS | _ROWS | _GROUPS


def parse(html: str | None) -> Tag:
    """The tree of a page (BeautifulSoup). The library is imported with the first page: most tasks read none."""
    from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
    from bs4.builder import ParserRejectedMarkup

    warnings.filterwarnings("ignore", category=XMLParsedAsHTMLWarning)  # XML instead of a page: no label is found on it
    try:
        return BeautifulSoup(with_end_tags(numbered_references(safe_references(html or ""))), "html.parser")
    except (AssertionError, ParserRejectedMarkup) as exc:  # html.parser does not know a declaration
        raise NotUnderstood("The page is not HTML: it contains an unknown declaration.") from exc


def with_end_tags(html: str) -> str:
    """The page with the implied end tags of lists, tables, options and paragraphs."""
    reader = _Reader(html)
    for start in range(0, len(html), _PIECE):
        reader.feed(html[start : start + _PIECE])
        reader.refuse_endless_tag()
    reader.close()
    return reader.result()


class _Reader(HTMLParser):
    """Reads a page and notes where end tags are missing."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._html, self._count = html, 0
        self._open: list[str] = []
        self._inserts: list[tuple[int, str]] = []
        self._starts = [0]
        for line in html.split("\n")[:-1]:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._close({"p"}, _CELLS | {"li", "dd", "form", "div", "fieldset", "section", "button"})
        if tag in _ENDS:
            self._close(*_ENDS[tag])
        self._count += 1
        if tag not in _VOID:
            self._open.append(tag)
        if len(self._open) > _DEEPEST or self._count > _MOST:
            raise NotUnderstood(f"The page has more than {_MOST} elements, or {_DEEPEST} inside one another: no appliance has that.")

    def refuse_endless_tag(self) -> None:
        """Raise NotUnderstood for a very long tag: html.parser reads it repeatedly, which takes hours."""
        in_comment = self.rawdata.startswith("<!--") and "-->" in self._html
        signs = 0 if in_comment or self.cdata_elem else self.rawdata.count("<") + self.rawdata.count("=")
        if len(self.rawdata) > _LONGEST_TAG and signs > _MOST_SIGNS:
            raise NotUnderstood(f"The page has a tag of more than {len(self.rawdata)} characters: no appliance has such a page.")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open[-1] != tag and self._open[-1] in _IMPLIED:
            self._inserts.append((self._offset(), self._open.pop()))
        if self._open[-1] == tag:
            self._open.pop()
        else:  # it ends an outer element, as </form> inside a table: the rest stays open
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag)]

    def _close(self, ended: set[str], border: set[str]) -> None:
        """End the named open elements, innermost first, up to the border."""
        deepest = None
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index] in border:
                break
            if self._open[index] in ended:
                deepest = index
        if deepest is None or any(tag not in _IMPLIED for tag in self._open[deepest:]):
            return
        while len(self._open) > deepest:
            self._inserts.append((self._offset(), self._open.pop()))

    def result(self) -> str:
        parts, last = [], 0
        for offset, tag in self._inserts:
            parts += [self._html[last:offset], f"</{tag}>"]
            last = offset
        return "".join(parts) + self._html[last:]
