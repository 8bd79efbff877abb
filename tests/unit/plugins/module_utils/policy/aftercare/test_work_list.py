# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from types import SimpleNamespace

from ansible_collections.bomgar.appliance.plugins.module_utils.policy.aftercare.catalogue import ALL
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.aftercare.work_list import Known, companions_of, work_list

from tests.support.last_upgrades import LAST


def by_id(known):
    return {one["id"]: one for one in work_list(known)}


def test_items_are_in_the_order_of_the_catalogue():
    assert list(by_id(Known(LAST))) == [one for one in ALL if not one.startswith("reinstall_")]
    assert list(by_id(Known(LAST, strategy="reinstall"))) == list(ALL)


def test_a_base_asks_nothing_of_clients():
    found = by_id(Known(dict(LAST, packages=[{"package": "Base 7.0.0", "kind": "base"}])))
    assert found["integration_clients"]["state"] == "not_applicable"


def test_confirmed_items_are_done():
    found = by_id(Known(LAST, confirmed=("integration_clients", "jump_clients")))
    assert found["integration_clients"]["state"] == "done"
    assert found["jump_clients"]["state"] == "automatic"


def test_owners_replace_the_usual_ones():
    assert by_id(Known(LAST, owners={"stragglers": "Ada"}))["stragglers"]["owner"] == "Ada"


def entry(*companions):
    return SimpleNamespace(companions=companions, release_notes="RS 22.1.4")


def test_the_highest_companion_version_counts():
    manifest = SimpleNamespace(entries=[entry(("Jira", "1.9")), entry(("Jira", "1.10"), ("Vault", "2.0"))])
    assert companions_of(manifest, []) == {"Jira": ("1.10", "RS 22.1.4"), "Vault": ("2.0", "RS 22.1.4")}
