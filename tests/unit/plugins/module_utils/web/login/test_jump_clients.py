# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The settings of Jump Clients are read from fields, radio buttons and text."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import PageNotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import jump_clients as login_jump_clients

LOGIN = "/login/login"


def test_jump_settings_come_from_the_form(site, inside, shown):
    site.lay("GET", "/login/jump", shown("site/jump.html"))
    site.lay("GET", "/login/jump/clients", shown("site/jump_clients.html"))
    found = login_jump_clients.read(inside)
    assert (found.max_concurrent, found.bandwidth, found.connection_rate) == (50, "10 MiB/s", 50)
    assert found.automatic == "cycle"


def test_jump_settings_are_read_from_german_text(site, browse, shown):
    site.lay("GET", LOGIN, shown("site/login.html"))
    site.lay("POST", LOGIN, shown("site/sprung.html", "/login/jc"))
    found = login_jump_clients.read(browse(area="login"))
    assert (found.max_concurrent, found.bandwidth, found.automatic) == (25, "5 MiB/s", "disabled")
    assert found.connection_rate is None


def test_a_page_without_jump_settings_is_not_understood(site, inside, shown):
    site.lay("GET", "/login/jump", shown("site/jump.html"))
    site.lay("GET", "/login/jump/clients", shown("site/management.html"))
    with pytest.raises(PageNotUnderstood, match="jump_automatic"):
        login_jump_clients.read(inside)
