# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How the run of a site ended, by the variables that the role upgrade left."""

import pytest
from ansible_collections.bomgar.appliance.plugins.filter.fleet_ends import fleet_ends

AT = "2026-03-03T20:41:00+00:00"
WAITS = {"state": "waiting", "next_run_at": AT}
TURN = {"number": 2, "failure": {}}
FAILED = {"number": 2, "failure": {"error": "InvalidInput", "msg": "upgrade_mode is wrong."}}


@pytest.mark.parametrize(
    ("variables", "found"),
    [
        ({}, {}),
        ({"upgrade_state": "reached"}, {}),
        ({"upgrade_state": "reached", "_fleet_turn": {"number": 1, "failure": {}}}, {}),
        ({"upgrade_state": "stopped", "_fleet_turn": TURN}, {"state": "stopped", "until": ""}),
        ({"upgrade_state": "waiting", "catch_up_result": WAITS, "_fleet_turn": TURN}, {"state": "waiting", "until": AT}),
        ({"_fleet_turn": FAILED}, {"state": "failed", "error": "InvalidInput", "msg": "upgrade_mode is wrong."}),
        (
            {"_fleet_turn": FAILED, "_upgrade_error": "Unreachable", "_upgrade_why": "a: no response."},
            {"state": "failed", "error": "Unreachable", "msg": "a: no response."},
        ),
    ],
)
def test_only_a_turn_of_this_pass_counts(variables, found):
    assert fleet_ends({"a": variables}, ["a"], 2) == ({"a": found} if found else {})
