# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Signing in, sessions, menus."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    AccessDenied,
    NotFound,
    Refused,
    Unavailable,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import basics as appliance_basics
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import storage as appliance_storage
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import updates as appliance_updates
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import Browser, PageNotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.web.labels import Labels

LOGIN = "/appliance/login.ns"


@pytest.mark.mission("M10")
def test_basics_are_read_from_the_first_page(site, browse, shown):
    site.lay("GET", LOGIN, shown("tables/login.html", cookies={"nsbase_session": "before"}))
    site.lay("POST", LOGIN, shown("tables/basics.html", "/appliance/status.ns", cookies={"nsbase_session": "in"}))
    basics = appliance_basics.read(browse())
    assert (basics.base_version, basics.model, basics.serial) == ("4.2.1", "B300", "BG-3001-7788")
    assert basics.guid == "a1b2c3d4e5f60718293a4b5c6d7e8f90"
    form = site.sent[1].form
    assert form == {
        "login[token]": "0f8e7d6c5b4a39281706f5e4d3c2b1a0",
        "login[username]": "admin",
        "login[password]": "s3cret&pass",
        "login[submit]": "Login",
    }
    assert site.sent[1].cookies == {"nsbase_session": "before"}


def test_a_later_task_opens_the_page_directly(site, browse, shown):
    site.lay("GET", LOGIN, shown("cards/login.html"))
    site.lay("POST", "/appliance/session", shown("cards/basics.html", "/appliance/status/basics", cookies={"s": "1"}))
    site.lay("GET", "/appliance/updates", shown("cards/updates.html"), shown("cards/updates.html"))
    appliance_updates.read(browse(), check=False)
    before = len(site.sent)
    appliance_updates.read(browse(), check=False)
    assert site.trail[before:] == ["GET /appliance/updates"]
    assert site.sent[-1].cookies == {"s": "1"}


def test_an_expired_session_is_noticed_and_renewed_once(site, browse, shown, cache):
    site.lay("GET", LOGIN, shown("cards/login.html"))
    site.lay("POST", "/appliance/session", shown("cards/basics.html", "/appliance/status/basics", cookies={"s": "1"}))
    site.lay("GET", "/appliance/updates", shown("cards/updates.html"), shown("cards/login.html", LOGIN), shown("cards/updates.html"))
    appliance_updates.read(browse(), check=False)
    site.lay("POST", "/appliance/session", shown("cards/basics.html", "/appliance/status/basics", cookies={"s": "2"}))
    assert appliance_updates.read(browse(), check=False).packages
    assert site.trail.count("POST /appliance/session") == 2
    assert site.sent[-1].cookies == {"s": "2"}


def test_the_menu_of_the_last_page_is_used_again(site, browse, shown):
    browser = browse()
    site.lay("GET", LOGIN, shown("cards/login.html"))
    site.lay("POST", "/appliance/session", shown("cards/basics.html", "/appliance/status/basics", cookies={"s": "1"}))
    site.lay("GET", "/appliance/updates", shown("cards/updates.html"))
    appliance_basics.read(browser)
    appliance_updates.read(browser, check=False)
    assert len(site.sent) == 3


def test_basics_are_not_read_from_an_old_page(site, browse, shown):
    browser = browse()
    site.lay("GET", LOGIN, shown("cards/login.html"))
    site.lay("POST", "/appliance/session", shown("cards/basics.html", "/appliance/status/basics", cookies={"s": "1"}))
    site.lay("GET", "/appliance/updates", shown("cards/updates.html"))
    site.lay("GET", "/appliance/status/basics", shown("cards/basics.html"))
    appliance_updates.read(browser, check=False)
    appliance_basics.read(browser)
    assert site.trail[-1] == "GET /appliance/status/basics"


def test_a_sub_menu_of_its_parent_is_found(site, browse, shown):
    site.lay("GET", LOGIN, shown("tables/login.html"))
    site.lay("POST", LOGIN, shown("tables/basics.html", "/appliance/status.ns"))
    site.lay("GET", "/appliance/support.ns", shown("tables/support.html"))
    site.lay("GET", "/appliance/update.ns", shown("tables/updates.html"))
    assert len(appliance_updates.read(browse(), check=False).packages) == 5


def test_a_menu_of_get_forms_is_followed(site, browse, shown):
    site.lay("GET", LOGIN, shown("deutsch/login.html"))
    site.lay("POST", LOGIN, shown("deutsch/basics.html", "/appliance/start"))
    site.lay("GET", "/appliance/goto?p=up", shown("deutsch/updates.html"))
    assert appliance_updates.read(browse(), check=False).packages[0].name == "Base 6.0.2"
    assert site.sent[1].form["login[use_curr]"] == "0"
    assert site.sent[1].form["login[submit]"] == "go"


