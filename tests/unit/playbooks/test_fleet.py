# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The playbook fleet: canaries, batches, waits that cost nothing, and a verdict of its own for each site."""

import json
import re
import sys

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import Lock
from simulator.testing import Running

from tests.support.fleets import finish, fleet, inventory, nodes_of, report, verdicts, world

pytestmark = pytest.mark.slow
DAY = 26 * 3600


def asked(running):
    """The appliances that were asked anything."""
    return {one["appliance"] for one in running.requests()}


def told(done):
    return done.stdout[-6000:] + done.stderr


def test_batches_wait_for_the_canary(tmp_path):
    """The batches begin when the canary has reached the target, and not while it waits."""
    with Running(world(3), speed=60, idle_speed=60) as running:
        inventory(running, tmp_path, fleet_canary=["s0"], fleet_batches=[1])
        first = fleet(tmp_path)
        assert first.returncode == 0, told(first)
        assert asked(running) == {"s0"}
        assert verdicts(tmp_path) == {"s0": "waiting", "s1": "not_started", "s2": "not_started"}
        made = report(tmp_path)
        assert made["state"] == "waiting" and made["next"]["not_before"] == made["sites"][0]["until"]
        assert "canary is not complete: s0 waits until" in first.stdout

        before = len(running.requests())
        again = fleet(tmp_path)
        assert again.returncode == 0 and len(running.requests()) == before, "a site that waits until a known time is not asked"

        running.advance(DAY)
        second = fleet(tmp_path, fleet_ask_waiting=True)
        assert second.returncode == 0, told(second)
        assert verdicts(tmp_path) == {"s0": "done", "s1": "waiting", "s2": "not_started"}
        assert asked(running) == {"s0", "s1"}

        running.advance(DAY)
        third = fleet(tmp_path, fleet_ask_waiting=True)
        assert third.returncode == 0, told(third)
        running.advance(DAY)
        last = fleet(tmp_path, fleet_ask_waiting=True)
        assert last.returncode == 0 and set(verdicts(tmp_path).values()) == {"done"}, told(last)
        assert [running.machine(f"s{n}").version for n in range(3)] == ["22.1.4"] * 3
        installs = [one for one in running.requests("write") if str(one["write"]).startswith("install")]
        assert len(installs) == 3, "each once"

        writes = len(running.requests("write"))
        end = fleet(tmp_path)
        assert end.returncode == 0 and len(running.requests("write")) == writes
        assert asked(running) == {"s0", "s1", "s2"} and "All sites are done. 3 done." in end.stdout


@pytest.fixture
def broken(tmp_path):
    """Four sites: one is dead, one is locked, one has a wrong account, one is well."""
    with Running(world(4), speed=60, idle_speed=60) as running:
        wrong = {"s2": {"bomgar_client_secret": "canary wrong secret"}, "s0": {"bomgar_timeout": 1}}
        inventory(running, tmp_path, hosts=wrong)
        running.fault("drop_before", times=None, match={"appliance": "s0"})
        Lock(str(tmp_path / "s1" / "journal.jsonl"), "").acquire()
        yield running


def test_faults_have_verdicts_and_others_continue(broken, tmp_path):
    """Each fault has its own verdict, and the other sites continue if that is tolerated."""
    done = fleet(tmp_path, fleet_max_fail_percentage=75)
    assert done.returncode == 2, told(done)
    assert verdicts(tmp_path) == {"s0": "unreachable", "s1": "locked", "s2": "failed", "s3": "waiting"}
    why = {one["site"]: one["why"] for one in report(tmp_path)["sites"]}
    assert "@" in why["s1"] and "account" in why["s2"].lower() or "token" in why["s2"].lower(), why
    assert {one["appliance"] for one in broken.requests("write")} == {"s3"}
    assert "canary wrong secret" not in told(done) + json.dumps(report(tmp_path))


