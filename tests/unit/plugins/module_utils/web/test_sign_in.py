# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Signing in: a password is tried once, an agreement is accepted only if the user did."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    AccessDenied,
    NotFound,
    Refused,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import basics as appliance_basics

LOGIN = "/appliance/login.ns"


def test_refused_password_is_tried_once(site, browse, shown, html):
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


def test_missing_login_addresses_are_skipped(site, browse, shown, status):
    site.lay("GET", LOGIN, status(404)).lay("GET", "/appliance", status(404))
    with pytest.raises(NotFound, match="no /appliance login page"):
        appliance_basics.read(browse())


def test_a_refused_address_differs_from_a_wrong_password(site, browse, status):
    site.lay("GET", LOGIN, status(403))
    with pytest.raises(AccessDenied, match="refuses this machine"):
        appliance_basics.read(browse())
