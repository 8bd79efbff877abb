# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Installing: the right button, once."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Refused, Unreachable, Unsafe, may_have_happened
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance.install import install, upload
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance.updates import progress
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import PageNotUnderstood, SignedOut
from ansible_collections.bomgar.appliance.plugins.module_utils.web.change import Change

CONTACT = {"name": "Ada", "email": "ada@example.com", "title": "Admin"}
POST = "POST /appliance/update.ns"


def test_install_presses_the_button_and_accepts_the_agreement(site, at_updates, shown):
    browser = at_updates("tables/updates.html")
    site.lay("POST", "/appliance/update.ns", shown("tables/eula.html"), shown("tables/progress.html"))
    text = install(browser, "Base 5.1.0", CONTACT, accept_eula=True)
    assert "Installing Base 5.1.0" in text
    assert site.sent[1].form == {"csrf": "installcsrf0001", "pkg": "17", "install": "Install This Update"}
    assert site.sent[2].form == {
        "csrf": "eulacsrf0000001",
        "pkg": "17",
        "eula": "You agree to everything that is written here.",
        "c_name": "Ada",
        "c_mail": "ada@example.com",
        "c_title": "Admin",
        "agree": "Agree - Begin Download",
    }


def test_a_missing_contact_is_asked_for_by_name(site, at_updates, shown):
    browser = at_updates("tables/updates.html")
    site.lay("POST", "/appliance/update.ns", shown("tables/eula.html"))
    with pytest.raises(InvalidInput, match=r"contact\.email"):
        install(browser, "Base 5.1.0", {"name": "Ada"}, accept_eula=True)


def test_an_optional_contact_may_be_missing(site, at_updates, shown):
    browser = at_updates("tables/updates.html")
    site.lay("POST", "/appliance/update.ns", shown("tables/eula.html"), shown("tables/progress.html"))
    install(browser, "Base 5.1.0", {"name": "Ada", "email": "a@b"}, accept_eula=True)
    assert site.sent[2].form["c_title"] == ""


@pytest.mark.parametrize(
    ("layout", "name", "request_line", "form", "query"),
    [
        (
            "tables",
            "Representative License Add-On (25 seats)",
            POST,
            {"csrf": "installcsrf0002", "pkg": "23", "install": "Install This Update"},
            {},
        ),
        ("cards", "Base 6.2.0", "POST /appliance/updates/install", {"_csrf": "aaa", "id": "b620"}, {}),
        (
            "deutsch",
            "Lizenzpaket Support-Techniker",
            "POST /appliance/up",
            {"nonce": "n-1", "paket": "b", "ok": "Diese Aktualisierung installieren"},
            {},
        ),
        ("plain", "Enterprise Licence Add-On", "GET /appliance/i", {}, {"n": "5"}),
    ],
)
def test_every_markup_installs_what_was_named(site, at_updates, shown, layout, name, request_line, form, query):
    browser = at_updates(f"{layout}/updates.html")
    site.lay(*request_line.split(), shown("tables/progress.html"))
    install(browser, name)
    assert (site.sent[1].form, site.sent[1].query) == (form, query)
    assert len(site.sent) == 2


@pytest.mark.parametrize(
    ("layout", "name"),
    [
        ("tables", "Bomgar 16.1.3"),
        ("cards", "BeyondTrust 22.1.4"),
        ("deutsch", "Bomgar 19.1.8"),
        ("plain", "BeyondTrust Remote Support 24.3.1"),
    ],
)
def test_a_blocked_package_is_not_pressed(site, at_updates, layout, name):
    with pytest.raises(Refused, match="cannot be installed now"):
        install(at_updates(f"{layout}/updates.html"), name)
    assert len(site.sent) == 1


def test_an_unlisted_package_is_refused_after_a_check(site, at_updates, shown):
    browser = at_updates("deutsch/updates.html", "deutsch/updates.html")
    site.lay("GET", "/appliance/up?suchen=1", shown("deutsch/updates.html"))
    with pytest.raises(Refused, match="not in the list") as caught:
        install(browser, "Bomgar 99.1")
    assert "Base 6.0.2" in caught.value.facts["listed"]


def test_nothing_is_pressed_while_an_installation_runs(site, at_updates):
    with pytest.raises(Unsafe, match="already running"):
        install(at_updates("cards/progress.html"), "Base 6.2.0")
    assert len(site.sent) == 1


