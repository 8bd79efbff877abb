# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Status > Basics."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import basics as appliance_basics
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import updates as appliance_updates

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


def test_last_menu_is_used_again(site, browse, shown):
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
