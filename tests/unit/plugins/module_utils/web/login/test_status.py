# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The page Information shows version, build and clients."""

from __future__ import annotations

from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import status as login_status


def test_information_tells_version_build_and_clients(site, inside, shown):
    site.lay("GET", "/login/status", shown("site/information.html"))
    found = login_status.read(inside)
    assert (found.version, found.build, found.clients_online) == ("22.1.4", "52345-0011", 42)
    assert found.by_kind == {"Clients Online": 42, "Jump Clients": 37, "Representative Consoles": 5}