def test_an_image_button_is_pressed_with_coordinates(site, browse, shown):
    site.lay("GET", LOGIN, shown("plain/login.html"))
    site.lay("POST", LOGIN, shown("plain/basics.html", "/appliance/s"))
    assert appliance_basics.read(browse()).base_version == "6.2.0"
    assert {"go.x", "go.y"} <= set(site.sent[1].form)


def test_a_refused_password_is_tried_once_and_never_again(site, browse, shown, html):
    browser = browse()
    site.lay("GET", LOGIN, shown("tables/login.html"))
    refused = html("tables/login.html").replace("<FORM", "<P class=x>Login failed.</P><FORM", 1)
    site.lay("POST", LOGIN, shown(refused, LOGIN))
    for _attempt in (1, 2):
        with pytest.raises(AccessDenied) as caught:
            appliance_basics.read(browser)
        assert "Login failed." in str(caught.value)
        assert "locks" in caught.value.remedy
        assert "s3cret" not in str(caught.value)
    assert len(site.sent) == 2


def test_a_locked_account_is_called_locked(site, browse, shown, html):
    site.lay("GET", LOGIN, shown("cards/login.html"))
    locked = html("cards/login.html").replace("<h1>", "<p>This account has been locked out.</p><h1>")
    site.lay("POST", "/appliance/session", shown(locked))
    with pytest.raises(AccessDenied, match="is locked"):
        appliance_basics.read(browse())


def test_an_expired_password_is_reported_not_changed(site, browse, shown):
    change = (
        "<html><body><h1>Your password has expired</h1><form method=post>"
        "<input type=hidden name='login[use_curr]'><label>New password "
        "<input type=password name='login[password]'></label>"
        "<label>Again <input type=password name='login[again]'></label>"
        "<input type=submit name='login[submit]' value='Change Password'></form></body></html>"
    )
    site.lay("GET", LOGIN, shown("cards/login.html"))
    site.lay("POST", "/appliance/session", shown(change))
    with pytest.raises(AccessDenied, match="must be changed"):
        appliance_basics.read(browse())


AGREEMENT = (
    "<html><body><h1>Login Agreement</h1><p>Authorised persons only.</p>"
    "<form method=post action=/appliance/agree><input type=hidden name=a value=1>"
    "<button>Decline</button><button name=ok value=y>Accept</button></form>"
)


def test_a_login_agreement_is_quoted_not_accepted(site, browse, shown):
    site.lay("GET", LOGIN, shown(AGREEMENT))
    with pytest.raises(Refused, match="Authorised persons only") as caught:
        appliance_basics.read(browse())
    assert "accept_login_agreement" in caught.value.remedy


@pytest.mark.parametrize("place", ["before", "after"])
def test_an_accepted_agreement_is_passed_around_the_login(site, browse, shown, place):
    browser = browse(accept_login_agreement=True)
    if place == "before":
        site.lay("GET", LOGIN, shown(AGREEMENT))
        site.lay("POST", "/appliance/agree", shown("cards/login.html"))
        site.lay("POST", "/appliance/session", shown("cards/basics.html", "/appliance/status/basics"))
    else:
        site.lay("GET", LOGIN, shown("cards/login.html"))
        site.lay("POST", "/appliance/session", shown(AGREEMENT.replace("</form>", "</form><a href=/x>Log Out</a>")))
        site.lay("POST", "/appliance/agree", shown("cards/basics.html", "/appliance/status/basics"))
    assert appliance_basics.read(browser).base_version == "6.1.0"
    assert [one.form for one in site.sent if one.path == "/appliance/agree"] == [{"a": "1", "ok": "y"}]


def test_a_page_that_only_sends_on_is_followed(site, browse, shown):
    site.lay("GET", LOGIN, shown('<html><head><meta http-equiv="refresh" content="0; url=/appliance/door"></html>'))
    site.lay("GET", "/appliance/door", shown("cards/login.html", "/appliance/door"))
    site.lay(
        "POST", "/appliance/session", shown("<html><script>window.location.href = '/appliance/status/basics';</script><body></body></html>")
    )
    site.lay("GET", "/appliance/status/basics", shown("cards/basics.html"))
    assert appliance_basics.read(browse()).serial == "VA-55-1"


def test_a_password_is_not_sent_to_another_host(site, browse, shown, html):
    site.lay("GET", LOGIN, shown(html("cards/login.html").replace('action="', 'action="https://evil.example.net')))
    with pytest.raises(Refused, match=r"evil\.example\.net"):
        appliance_basics.read(browse())
    assert len(site.sent) == 1


def test_a_page_without_the_entry_is_saved_without_secrets(site, browse, shown, saved):
    site.lay("GET", LOGIN, shown("cards/login.html"))
    home = (
        "<html><body><nav><a href=/q>Status</a><a href=/w>Wartung</a><a href=/e>Log Out</a></nav>"
        "<input type=hidden name=tok value=abc123abc123abc123abc123>s3cret&amp;pass</body></html>"
    )
    site.lay("POST", "/appliance/session", shown(home, "/q"))
    with pytest.raises(PageNotUnderstood) as caught:
        appliance_updates.read(browse())
    assert "menu_updates" in str(caught.value)
    assert "bomgar_web_labels" in str(caught.value)
    assert caught.value.facts["saved_page"].startswith("/state/")
    (text,) = saved.values()
    assert "Wartung" in text
    assert "abc123abc" not in text
    assert "s3cret" not in text


