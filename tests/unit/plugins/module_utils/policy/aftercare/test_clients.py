# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import replace

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.aftercare.clients import follow_up, measured, named
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.aftercare.work_list import Known

from tests.support.last_upgrades import LAST, STATE


def test_more_than_twenty_names_are_counted():
    assert named([str(number) for number in range(25)]).endswith("19 and 5 more")
    assert named(["a"], 3) == "a and 2 more"


@pytest.mark.parametrize(
    ("jumpoints", "state", "reason"),
    [
        (None, "open", "The Jumpoints could not be read (no permission)."),
        ([], "not_applicable", "No Jumpoint is enabled."),
        ([{"name": "branch", "enabled": True, "connected": True}], "done", "All 1 enabled Jumpoints are connected"),
        ([{"name": "branch", "enabled": True, "connected": False}], "open", "1 of 1 enabled Jumpoints are not connected: branch."),
    ],
)
def test_enabled_jumpoints_must_be_connected(jumpoints, state, reason):
    found = measured(Known(LAST, {"jumpoints": jumpoints}, clients_problem="no permission"))["jumpoints"]
    assert found[0] == state and found[1].startswith(reason)


def test_changed_settings_stay_open_until_restored():
    known = Known(dict(LAST, clients=replace(STATE, jump_settings={"host": "a", "before": {"bandwidth": 100}, "why": "no answer"})))
    assert measured(known)["jump_client_settings"][2] == ["In /login > Jump > Jump Clients of a restore these values: bandwidth 100."]


@pytest.mark.parametrize(("basis", "state"), [("needs_update", "open"), ("console_export", "done")])
def test_an_export_settles_personal_jump_groups(basis, state):
    assert follow_up(Known(dict(LAST, basis=basis)))["personal_jump_groups"][0] == state


def test_stragglers_are_named():
    rows = [{"name": "till", "hostname": "PC-7", "last_seen": "2026-03-01"}, {"hostname": "pc-8"}]
    found = follow_up(Known(LAST, {"stragglers": rows}))["stragglers"]
    assert found[0] == "open" and found[3] == 2
    assert "till (PC-7, last seen 2026-03-01), pc-8 (last seen never)" in found[1]
