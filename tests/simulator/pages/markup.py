# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is wrong with the nesting of a page's HTML."""

from html.parser import HTMLParser

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta"}
INLINE = {"a", "b", "button", "em", "i", "label", "option", "p", "span", "strong"}
BLOCK = {"div", "dl", "fieldset", "form", "h1", "h2", "h3", "li", "ol", "p", "section", "table", "ul"}
WITHIN = {
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "option": {"select", "optgroup"},
    "tbody": {"table"},
    "thead": {"table"},
    "body": {"html"},
    "title": {"head"},
    "legend": {"fieldset"},
}
NEVER = {"form": "form", "a": "a", "button": "button", "label": "label"}  # inside itself


class Nesting(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.wrong = [], set(), []

    def handle_starttag(self, tag, attrs):
        parent, place = (self.open or ["nothing"])[-1], f"line {self.getpos()[0]}: <{tag}>"
        if tag in WITHIN and parent not in WITHIN[tag]:
            self.wrong.append(f"{place} inside <{parent}>")
        if NEVER.get(tag) in self.open or (tag in BLOCK and parent in INLINE):
            self.wrong.append(f"{place} inside <{parent}>")
        given = dict(attrs)
        if "id" in given and given["id"] in self.ids:
            self.wrong.append(f"{place} has an id that was used before")
        self.ids.add(given.get("id"))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"line {self.getpos()[0]}: </{tag}> closes <{(self.open or ['nothing'])[-1]}>")
        while tag in self.open and self.open.pop() != tag:
            pass


def misnested(html):
    """Sentences; [] for a page that is as it should be."""
    nesting = Nesting()
    nesting.feed(html)
    nesting.close()
    return nesting.wrong + [f"<{tag}> is never closed" for tag in nesting.open]