def test_a_failure_stops_the_wave_by_default(broken, tmp_path):
    done = fleet(tmp_path)
    assert done.returncode == 2, told(done)
    assert broken.requests("write") == []
    assert verdicts(tmp_path) == {"s0": "not_started", "s1": "locked", "s2": "not_started", "s3": "not_started"}


def test_a_failed_canary_holds_all_batches(tmp_path):
    with Running(world(3), speed=60, idle_speed=60) as running:
        inventory(
            running, tmp_path, hosts={"s0": {"bomgar_client_secret": "canary wrong secret"}}, fleet_canary=["s0"], fleet_batches=["50%"]
        )
        done = fleet(tmp_path)
        assert done.returncode == 2, told(done)
        assert verdicts(tmp_path) == {"s0": "failed", "s1": "not_started", "s2": "not_started"}
        assert asked(running) <= {"s0"}


def test_a_limit_never_leaves_out_the_canary(tmp_path):
    with Running(world(3)) as running:
        inventory(running, tmp_path, fleet_canary=["s0"])
        done = fleet(tmp_path, "--limit", "s1")
        assert done.returncode == 0, told(done)
        assert set(verdicts(tmp_path).values()) == {"not_started"} and running.requests() == []
        assert "Left out by --limit." in json.dumps(report(tmp_path))


def test_dry_run_plans_waves_and_changes_nothing(tmp_path):
    with Running(world(3)) as running:
        inventory(running, tmp_path, fleet_canary=["s0"], fleet_batches=[1])
        done = fleet(tmp_path, "--check")
        assert done.returncode == 0, told(done)
        assert running.requests("write") == [] and not (tmp_path / "report").exists() and not (tmp_path / "s0").exists()
        assert asked(running) == {"s0", "s1", "s2"} and "3 planned" in done.stdout


def test_a_pair_is_one_site_of_a_wave(tmp_path):
    """Named by its second node it is the canary: both nodes are upgraded by the first one, and the other site waits for them."""
    pair = {"name": "pair", "nodes": ["s0", "s1"], "public_hostname": "pair.example.com", "sync": {"minutes": 5}}
    with Running(world(3, pairs=[pair]), speed=600, idle_speed=6000) as running:
        inventory(running, tmp_path, fleet_canary=["s1"])
        done = fleet(tmp_path)
        assert done.returncode == 0, told(done)
        assert verdicts(tmp_path) == {"pair": "waiting", "s2": "not_started"}
        assert [one["sites"] for one in report(tmp_path)["waves"]] == [["pair"], ["s2"]]
        assert [running.machine(f"s{n}").version for n in range(3)] == ["22.1.4", "22.1.4", "20.2.1"]
        installs = [one["appliance"] for one in running.requests("write") if str(one["write"]).startswith("install")]
        assert sorted(installs) == ["s0", "s1"] and asked(running) == {"s0", "s1"}


def test_site_behind_bastion_is_left_to_its_run(tmp_path):
    """The controller verifies the site that it reaches itself, whichever host is the first of the play."""
    bastion = {"ansible_connection": "bastion", "ansible_host": "bastion.example.com", "bomgar_python": sys.executable}
    with Running(world(2, version="22.1.4")) as running:
        inventory(running, tmp_path, hosts={"s0": bastion})
        for node in nodes_of(running, tmp_path):
            finish(tmp_path, node)
        done = fleet(tmp_path)
        assert done.returncode == 0, told(done)
        assert verdicts(tmp_path) == {"s0": "done", "s1": "done"}
        assert re.findall(r"Read the site\] \*+\n\w+: \[(\w+)", done.stdout) == ["s0"], told(done)


@pytest.mark.parametrize("given", [{"fleet_canary": ["s9"]}, {"fleet_batches": [0]}, {"catch_up_mode": "hold"}])
def test_impossible_values_fail_before_any_request(tmp_path, given):
    with Running(world(2)) as running:
        inventory(running, tmp_path)
        done = fleet(tmp_path, **given)
        assert done.returncode == 2 and next(iter(given)) in done.stdout + done.stderr, told(done)
        assert running.requests() == []
