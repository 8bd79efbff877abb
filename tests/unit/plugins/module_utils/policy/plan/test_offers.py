# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What there is without opening a page: the manifest, judged by what runs and what a person states."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.read_manifest import read_manifest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.offers import offered_by

PACKAGES = read_manifest(
    [
        {"name": "Base 6.2.0"},
        {"name": "Bomgar 22.1.4", "requires_base": "6.2.0", "supports_upgrade_from": "20.2.1"},
        {"name": "Bomgar 23.2.1", "requires": ["Bomgar 22.1.4"]},
        {"name": "Licence add-on 200 Jump Clients", "requires": ["Bomgar 22.1.4"]},
    ]
)


def rows(site_version, **runs):
    return {row.name: (row.state, row.waits_for) for row in offered_by(PACKAGES, site_version=site_version, **runs)}


def test_states_of_the_listed_packages():
    """What runs is installed, what can follow is available, and the rest waits."""
    seen = rows(site_version="20.2.1", base_version="6.2.0")
    assert seen["Base 6.2.0"] == ("installed", ()) and seen["Bomgar 22.1.4"] == ("available", ())
    assert seen["Bomgar 23.2.1"] == ("blocked", ("Bomgar 22.1.4",))


def test_an_unstated_base_is_not_assumed():
    """Not even if it is the one that is needed."""
    seen = rows(site_version="20.2.1")
    assert seen["Base 6.2.0"][0] == "available" and seen["Bomgar 22.1.4"] == ("blocked", ("Base 6.2.0",))


def test_old_version_keeps_package_blocked():
    assert rows(site_version="19.1.8", base_version="6.2.0")["Bomgar 22.1.4"] == ("blocked", ("version 20.2.1",))


@pytest.mark.parametrize(("stated", "state"), [([], "available"), (["licence  ADD-ON 200 Jump Clients"], "installed")])
def test_person_declares_an_add_on_installed(stated, state):
    seen = rows(site_version="22.1.4", base_version="6.2.0", installed=stated)
    assert seen["Licence add-on 200 Jump Clients"][0] == state
