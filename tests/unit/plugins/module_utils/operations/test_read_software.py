# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What an appliance runs and offers, with and without its pages."""

from types import SimpleNamespace

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Unavailable, Unreachable
from ansible_collections.bomgar.appliance.plugins.module_utils.operations.install_limits import InstallLimits
from ansible_collections.bomgar.appliance.plugins.module_utils.operations.read_software import (
    read_settled_software,
    read_software,
    read_stated_software,
)

HEALTH = SimpleNamespace(version="24.1.2", build="1-ab", guid="aa", healthy=True)


class Pages:
    def __init__(self):
        self.checked = []

    def updates(self, *, check):
        self.checked.append(check)
        return SimpleNamespace(packages=("Base 6.2.0",), installing=True)

    def basics(self):
        return SimpleNamespace(base_version="6.1.0")


def test_pages_and_api_are_read_together():
    appliance = SimpleNamespace(pages=Pages(), health=lambda: HEALTH)
    seen, installing = read_software(appliance, check=True)
    assert (seen.site_version, seen.base_version, seen.guid, installing) == ("24.1.2", "6.1.0", "aa", True)
    assert appliance.pages.checked == [True]


def test_without_pages_a_person_states_the_base():
    appliance = SimpleNamespace(health=lambda: HEALTH, host="a.example.com")
    seen, healthy = read_stated_software(appliance, None, "6.1.0", ["Base 6.1.0"])
    assert (seen.site_version, seen.base_version, healthy) == ("24.1.2", "6.1.0", True)


@pytest.mark.parametrize("error", [Unreachable("x"), Unavailable("x")])
def test_absent_appliance_is_not_waited_for(error):
    def updates(*, check):
        raise error

    appliance = SimpleNamespace(pages=SimpleNamespace(updates=updates), health=lambda: HEALTH)
    assert read_settled_software(appliance, InstallLimits(60, 1, 10, 1), away=True) is None
    with pytest.raises(type(error)):
        read_settled_software(appliance, InstallLimits(60, 1, 10, 1), away=False)


def test_own_installation_is_not_waited_for():
    appliance = SimpleNamespace(pages=Pages(), health=lambda: HEALTH)
    assert read_settled_software(appliance, InstallLimits(60, 1, 10, 1), away=True).site_version == "24.1.2"
