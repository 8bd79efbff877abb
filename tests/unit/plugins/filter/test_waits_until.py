# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""When to run again for a host, whatever it waits for."""

import pytest
from ansible_collections.bomgar.appliance.plugins.filter.waits_until import waits_until
from ansible_collections.bomgar.appliance.plugins.plugin_utils.host_facts import WAITING

AT = "2026-03-03T20:41:00+00:00"
WAITS = {"state": "waiting", "next_run_at": AT}


@pytest.mark.parametrize("name", WAITING)
def test_each_result_that_waits_counts(name):
    others = dict.fromkeys(WAITING, {"state": "open", "next_run_at": ""})
    assert waits_until({"a": {**others, name: WAITS}, "b": others}, ["a", "b"]) == {"a": AT}


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ({}, ""),
        ({"window_result": {}, "drain_result": {"skipped": True}, "catch_up_result": None}, ""),
        ({"catch_up_result": {"state": "open", "next_run_at": AT}}, ""),
        ({"catch_up_result": {"state": "waiting", "next_run_at": ""}}, ""),
        ({"failover_state": "waiting", "_failover_next_run_at": AT}, AT),
        ({"failover_state": "done", "_failover_next_run_at": AT}, ""),  # of an earlier step
    ],
)
def test_host_without_wait_has_no_moment(host, found):
    assert waits_until({"a": host}, ["a"]) == ({"a": found} if found else {})
