# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.answer import Answer, visible
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood
from requests.structures import CaseInsensitiveDict


def answer(body, content_type="", status=200):
    headers = CaseInsensitiveDict({"content-type": content_type} if content_type else {})
    return Answer(status=status, headers=headers, body=body, host="a.example.com", request="GET /x")


def test_text_is_read_in_the_charset_that_is_told_and_in_utf8_otherwise():
    assert answer("Gerät".encode("latin-1"), "text/html; charset=ISO-8859-1").text == "Gerät"
    assert answer("Gerät".encode(), "text/html").text == "Gerät"
    assert answer("Gerät".encode(), "text/html; charset=no-such").text == "Gerät"


def test_the_media_type_is_given_without_its_parameters():
    assert answer(b"", "Text/XML; charset=UTF-8").content_type == "text/xml"


def test_a_page_is_known_by_its_body_even_under_another_content_type(recorded):
    for name in ("document_not_found", "login", "portal"):
        assert answer(recorded(f"pages_instead/{name}.html"), "application/json").is_html
    assert not answer(recorded("command_xml/get_api_info.xml"), "text/xml").is_html


def test_data_under_the_content_type_of_a_page_is_still_data(recorded):
    for name in ("command_xml/get_api_info.xml", "command_json/info.json", "configuration/jumpoint.json"):
        assert not answer(recorded(name), "text/html; charset=UTF-8").is_html
    assert answer(b"<?xml version='1.0'?><!DOCTYPE html><html>", "text/html").is_html
    assert answer(b"<h1>Oops</h1>", "text/html").is_html


def test_a_login_page_is_known_by_its_password_field(recorded):
    assert answer(recorded("pages_instead/login.html")).asks_for_password
    assert not answer(recorded("pages_instead/portal.html")).asks_for_password


def test_evidence_is_the_visible_text_shortened(recorded):
    assert answer(recorded("pages_instead/login.html")).evidence() == "200 'Login'."
    assert visible("a" * 300).endswith("…") and len(visible("a" * 300)) == 200
    assert "empty body" in answer(b"").evidence()


def test_json_that_is_none_names_the_request_and_the_host():
    with pytest.raises(NotUnderstood, match=r"a\.example\.com: GET /x did not bring JSON"):
        answer(b"<p>").json()