def test_an_overridden_label_is_found(site, browse, shown):
    site.lay("GET", LOGIN, shown("cards/login.html"))
    home = "<html><body><nav><a href=/q>Status</a><a href=/w>Wartung</a><a href=/e>Log Out</a></nav></body></html>"
    site.lay("POST", "/appliance/session", shown(home, "/q"))
    site.lay("GET", "/w", shown("cards/updates.html"))
    browser = browse(overrides={"menu_updates": "Wartung"})
    assert appliance_updates.read(browser, check=False).packages


def test_login_addresses_that_do_not_exist_are_passed_over(site, browse, shown, status):
    site.lay("GET", LOGIN, status(404)).lay("GET", "/appliance", status(404))
    with pytest.raises(NotFound, match="no /appliance login page"):
        appliance_basics.read(browse())


def test_a_page_that_cannot_be_served_now_is_unavailable(site, browse, status):
    site.lay("GET", LOGIN, status(503, "<html><body>Upgrading</body></html>"))
    with pytest.raises(Unavailable, match="503"):
        appliance_basics.read(browse())


def test_a_refused_address_differs_from_a_wrong_password(site, browse, status):
    site.lay("GET", LOGIN, status(403))
    with pytest.raises(AccessDenied, match="refuses this machine"):
        appliance_basics.read(browse())


def test_another_account_does_not_get_this_account_s_session(site, cache, shown):
    site.serve("GET", LOGIN, shown("cards/login.html"))
    site.lay("POST", "/appliance/session", *[shown("cards/basics.html", "/appliance/status/basics", cookies={"s": n}) for n in "12"])
    for name in ("admin", "other"):
        appliance_basics.read(Browser(site, Labels(), cache, username=name, password="p"))
    assert site.trail.count("POST /appliance/session") == 2


def test_the_address_of_a_form_is_not_stored(site, browse, shown):
    browser = browse()
    site.lay("GET", LOGIN, shown("cards/login.html"))
    site.lay("POST", "/appliance/session", shown("cards/basics.html", cookies={"s": "1"}))
    site.lay("GET", "/appliance/status/basics", shown("cards/basics.html"))
    appliance_basics.read(browser)
    appliance_basics.read(browser)
    assert site.trail[-1] == "GET /appliance/status/basics"


STORAGE = "<html><body><nav>{}</nav><a href=/x>Log Out</a><h1>Storage</h1><p>Disk Usage: 12 %</p></body></html>"
MENUS = {
    "a button that opens": "<ul><li><button type=button>Status</button><ul><li><a href=/s/b>Basics</a></li></ul></li>"
    "<li><button type=button>Storage</button><ul><li><a href=/s/wrong2>Encryption</a></li>"
    "<li><a href=/right>Status</a></li></ul></li></ul>",
    "headings": "<h4>Status</h4><ul><li><a href=/s/b>Basics</a></li></ul><h4>Storage</h4><ul><li><a href=/right>Status</a></li></ul>",
    "a parent that is a page": "<ul><li><a href=/wrong>Status</a><ul><li><a href=/s/b>Basics</a></li></ul></li><li>"
    "<a href=/parent>Storage</a><ul><li><a href=/right>Status</a></li></ul></li></ul>",
    "a definition list": "<dl><dt>Status</dt><dd><a href=/s/b>Basics</a></dd><dt>Storage</dt><dd><a href=/right>Status</a></dd></dl>",
    "flat": "<a href=/s/b>Status</a> <a href=/right>Storage</a>",
}


@pytest.mark.parametrize("menu", MENUS)
def test_the_entry_below_its_own_parent_is_taken(site, browse, shown, menu):
    site.lay("GET", LOGIN, shown("cards/login.html"))
    home = f"<html><body><nav>{MENUS[menu]}</nav><a href=/x>Log Out</a></body>"
    site.lay("POST", "/appliance/session", shown(home, "/home"))
    site.lay("GET", "/right", shown(STORAGE.format(MENUS[menu])))
    if menu == "a parent that is a page":
        site.lay("GET", "/parent", shown(home))
    assert appliance_storage.read(browse())["percent_used"] == 12.0


def test_a_page_without_permission_is_named(site, browse, shown, status):
    site.lay("GET", LOGIN, *[shown("cards/login.html")] * 2)
    site.lay("POST", "/appliance/session", *[shown("cards/basics.html", "/appliance/status/basics")] * 2)
    site.lay("GET", "/appliance/updates", status(403), status(403))
    with pytest.raises(AccessDenied, match="does not show /appliance/updates"):
        appliance_updates.read(browse())
