# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import replace

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.aftercare.software import by_hand, reinstall
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.aftercare.work_list import Known

from tests.support.last_upgrades import LAST, STATE


def test_integration_clients_name_the_required_versions():
    found = by_hand(Known(LAST, companions={"Jira": ("1.10", "RS 22.1.4")}))["integration_clients"]
    assert found[:2] == ("open", "They do not upgrade by themselves. Required: Jira 1.10 (see RS 22.1.4).")


@pytest.mark.parametrize(("recorded", "state"), [(True, "not_applicable"), (False, "open")])
def test_unrecorded_installers_stay_open(recorded, state):
    assert by_hand(Known(dict(LAST, recorded=recorded)))["jump_client_installers"][0] == state


def test_missing_installers_and_downloads_are_named():
    state = replace(
        STATE,
        installers=[{"id": 1, "name": "a"}, {"id": 2, "name": "b"}],
        made=[{"old": 1, "installer_id": "x", "name": "a"}],
    )
    found = by_hand(Known(dict(LAST, clients=state), platforms=("mac-dmg",)))["jump_client_installers"]
    assert found[1] == "Missing: b (not made), a (not downloaded for mac-dmg)." and found[3] == 2


def test_saved_consoles_are_named():
    state = replace(STATE, consoles=[{"which": "present", "path": "/old.msi"}, {"which": "next", "path": "/new.msi"}])
    found = by_hand(Known(dict(LAST, clients=state)))
    assert "/old.msi" in found["old_msi_remove"][1] and "/new.msi" in found["extractable_console"][2][0]


@pytest.mark.parametrize(("back", "state", "count"), [(4, "open", 1), (5, "done", 0)])
def test_reinstalled_clients_are_counted(back, state, count):
    before = {"kinds": {"jumpoint": {"done": 3, "pending": 2}}}
    clients = {"kinds": {"jumpoint": {"done": back}}}
    known = Known(dict(LAST, clients=replace(STATE, counted={"before": before})), clients)
    found = reinstall(known)["reinstall_jumpoints"]
    assert (found[0], found[3]) == (state, count)
