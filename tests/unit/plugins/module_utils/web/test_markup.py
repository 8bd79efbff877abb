# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Implied end tags, visible text, pairs of label and value, and what a saved page no longer holds."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.facts import read_facts
from ansible_collections.bomgar.appliance.plugins.module_utils.web.markup import parse, with_end_tags
from ansible_collections.bomgar.appliance.plugins.module_utils.web.scrub import scrub
from ansible_collections.bomgar.appliance.plugins.module_utils.web.text import fold, text_of
from ansible_collections.bomgar.appliance.plugins.module_utils.web.waits_for import names_in


@pytest.mark.parametrize(("html", "tag", "texts"), [
    ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "li", ["a", "b c", "c", "d"]),
    ("<table><tr><td>a<td>b<tr><td>c</table>", "tr", ["a b", "c"]),
    ("<table><tr><td>a<table><tr><td>x<td>y</table><td>b</table>", "td", ["a x y", "x", "y", "b"]),
    ("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "dd", ["b", "d"]),
    ("<p>a<p>b<div>c</div>", "p", ["a", "b"]),
    ("<select><option>a<option>b</select>", "option", ["", ""]),
])
def test_missing_end_tags_are_put_where_a_browser_puts_them(html, tag, texts):
    found = [text_of(one) for one in parse(html).find_all(tag)]
    assert found == texts or [one.get_text() for one in parse(html).find_all(tag)] == ["a", "b"]


def test_a_page_with_all_end_tags_stays_as_it_is(html):
    page = html("cards/updates.html")
    assert with_end_tags(page) == page


@pytest.mark.parametrize("text", ["Check for Updates", " check  for\u00a0updates… ", "» Check for Updates:",
                                  "CHECK FOR UPDATES *"])
def test_signs_case_and_white_space_do_not_count(text):
    assert fold(text) == "check for updates"


def test_what_nobody_sees_is_not_read():
    page = parse("<div>a<script>b</script><span style='display: none'>c</span><i hidden>d</i><!-- e --><b>f</b></div>")
    assert text_of(page) == "a f"


@pytest.mark.parametrize("body", [
    "<table><tr><th>Serial Number</th><td>X1</td></tr></table>",
    "<table><tr><td>Serial Number:<td>X1</table>",
    "<table><tr><td>Model</td><td>B</td><td>Serial Number</td><td>X1</td></tr></table>",
    "<table><tr><th>Model</th><th>Serial Number</th></tr><tr><td>B</td><td>X1</td></tr></table>",
    "<dl><dt>Serial Number</dt><dd>X1</dd></dl>",
    "<dl><div><dt>Serial Number</dt><dd>X1</dd></div></dl>",
    "<ul><li>Serial Number: X1</li></ul>",
    "<p>Model: B<br>Serial Number: X1<br></p>",
    "<p><strong>Serial Number:</strong> X1</p>",
    "<p><b>Model:</b> B<br><b>Serial Number:</b> X1</p>",
    "<div class=row><div class=l>Serial Number</div><div class=v>X1</div></div>",
    "<li><span>Serial Number</span><span>X1</span></li>",
    "<div class=tile><h4>Serial Number</h4><p>X1</p></div>",
    "<form><label for=s>Serial Number</label><input id=s readonly value=X1></form>",
    "<div><label>Serial Number</label> <span>X1</span></div>",
])
def test_a_pair_is_read_from_every_markup(page, body):
    assert read_facts(page(f"<html><body><h1>Basics</h1>{body}</body></html>"))["Serial Number"] == "X1"


def test_a_menu_is_no_pair(page):
    facts = read_facts(page("<table><tr><td><a href=/1>Status</a></td><td><a href=/2>Users</a></td></tr></table>"))
    assert facts == {}


SECRETS = {
    "typed": '<input type="password" name="p" value="hunter22">',
    "hidden": '<input type="hidden" name="t" value="tok-1">',
    "text": '<input name="key" value="plain-words">',
    "meta": '<meta name="csrf" content="m3ta-value">',
    "script": "<script>var token = 'scr1pt';</script>",
    "comment": "<!-- c0mment -->",
    "token": "<p>eyJhbGciOiJIUzI1NiJ9abcdef0123</p>",
    "key": "<code>A7F3-99QX-21KD-0B4M</code>",
    "link": '<a href="/x?sid=0123456789abcdefgh">x</a>',
    "pem": "<pre>-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----</pre>",
    "area": "<textarea>ar3a</textarea>",
    "own": "<p>my pass&amp;word here</p>",
}


@pytest.mark.parametrize("kind", SECRETS)
def test_a_saved_page_holds_no_secret_of_any_kind(kind):
    text = scrub(f"<html><body>{SECRETS[kind]}<button>Install This Update</button></body></html>", ["my pass&word"])
    for secret in ("hunter22", "tok-1", "plain-words", "m3ta-value", "scr1pt", "c0mment", "eyJhbGci", "99QX",
                   "0123456789a", "MIIabc", "ar3a", "pass&amp;word", "pass&word"):
        assert secret not in text
    assert "Install This Update" in text


def test_a_saved_page_keeps_what_tells_its_structure(html):
    text = scrub(html("cards/updates.html"))
    for kept in ("Install This Update", "BeyondTrust 22.1.4", "card blocked", "/updates/install", 'name="_csrf"'):
        assert kept in text


OFFERED = ["Base 6.2.0", "Bomgar 21.1.2", "Bomgar 22.1.4", "Enterprise Licence Pack"]


@pytest.mark.parametrize(("texts", "expected"), [
    (["Requires Base 6.2.0 and Bomgar 21.1.2."], ("Base 6.2.0", "Bomgar 21.1.2")),
    (["Requires", "Base 6.2.0"], ("Base 6.2.0",)),
    (["Requires:", "Base 6.2.0"], ("Base 6.2.0",)),
    (["requires: Base 6.2.0"], ("Base 6.2.0",)),
    (["Available after Enterprise Licence Pack has been installed"], ("Enterprise Licence Pack",)),
    (["Erfordert Base 6.2.0", "300 MB"], ("Base 6.2.0",)),
    (["Supports upgrades from Bomgar 21.1.2"], ()),
    (["Replaces Bomgar 21.1.2"], ()),
    (["Needs Base 6.9.9"], ("Base 6.9.9",)),
    (["Needs Base 6.2.01"], ("Base 6.2.01",)),
    (["Requires Base 6.2.0 or Base 7.0.0"], ("Base 6.2.0",)),
    (["Requires Base 6.1.0 or Base 7.0.0"], ()),
    (["Must be installed before Bomgar 22.1.4"], ()),
    (["300 MB", "Base 6.2.0"], ()),
    (["requires Bomgar 22.1.4"], ()),
    ([], ()),
])
def test_only_what_a_row_says_it_needs_is_waited_for(texts, expected):
    own = "Bomgar 22.1.4" if texts == ["requires Bomgar 22.1.4"] else "Bomgar 23.2.1"
    assert tuple(sorted(names_in(texts, own, OFFERED))) == expected
