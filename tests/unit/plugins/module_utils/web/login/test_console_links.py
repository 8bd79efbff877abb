# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The console's installer on My Account and behind Updates, as a link or as a form that asks for the platform."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Refused
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import next_console
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import PageNotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import account as login_account
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login.console_links import find_offer

MENU = '<nav><a href="/login/status">Status</a><a href="/login/me">My Account</a><a href="/login/logout">Logout</a></nav>'
OPTIONS = "<option value=l>Linux (64-bit)<option value=m>Mac OS X<option value=w>Windows (EXE)<option value=i>Windows 64-bit (MSI)"


@pytest.fixture
def at(site, browse, shown):
    def make(body):
        browser = browse(area="login")
        browser._session.cookies = {"s": "1"}
        browser.remember("my_account", "https://a.example.com/login/me")
        site.lay("GET", "/login/me", shown(f"<html><body>{MENU}<h1>My Account</h1>{body}</body></html>"))
        return browser

    return make


def fetched(browser):
    chunks = []
    login_account.fetch_console(browser, chunks.append)
    return b"".join(chunks)


@pytest.mark.parametrize(
    "link",
    [
        "<a href=/login/f>Download Representative Console</a>",
        "<a href=/login/f>Konsole des Support-Technikers herunterladen</a>",
        "<a href='/login/f'><span>Representative Console Installer</span> (MSI)</a>",
        "<a href=/login/dmg>Representative Console (Mac OS X)</a> <a href=/login/f>Representative Console (MSI)</a>",
        "<a href=/login/x>Download Representative Console</a> <a href=/login/f>Download Representative Console (MSI)</a>",
    ],
)
def test_the_installer_is_found_and_an_msi_preferred(site, at, file_answer, link):
    site.lay("GET", "/login/f", file_answer(b"\xd0\xcf" * 3000))
    assert fetched(at(f"<p>{link}</p>")) == b"\xd0\xcf" * 3000


def test_an_msi_needs_no_known_words(site, at, file_answer):
    site.lay("GET", "/login/files/rep-console.msi", file_answer(b"\xd0\xcf"))
    assert fetched(at("<a href=/login/files/rep-console.msi>Hier klicken</a>")) == b"\xd0\xcf"


@pytest.mark.parametrize(
    "form",
    [
        f"<form action=/login/get><select name=p>{OPTIONS}</select><button>Download Representative Console</button></form>",
        f"<form action=/login/get><label>Plattform <select name=p>{OPTIONS}</select></label><input type=submit value=Herunterladen></form>",
        "<form action=/login/get><label><input type=radio name=p value=l checked> Linux</label>"
        "<label><input type=radio name=p value=i> Windows (MSI)</label><button>Download</button></form>",
    ],
)
def test_a_platform_form_gets_windows_as_msi(site, at, file_answer, form):
    site.lay("GET", "/login/get", file_answer(b"\xd0\xcf"))
    assert fetched(at(form)) == b"\xd0\xcf"
    assert site.sent[-1].query == {"p": "i"}


@pytest.mark.parametrize(
    "body",
    [
        "<form method=post><button>Download</button></form>",  # of what?
        "<form method=post><select name=p><option>Linux<option>Mac OS X</select><button>Download</button></form>",
        "<a href=/login/delete>Delete Representative Console</a>",
        "<p>Representative Console Installer (MSI)</p>",
        "<button disabled>Download Representative Console</button>",
    ],
)
def test_uncertain_installer_is_not_pressed(site, at, body):
    with pytest.raises(PageNotUnderstood, match="console_download"):
        fetched(at(body))
    assert site.trail == ["GET /login/me"]


def test_an_entry_of_the_menu_is_no_installer(page, labels):
    assert find_offer(page("<html><nav><a href=/x>Download Representative Console</a></nav></html>"), labels) is None


def test_a_dead_end_after_a_page_is_refused(site, at, shown, file_answer):
    site.lay("GET", "/login/f", shown("<html><body><a href=/login/logout>Logout</a><a href=/login/f.msi>Representative Console (MSI)</a>"))
    site.lay("GET", "/login/f.msi", file_answer(b"\xd0\xcf"))
    assert fetched(at("<a href=/login/f>Download Representative Console</a>")) == b"\xd0\xcf"
    site.lay("GET", "/login/f", shown("<html><body><a href=/login/logout>Logout</a><p class=error>No console for this account"))
    with pytest.raises(Refused, match="instead of a file.*No console for this account"):
        fetched(at("<a href=/login/f>Download Representative Console</a>"))


def test_an_ended_session_is_renewed_for_the_file(site, at, shown, file_answer):
    browser = at("<a href=/login/f>Download Representative Console</a>")
    site.lay("GET", "/login/f", shown("site/login.html", "/login/login"))
    site.lay("POST", "/login/login", shown("site/account.html", "/login/my_account", cookies={"ns_s": "2"}))
    site.lay("GET", "/login/me", shown(f"<html>{MENU}<a href=/login/f>Download Representative Console</a>"))
    site.lay("GET", "/login/f", file_answer(b"\xd0\xcf"))
    assert fetched(browser) == b"\xd0\xcf"


def test_a_link_to_another_host_is_not_followed(site, at):
    with pytest.raises(Refused, match="another|leads to https://evil"):
        fetched(at("<a href=https://evil.example.net/f.msi>Representative Console (MSI)</a>"))
    assert site.trail == ["GET /login/me"]


def test_the_update_check_links_the_next_console(site, at_updates, html, shown, file_answer):
    updates = html("tables/updates.html") + "<p><a href=/appliance/c>Installationsprogramme für die Konsole des Support-Technikers</a></p>"
    browser = at_updates(updates)
    site.lay("GET", "/appliance/c", shown("<html><a href=/appliance/logout>Abmelden</a><a href=/appliance/m>Konsole (MSI)</a></html>"))
    site.lay("GET", "/appliance/m", file_answer(b"\xd0\xcf"))
    chunks = []
    next_console.fetch_console(browser, chunks.append)
    assert chunks == [b"\xd0\xcf"]
