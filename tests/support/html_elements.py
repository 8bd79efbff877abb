# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a page of HTML is made of, and texts that must do nothing in it."""

from html.parser import HTMLParser

VOID = {"meta", "br", "link", "img", "rect", "line", "path", "circle", "polyline", "polygon", "hr", "input"}
ATTACKS = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "https://evil.example/x.png",
    "&lt;b&gt;",
    "\u202egnp.exe\u2066 \u200bname\x1b[31m\x00",
    "{node.__class__}",
]


class Elements(HTMLParser):
    """Start tags with attributes, and whether each element is closed where it has to be."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.faults, self.texts = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.faults.append(tag)

    def handle_data(self, data):
        self.texts.append(data)
