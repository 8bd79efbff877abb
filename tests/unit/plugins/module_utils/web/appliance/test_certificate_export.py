# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Exports of certificates, in every shape of the page."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Refused
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import certificate_export
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import certificates as appliance_certificates
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import PageNotUnderstood


def test_a_drop_down_exports_key_chain_and_passphrase(site, at, shown, file_answer):
    browser = at("certificates", "tables/certificates.html")
    site.lay("POST", "/appliance/certs.ns", shown("tables/export.html"))
    site.lay(
        "POST",
        "/appliance/export.ns",
        file_answer(b"\x30\x82" * 3000, "application/x-pkcs12", 'attachment; filename="../../etc/support.p12"'),
    )
    name, data = certificate_export.export(browser, "support 2021", "open sesame")
    assert (name, data) == ("support.p12", b"\x30\x82" * 3000)
    assert site.sent[1].pairs == [("csrf", "certcsrf0000001"), ("action", "exp"), ("go", "Go"), ("cert[]", "3")]
    assert site.sent[2].form == {
        "csrf": "expcsrf00000001",
        "c[3]": "1",
        "key": "1",
        "chain": "1",
        "p1": "open sesame",
        "p2": "open sesame",
        "do": "Export",
    }


def test_a_certificate_is_exported_by_its_own_link(site, at, shown, file_answer):
    browser = at("certificates", "cards/certificates.html")
    site.lay("GET", "/appliance/security/certificates/export?id=5", shown("cards/export.html"))
    site.lay("POST", "/appliance/security/certificates/export", file_answer(b"\x30\x82"))
    assert certificate_export.export(browser, "support.example.com", "pp") == ("certificate.p12", b"\x30\x82")
    assert site.sent[2].pairs == [("_csrf", "zz"), ("id", "5"), ("what", "cert"), ("what", "key"), ("what", "chain"), ("pp", "pp")]


def test_without_a_passphrase_nothing_is_asked_for(site, browse):
    with pytest.raises(InvalidInput, match="without a passphrase"):
        certificate_export.export(browse(), "support 2021", "")
    assert site.sent == []


def test_an_unknown_certificate_is_refused_with_known_names(at):
    with pytest.raises(InvalidInput, match="'support 2021', 'Factory Default"):
        certificate_export.export(at("certificates", "tables/certificates.html"), "nothing", "pp")


def test_export_page_needs_a_private_key(site, at, shown, html, saved):
    browser = at("certificates", "cards/certificates.html")
    page = html("cards/export.html").replace("Private key", "Geheimes")
    site.lay("GET", "/appliance/security/certificates/export?id=5", shown(page))
    with pytest.raises(PageNotUnderstood, match="private_key"):
        certificate_export.export(browser, "support.example.com", "pp")
    assert "Geheimes" in next(iter(saved.values()))


def test_error_page_is_no_file(site, at, shown):
    browser = at("certificates", "cards/certificates.html")
    site.lay("GET", "/appliance/security/certificates/export?id=5", shown("cards/export.html"))
    site.lay(
        "POST",
        "/appliance/security/certificates/export",
        shown("<html><body><a href=/x>Log Out</a><div class=error>The passphrase is too short.</div></body>"),
    )
    with pytest.raises(Refused, match="too short") as caught:
        certificate_export.export(browser, "support.example.com", "pp")
    assert "was not exported" in str(caught.value)


def test_the_export_uses_the_list_just_read(site, at, shown, file_answer):
    browser = at("certificates", "cards/certificates.html")
    name = appliance_certificates.list_all(browser)[0].name
    site.lay("GET", "/appliance/security/certificates/export?id=5", shown("cards/export.html"))
    site.lay("POST", "/appliance/security/certificates/export", file_answer(b"\x30\x82"))
    certificate_export.export(browser, name, "pp")
    assert site.trail.count("GET /appliance/certificates") == 1
