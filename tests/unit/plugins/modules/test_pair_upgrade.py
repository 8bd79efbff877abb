# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Whole upgrades of a simulated pair by the modules of the role: what is true of both nodes when a run says that the target is reached."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.approval import plan_differences

from tests.chaos.cases import PAIR, missing, unsynced
from tests.support.upgrades import LIMITS, Stopped, upgrade

ADD_ON = "  - {id: jump-clients-200, name: License add-on 200 Jump Clients, kind: licence, requires: [rs-22.1.4]}\n"
MODES = ("synchronous", "asynchronous")


@pytest.mark.parametrize("mode", MODES)
def test_sync_follows_add_on_and_restore(given, mode):
    """A data sync follows the last add-on and the restored settings."""
    bench = given(PAIR + ADD_ON)
    ended = upgrade(bench, mode).result()
    assert (ended["outcome"], missing(bench, mode)) == ("reached", [])
    assert all(node.packages.has("jump-clients-200") for node in bench.running.pair().nodes)
    assert all(node.jump_settings[name] != limit for node in bench.running.pair().nodes for name, limit in LIMITS.items())


def test_sync_follows_a_lone_add_on(given):
    bench = given(PAIR + ADD_ON)
    nodes = bench.running.pair().nodes
    for node in nodes:
        node.packages.offer("jump-clients-200", False)
    upgrade(bench, "synchronous").result()
    for node in nodes:
        node.packages.offer("jump-clients-200")
    assert upgrade(bench, "synchronous").result()["outcome"] == "reached"
    assert all(node.packages.has("jump-clients-200") for node in nodes) and unsynced(bench.running.pair()) == []


@pytest.mark.parametrize("mode", MODES)
def test_step_number_lasts_over_runs(given, mode):
    """The first run ends in the middle: the second one goes on with the same numbers, and with the plan that was approved."""
    bench, seen, plans = given(PAIR), [], []

    def see(name, _on, result, _before):
        if name == "upgrade_plan" and result["next"]:
            seen.append((result["next"]["number"], result["next"]["total"]))
            plans.append(result["document"])

    def stop(number, moment, _step):
        if (number, moment) == (5, "before"):
            raise Stopped({"msg": "a test"})

    assert upgrade(bench, mode, see=see, trouble=stop).result()["outcome"] == "failed"
    stopped_at = len(seen)
    assert upgrade(bench, mode, see=see).result()["outcome"] == "reached"
    total = seen[0][1]
    assert seen[:stopped_at] == [(number, total) for number in range(1, stopped_at + 1)]
    assert seen[stopped_at:] == [(number, total) for number in range(stopped_at, total + 1)]
    assert {one["hash"] for one in plans} == {plans[0]["hash"]}, plan_differences(plans[0], plans[-1])
