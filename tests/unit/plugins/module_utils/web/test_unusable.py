# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Pages and responses that cannot be used."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    AccessDenied,
    Unavailable,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import basics as appliance_basics
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import updates as appliance_updates
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import PageNotUnderstood

LOGIN = "/appliance/login.ns"


def test_unusable_page_is_saved_without_secrets(site, browse, shown, saved):
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


def test_unserved_page_is_unavailable(site, browse, status):
    site.lay("GET", LOGIN, status(503, "<html><body>Upgrading</body></html>"))
    with pytest.raises(Unavailable, match="503"):
        appliance_basics.read(browse())


def test_a_page_without_permission_is_named(site, browse, shown, status):
    site.lay("GET", LOGIN, *[shown("cards/login.html")] * 2)
    site.lay("POST", "/appliance/session", *[shown("cards/basics.html", "/appliance/status/basics")] * 2)
    site.lay("GET", "/appliance/updates", status(403), status(403))
    with pytest.raises(AccessDenied, match="does not show /appliance/updates"):
        appliance_updates.read(browse())
