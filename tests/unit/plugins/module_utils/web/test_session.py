# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The session of an account: its cookies and addresses, and what is not sent or stored."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    Refused,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import basics as appliance_basics
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import Browser
from ansible_collections.bomgar.appliance.plugins.module_utils.web.labels import Labels

LOGIN = "/appliance/login.ns"


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


def test_accounts_do_not_share_sessions(site, cache, shown):
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
