# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A saved page holds no secret and keeps its structure."""

from __future__ import annotations

import time

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.scrub import scrub, without_tokens

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
def test_saved_page_holds_no_secret(kind):
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


@pytest.mark.parametrize("text", ["1", "a", "/", "abcd-", "a.", "?a=", "-----BEGIN A-----", "&#1;"])
def test_time_is_linear_without_an_end(text):
    """Eight times the text, less than 24 times the processor time; a quadratic pattern takes 64 times."""
    short, long = (_seconds(text * (size // len(text))) for size in (20_000, 160_000))
    assert long < 24 * max(short, 0.001)


def _seconds(text):
    durations = []
    for _run in range(3):
        begun = time.process_time()
        without_tokens(text)
        durations.append(time.process_time() - begun)
    return min(durations)
