# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""HTML to a tree, also where the page leaves out end tags as old pages do.

html.parser puts `<li>a<li>b` into one another. Browsers do not, so the end tags that HTML implies are written in
before the tree is built. Nothing else of the page is changed.
"""

from __future__ import annotations

import warnings
from html.parser import HTMLParser

_CELLS = {"td", "th"}
_ROWS = {"tr"}
_GROUPS = {"thead", "tbody", "tfoot"}
_BLOCKS = {"address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "footer", "form", "h1",
           "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"}
# a start tag -> (open elements that it ends, the elements that such an end never crosses)
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


def parse(html):
    """The tree of a page (a BeautifulSoup object). The library is loaded with the first page: most tasks read none."""
    from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

    warnings.filterwarnings("ignore", category=XMLParsedAsHTMLWarning)  # XML in place of a page is met: nothing on it is understood
    return BeautifulSoup(with_end_tags(html or ""), "html.parser")


def with_end_tags(html):
    """The same page with the implied end tags of lists, tables, options and paragraphs written out."""
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    return reader.result()


class _Reader(HTMLParser):
    """Walks over the page and remembers where which end tags are missing."""

    def __init__(self, html):
        super().__init__(convert_charrefs=False)
        self._html, self._open, self._inserts = html, [], []
        self._starts = [0]
        for line in html.split("\n")[:-1]:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def _offset(self):
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def handle_starttag(self, tag, attrs):
        if tag in _BLOCKS:
            self._close({"p"}, _CELLS | {"li", "dd", "form", "div", "fieldset", "section", "button"})
        if tag in _ENDS:
            self._close(*_ENDS[tag])
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        if tag not in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag not in self._open:
            return
        while self._open[-1] != tag and self._open[-1] in _IMPLIED:
            self._inserts.append((self._offset(), self._open.pop()))
        if self._open[-1] == tag:
            self._open.pop()
        else:  # ends something further out, as </form> inside a table: the rest stays open
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag)]

    def _close(self, ended, border):
        """End the open elements named, innermost first, never beyond the border."""
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

    def result(self):
        parts, last = [], 0
        for offset, tag in self._inserts:
            parts += [self._html[last:offset], f"</{tag}>"]
            last = offset
        return "".join(parts) + self._html[last:]
