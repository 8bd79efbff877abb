# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.http.response import Response, visible_text
from requests.structures import CaseInsensitiveDict


def answer(body, content_type="", status=200):
    headers = CaseInsensitiveDict({"content-type": content_type} if content_type else {})
    return Response(status=status, headers=headers, body=body, host="a.example.com", request="GET /x")


def test_text_uses_the_charset_or_utf8():
    assert answer("Gerät".encode("latin-1"), "text/html; charset=ISO-8859-1").text == "Gerät"
    assert answer("Gerät".encode(), "text/html").text == "Gerät"
    assert answer("Gerät".encode(), "text/html; charset=no-such").text == "Gerät"


def test_the_media_type_is_given_without_its_parameters():
    assert answer(b"", "Text/XML; charset=UTF-8").content_type == "text/xml"


def test_the_body_decides_what_is_a_page(recorded):
    for name in ("document_not_found", "login", "portal"):
        assert answer(recorded(f"pages_instead/{name}.html"), "application/json").is_html
    assert not answer(recorded("command_xml/get_api_info.xml"), "text/xml").is_html


def test_data_stays_data_under_text_html(recorded):
    for name in ("command_xml/get_api_info.xml", "command_json/info.json", "configuration/jumpoint.json"):
        assert not answer(recorded(name), "text/html; charset=UTF-8").is_html
    assert answer(b"<?xml version='1.0'?><!DOCTYPE html><html>", "text/html").is_html
    assert answer(b"<h1>Oops</h1>", "text/html").is_html


def test_a_password_field_makes_a_login_page(recorded):
    assert answer(recorded("pages_instead/login.html")).asks_for_password
    assert not answer(recorded("pages_instead/portal.html")).asks_for_password


def test_evidence_is_the_visible_text_shortened(recorded):
    assert answer(recorded("pages_instead/login.html")).evidence() == "200 'Login'."
    assert visible_text("a" * 300).endswith("…") and len(visible_text("a" * 300)) == 200
    assert "empty body" in answer(b"").evidence()


def test_bad_json_names_request_and_host():
    with pytest.raises(NotUnderstood, match=r"a\.example\.com: GET /x did not bring JSON"):
        answer(b"<p>").json()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {
                "message": "The given data was invalid.",
                "errors": {"name": ["The name field is required.", "It is short."], "tag": ["Too long."]},
            },
            "The given data was invalid. (name: The name field is required. It is short.; tag: Too long.)",
        ),
        ({"errors": {"name": "The name field is required."}}, "name: The name field is required."),
        ({"errors": ["The name field is required."]}, "The name field is required."),
        ({"name": ["The name field is required."]}, "name: The name field is required."),
        ({"message": "no", "errors": {"name": [{}, None], "tag": 5}}, "no"),
        ({"message": "no", "errors": "words", "rows": [1]}, "no"),
    ],
)
def test_evidence_of_a_422_lists_its_fields(values, words):
    assert answer(json.dumps(values).encode(), status=422).evidence() == f"422 {words!r}."


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"a":' * 2000 + b"1" + b"}" * 2000,
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"1e999",
        b"9" * 5000,
        b"\xff\xfe",
        b"",
        b"{" + b"\x00" + b"}",
    ],
)
def test_unusual_json_is_not_understood(body):
    with pytest.raises(NotUnderstood):
        answer(body).json()


@pytest.mark.parametrize("charset", ["idna", "punycode", "unicode_escape", "rot13", "zlib", "undefined", "utf-7", "utf-16", "latin-1"])
def test_no_charset_breaks_the_text(charset):
    text = answer(b"a\xff\\ud800\xc3(", f"text/html; charset={charset}").text
    text.encode()