def test_a_lost_answer_is_not_sent_again(site, at_updates):
    browser = at_updates("cards/updates.html")
    site.lay("POST", "/appliance/updates/install", Unreachable("cut off", host="a"))
    with pytest.raises(Unreachable):
        install(browser, "Base 6.2.0")
    assert site.trail.count("POST /appliance/updates/install") == 1


def test_press_that_ends_session_is_once(site, at_updates, shown):
    browser = at_updates("cards/updates.html")
    site.lay("POST", "/appliance/updates/install", shown("cards/login.html", "/appliance/login.ns"))
    with pytest.raises(SignedOut) as caught:
        install(browser, "Base 6.2.0")
    assert may_have_happened(caught.value) and site.trail.count("POST /appliance/updates/install") == 1


def test_nothing_is_pressed_after_a_change_meanwhile(site, at_updates):
    def ready():
        raise Unsafe("It changed.")

    with pytest.raises(Unsafe) as caught:
        install(at_updates("cards/updates.html"), "Base 6.2.0", change=Change(ready))
    assert caught.value.nothing_sent and "POST /appliance/updates/install" not in site.trail


@pytest.mark.parametrize(
    ("layout", "path", "field", "more"),
    [
        ("tables", "/appliance/update.ns", "package", b'name="upload"\r\n\r\nUpdate Software\r\n'),
        ("cards", "/appliance/updates/manual", "f", b""),
    ],
)
def test_upload_has_hidden_fields_and_button(site, at_updates, shown, tmp_path, layout, path, field, more):
    package = tmp_path / "base.nss"
    package.write_bytes(bytes(range(256)) * 1000)
    browser = at_updates(f"{layout}/updates.html")
    site.lay("POST", path, shown("tables/progress.html"))
    upload(browser, package)
    sent = site.sent[1]
    assert sent.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert f'name="{field}"; filename="base.nss"'.encode() in sent.raw
    assert bytes(range(256)) * 1000 in sent.raw
    assert more in sent.raw


def test_page_needs_a_file_field(at_updates):
    with pytest.raises(PageNotUnderstood, match="update_software"):
        upload(at_updates("deutsch/empty.html"), "x.nss")


def test_a_file_that_cannot_be_read_is_named(site, at_updates):
    with pytest.raises(InvalidInput, match=r"Cannot read the file .*missing\.nss"):
        upload(at_updates("cards/updates.html"), "/nowhere/missing.nss")
    assert len(site.sent) == 1


def test_reading_progress_never_fetches_the_installing_address(site, at_updates, shown):
    browser = at_updates("plain/updates.html", "plain/updates.html")
    site.lay("GET", "/appliance/i?n=4", shown("<html><body><p>Please wait.</p></body></html>"))
    install(browser, "Base 7.0.0")
    assert not progress(browser).running
    assert site.trail.count("GET /appliance/i") == 1


def test_separate_progress_page_is_read(site, at_updates, shown):
    browser = at_updates("cards/updates.html", "cards/updates.html")
    site.lay("POST", "/appliance/updates/install", shown("tables/progress.html", "/appliance/progress"))
    install(browser, "Base 6.2.0")
    site.lay("GET", "/appliance/progress", shown("tables/progress.html"))
    assert progress(browser).running


EULA = "<html><body><a href=/x>Log Out</a><h1>License Agreement</h1><form method=post action=/eula>{}</form></body>"


def test_a_press_with_an_error_response_is_refused(site, at_updates, status):
    browser = at_updates("cards/updates.html")
    site.lay("POST", "/appliance/updates/install", status(404))
    with pytest.raises(Refused, match="status 404"):
        install(browser, "Base 6.2.0")


@pytest.mark.parametrize(("request_line", "open_"), [("GET /appliance/gone", True), ("POST /appliance/updates/install", False)])
def test_missing_redirected_page_leaves_it_open(site, at_updates, shown, request_line, open_):
    browser, change = at_updates("cards/updates.html"), Change()
    answer = shown("<html><body>Not found</body></html>", "/appliance/updates/install")
    answer.status, answer.request = 404, request_line
    site.lay("POST", "/appliance/updates/install", answer)
    with pytest.raises(Refused) as caught:
        install(browser, "Base 6.2.0", change=change)
    assert change.sent and may_have_happened(caught.value) is open_
