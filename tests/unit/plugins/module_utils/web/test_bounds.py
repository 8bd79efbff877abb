# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A page costs time linear to its length, and one that no appliance has is refused."""

from __future__ import annotations

import sys

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.model.backup_file import verify_backup
from ansible_collections.bomgar.appliance.plugins.module_utils.model.markup_text import looks_like_html, visible_text
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance.package_rows import find_rows
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance.progress import read_progress
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.markup import parse
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.page import Page
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.text import text_of
from ansible_collections.bomgar.appliance.plugins.module_utils.web.labels import Labels

BUTTON = '<form method="post"><input type="submit" value="Install This Update"></form>'
LAYOUTS = {
    "a table": ("<table>", "<tr class=r><td>Bomgar {0}.1.1</td><td>300 MB</td><td>" + BUTTON + "</td></tr>", "</table>"),
    "a table of blocked packages": ("<table>", "<tr class=r><td>Bomgar {0}.1.1</td><td>Requires Base 6</td></tr>", "</table>"),
    "cards": ("<div>", "<div class=card><h3>Bomgar {0}.1.1</h3><p>About</p>" + BUTTON + "</div>", "</div>"),
    "boxes to choose": (
        "<form method=post><table>",
        "<tr><td><input type=radio name=p value={0}></td><td>Bomgar {0}.1.1</td></tr>",
        '</table><input type="submit" value="Install This Update"></form>',
    ),
    "a definition list": ("<dl>", "<dt>Bomgar {0}.1.1</dt><dd>300 MB " + BUTTON + "</dd>", "</dl>"),
    "paragraphs": ("<div>", "<p><b>Bomgar {0}.1.1</b> 300 MB <a href=/i/{0}>Install This Update</a></p>", "</div>"),
}


def page_of(layout, count):
    head, row, end = LAYOUTS[layout]
    rows = "".join(row.format(number) for number in range(10, 10 + count))
    return Page("https://a.example.com/x", 200, f"<h1>Updates</h1>{head}{rows}{end}")


def calls_for(act):
    """How many Python functions were entered: a measure of time that no busy machine changes."""
    count = 0

    def watch(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_list_is_read_in_linear_time(layout):
    few, many = page_of(layout, 20), page_of(layout, 80)
    assert len(find_rows(many, Labels({}))) == 80
    few, many = page_of(layout, 20), page_of(layout, 80)
    assert calls_for(lambda: find_rows(many, Labels({}))) < 6 * calls_for(lambda: find_rows(few, Labels({})))


def test_a_list_with_too_many_rows_is_refused():
    with pytest.raises(NotUnderstood, match="1001 rows"):
        find_rows(page_of("a table of blocked packages", 1001), Labels({}))


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 300,
        "<b><i>" * 200,
        "<br>" * 70_000,
        "<a " * 20_000,
        "<a" * 20_000,
        "<a b='" * 10_000,
        "<!--" * 20_000,
        "<![if" * 9000,
        "<![foo[x]]>",
    ],
    ids=lambda html: html[:6],
)
def test_a_page_that_no_appliance_has_is_refused(html):
    with pytest.raises(NotUnderstood):
        parse(html)


@pytest.mark.parametrize(
    "html",
    [
        "<script>" + "if (a < b && c = d) { e(); }" * 2000 + "</script><p>here</p>",
        "<!--" + "<td class='x'>" * 3000 + "--><p>here</p>",
        "<img src='data:image/png;base64," + "QUJD" * 10_000 + "'><p>here</p>",
        "<div>" * 200 + "here",
    ],
    ids=["a script", "a comment", "an image", "deep"],
)
def test_a_page_that_is_only_long_is_read(html):
    assert text_of(parse(html)) == "here"


@pytest.mark.parametrize("reference", ["&#999999999;", "&#xD800;", "&#55296", "&#0;", "&#" + "9" * 5000 + ";", "&#xFFFFFFFFF;"])
def test_reference_to_nothing_is_one_sign(reference):
    assert text_of(parse(f"<p>a{reference}b&#65;</p>")) == "a\ufffdbA"


@pytest.mark.parametrize("text", ["installing base 1." * 400, "installing " * 2000, "Installing" + " base" * 3000, "x is " * 3000])
def test_long_text_is_no_message(text):
    assert not read_progress(Page("https://a.example.com/x", 200, f"<p>{text}</p>")).running


@pytest.mark.parametrize("text", ["<!---->" * 500, "<?xml?>" + "<!-- -->" * 500, "<script>" * 500, "<error>" * 500, " " * 4000])
def test_backup_bytes_are_judged_at_once(text):
    looks_like_html(text), visible_text(text)
    with pytest.raises(NotUnderstood):
        verify_backup(text.encode()[:4096], 0)
