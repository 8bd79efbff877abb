# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A whole upgrade of a simulated pair with trouble at every step, and the same command again: by the modules that the role uses.

The role's order is repeated here in Python (look, plan, note, act, note), so that hundreds of upgrades fit into virtual time.
CHAOS=whole runs every combination; otherwise a sample, the same in each run.
"""

import itertools
import os
import random

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError
from ansible_collections.bomgar.appliance.plugins.modules import failover_info
from ansible_collections.bomgar.appliance.plugins.modules.backup import OPERATION as BACKUP
from ansible_collections.bomgar.appliance.plugins.modules.client_wait import OPERATION as GATE
from ansible_collections.bomgar.appliance.plugins.modules.failover_plan import OPERATION as PLAN
from ansible_collections.bomgar.appliance.plugins.modules.failover_relation import OPERATION as RELATION
from ansible_collections.bomgar.appliance.plugins.modules.failover_sync import OPERATION as SYNC
from ansible_collections.bomgar.appliance.plugins.modules.journal import OPERATION as JOURNAL
from ansible_collections.bomgar.appliance.plugins.modules.update_info import OPERATION as OFFERS
from ansible_collections.bomgar.appliance.plugins.modules.update_install import OPERATION as INSTALL
from simulator.testing import Running

from tests.support.ansible import connection_of
from tests.support.appliances import Bench

NODES = ("a", "b")
MODES = ("synchronous", "asynchronous")
TROUBLE = ("killed before", "killed after", "journal lost", "answer lost", "swapped by hand", "broken by hand", "peer away", "sync fails")
MOST_STEPS = 9
EVERY = list(itertools.product(MODES, range(MOST_STEPS), TROUBLE))
SAMPLE = random.Random("pairs").sample(EVERY, 4)
CASES = EVERY if os.environ.get("CHAOS") == "whole" else SAMPLE


class Killed(Exception):
    """The controller's process ends here."""


class Run:
    """One run of the upgrade role, without Ansible. trouble: callable(number, moment, step) at 'before' and 'after' of each step."""

    def __init__(self, bench, monkeypatch, mode, trouble=lambda number, moment, step: None):
        self.bench, self.mode, self.trouble = bench, mode, trouble
        self.journal_path = str(bench.folder / "site" / "journal.jsonl")
        monkeypatch.setattr(failover_info, "connect", lambda params, say: bench.appliance(params))

    def to_the_end(self):
        """The blockers that stopped it; [] when the target is reached."""
        pair = self.look()["pair"]
        guids = [one["guid"] for one in pair["nodes"]]
        self.note("open", guids=guids if all(guids) else [], origin=pair["primary"])
        self.settle(pair)
        for number in range(40):
            plan = self.plan()
            if plan["blockers"] or plan["reached"]:
                return [one["blocker"] for one in plan["blockers"]]
            self.trouble(number, "before", plan["next"])
            self.act(plan["next"])
            self.trouble(number, "after", plan["next"])
            self.note_done(plan["next"])
        raise AssertionError("no end")

    def look(self):
        nodes = [dict(connection_of(self.bench.running, self.bench.folder, node), name=node) for node in NODES]
        return self.bench.run(failover_info.OPERATION, nodes=nodes, public_url=self.bench.running.public_url(), mode=self.mode)

    def plan(self):
        offers = {node: self.on(OFFERS, node) for node in NODES}
        known = {"pair": self.look()["pair"], "updates": offers, "memory": self.note("read")["memory"]}
        return self.bench.run(PLAN, mode=self.mode, policies={"data_gap": "accept"}, **known)

    def note(self, state, **more):
        return self.bench.run(JOURNAL, path=self.journal_path, state=state, **more)

    def settle(self, pair):
        pending = self.note("read")["open_step"]
        if pending:
            node = next(one["name"] for one in pair["nodes"] if one["host"] == pending["host"])
            self.on(INSTALL, node, package=pending["package"], journal=self.journal_path, serves=pending["serves"], poll_interval=900)

    def on(self, operation, node, **given):
        return self.bench.run(operation, **{**connection_of(self.bench.running, self.bench.folder, node), **given})

    def act(self, step):
        action, node, peer = step["action"], step["node"], step["peer"]
        if action not in ("install", "gate"):
            self.note("begun", action=action, node=node)
        if action == "sync":
            self.bench.on(SYNC, node, peer, max_age=3600, poll_interval=180)
        elif action in ("break", "establish"):
            state = "absent" if action == "break" else "present"
            self.bench.on(RELATION, node, peer, state=state, public_url=self.bench.running.public_url(), poll_interval=180)
        elif action == "install":
            backup = self.on(BACKUP, node, dest=str(self.bench.folder / "saved"))["backup"]["metadata"]
            serves = self.bench.running.pair().front == node
            self.on(INSTALL, node, package=step["package"], journal=self.journal_path, serves=serves, backup=backup,
                    keys_waiver="in the vault", poll_interval=900)  # fmt: skip
        elif action == "take_over":
            self.bench.running.pair().switch(node)
        elif action == "gate":
            self.on(GATE, node, journal=self.journal_path, mode="hold", poll_interval=43200, threshold=1)

    def note_done(self, step):
        if step["action"] not in ("install", "gate"):
            machine = self.bench.running.machine(step["node"])
            self.note("done", action=step["action"], node=step["node"], guid=machine.guid, appliance_time=machine.now())


