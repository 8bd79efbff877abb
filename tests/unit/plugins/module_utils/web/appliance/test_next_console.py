# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The link to the console of a new Base version."""

from __future__ import annotations

from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import updates as appliance_updates


def test_the_link_to_the_new_console_is_reported(at_updates):
    updates = appliance_updates.read(at_updates("cards/updates.html"), check=False)
    assert updates.console_installers_url == "https://a.example.com/appliance/updates/console"
