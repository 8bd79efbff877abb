# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The way to a page through menus of every kind."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import storage as appliance_storage
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import updates as appliance_updates

LOGIN = "/appliance/login.ns"


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


def test_an_overridden_label_is_found(site, browse, shown):
    site.lay("GET", LOGIN, shown("cards/login.html"))
    home = "<html><body><nav><a href=/q>Status</a><a href=/w>Wartung</a><a href=/e>Log Out</a></nav></body></html>"
    site.lay("POST", "/appliance/session", shown(home, "/q"))
    site.lay("GET", "/w", shown("cards/updates.html"))
    browser = browse(overrides={"menu_updates": "Wartung"})
    assert appliance_updates.read(browser, check=False).packages


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