def troubled(bench, run, at, kind):
    """The callable that makes the trouble at step `at`."""
    pair, machine = bench.running.pair(), bench.running.machine

    def make(number, moment, step):
        if number != at or moment != ("after" if kind in ("killed after", "journal lost") else "before"):
            return
        if kind == "journal lost":
            os.rename(run.journal_path, run.journal_path + ".lost")
        if kind == "answer lost":
            bench.running.fault("drop_after", match={"method": "POST", "path": "/login/*"})
        if kind == "swapped by hand" and pair.related and not pair.syncing and machine("a").runs() == machine("b").runs():
            pair.set_role(pair.backup, "primary")
        if kind == "broken by hand" and pair.related and not pair.syncing:
            pair.break_relation(pair.primary)
        if kind == "peer away":
            machine(step["peer"]).restart()
        if kind == "sync fails":
            pair.fails = "No space left"
        if kind.startswith("killed") or kind == "journal lost":
            raise Killed

    return make


@pytest.fixture
def bench(tmp_path):
    with Running("pair_one_hop") as running:
        yield Bench(running, tmp_path)


@pytest.mark.parametrize(("mode", "at", "kind"), CASES)
def test_with_trouble_at_any_step_the_same_command_ends_well_or_stops_with_one_primary(bench, monkeypatch, mode, at, kind):
    pair = bench.running.pair()
    run = Run(bench, monkeypatch, mode)
    run.trouble = troubled(bench, run, at, kind)
    try:
        first = run.to_the_end()
    except (Killed, ApplianceError) as exc:
        first = [type(exc).__name__]
    pair.fails = ""
    bench.running.simulation.faults.clear()
    bench.running.advance(3600)
    second = Run(bench, monkeypatch, mode).to_the_end() if first else []
    judge(bench, pair, mode, second)


def judge(bench, pair, mode, blockers):
    primaries = [one.failover_role for one in pair.nodes].count("primary")
    assert pair.timeline.two_primaries_seconds(pair.now()) == 0
    assert [write for write in bench.writes() if write.startswith("install")].__len__() == len(installs(pair)) <= 4
    assert pair.clients.skipped == 0
    if mode == "asynchronous" and not blockers:
        assert not [one for one in pair.outages() if one[1] - one[0] >= 25 * 60 and not moved_by_hand(pair)]
    if blockers:
        assert primaries == 1 if pair.related else primaries == 0
        assert set(blockers) <= {"public_on_backup", "two_backups"}
    else:
        assert [(one.version, one.base_version) for one in pair.nodes] == [("22.1.4", "6.2.0")] * 2
        assert pair.related and pair.primary.name == pair.front


def installs(pair):
    return [event for one in pair.nodes for event in one.history if event["event"] == "installed"]


def moved_by_hand(pair):
    return any(event["event"] == "role_changed" for one in pair.nodes for event in one.history)


@pytest.mark.parametrize("mode", MODES)
def test_without_trouble_it_takes_as_many_steps_as_the_matrix_covers(bench, monkeypatch, mode):
    steps = []
    run = Run(bench, monkeypatch, mode, lambda number, moment, step: steps.append(step["action"]) if moment == "before" else None)
    assert run.to_the_end() == [] and len(steps) <= MOST_STEPS
    judge(bench, bench.running.pair(), mode, [])
