# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Signing in, sessions, menus."""

from __future__ import annotations

from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import basics as appliance_basics
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import updates as appliance_updates

LOGIN = "/appliance/login.ns"


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


def test_an_image_button_is_pressed_with_coordinates(site, browse, shown):
    site.lay("GET", LOGIN, shown("plain/login.html"))
    site.lay("POST", LOGIN, shown("plain/basics.html", "/appliance/s"))
    assert appliance_basics.read(browse()).base_version == "6.2.0"
    assert {"go.x", "go.y"} <= set(site.sent[1].form)
