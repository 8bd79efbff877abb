# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A saved page holds no secret and keeps its structure."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.scrub import scrub

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
    for secret in (
        "hunter22",
        "tok-1",
        "plain-words",
        "m3ta-value",
        "scr1pt",
        "c0mment",
        "eyJhbGci",
        "99QX",
        "0123456789a",
        "MIIabc",
        "ar3a",
        "pass&amp;word",
        "pass&word",
    ):
        assert secret not in text
    assert "Install This Update" in text


def test_a_saved_page_keeps_what_tells_its_structure(html):
    text = scrub(html("cards/updates.html"))
    for kept in ("Install This Update", "BeyondTrust 22.1.4", "card blocked", "/updates/install", 'name="_csrf"'):
        assert kept in text
