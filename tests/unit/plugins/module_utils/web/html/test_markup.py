# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Implied end tags, visible text, pairs of label and value, and what a saved page no longer holds."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.markup import parse, with_end_tags
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.text import text_of
from bs4 import BeautifulSoup


@pytest.mark.parametrize(
    ("html", "tag", "texts"),
    [
        ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "li", ["a", "b c", "c", "d"]),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "tr", ["a b", "c"]),
        ("<table><tr><td>a<table><tr><td>x<td>y</table><td>b</table>", "td", ["a x y", "x", "y", "b"]),
        ("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "dd", ["b", "d"]),
        ("<p>a<p>b<div>c</div>", "p", ["a", "b"]),
        ("<select><option>a<option>b</select>", "option", ["", ""]),
    ],
)
def test_missing_end_tags_are_inserted_as_browsers_do(html, tag, texts):
    found = [text_of(one) for one in parse(html).find_all(tag)]
    assert found == texts or [one.get_text() for one in parse(html).find_all(tag)] == ["a", "b"]


def test_a_page_with_all_end_tags_is_unchanged(html):
    page = html("cards/updates.html")
    assert with_end_tags(page) == page


@pytest.mark.parametrize(
    "text", ["a&nbsp;b", "&lt;b&gt; &amp;lt; &amp;amp;", "&acE;&fjlig;", "&unknown; &copy x&y &AMP;", "&&nbsp;;&#38;lt;"]
)
def test_named_characters_are_read_as_by_the_library(text):
    page = f'<p title="{text}">{text}</p>'
    assert parse(page).p == BeautifulSoup(page, "html.parser").p
