# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The numbers of the steps over a whole upgrade of a simulated pair, in which a planned data sync turns out not to be due."""

import contextlib
import json

import pytest
from simulator import acts
from simulator.act_error import ActError
from simulator.testing import Running

from tests.chaos.cases import world_of
from tests.support.appliances import Bench
from tests.support.upgrades import POLICIES, Stopped, Upgrade

pytestmark = pytest.mark.slow


WORLD = world_of("asynchronous") + "  - {id: rs-23.2.1, kind: site, version: 23.2.1, requires: [rs-22.1.4]}\n"
REQUEST = {"target_version": "23.2.1", "target_base": "6.2.0"}


class Closely(Upgrade):
    """An upgrade before whose break the last data sync may be an hour old."""

    policies = {**POLICIES, "sync_max_age": 3600}


def upgraded(bench, trouble=lambda step: None):
    """(how the run ended, [(number and action of the next step, total, numbers that are not needed)] of its plans)."""
    plans = []

    def see(name, node, result, before):
        if name == "upgrade_plan" and result["next"]:
            following = result["next"]
            plans.append((following["number"], following["action"], following["total"], [one["number"] for one in result["not_needed"]]))

    def after(number, moment, step):
        if moment == "after":
            trouble(step)

    return Closely(bench, "asynchronous", see=see, trouble=after, request=REQUEST).result(), plans


def synchronized(running):
    """What no run has asked for: the appliance synchronizes by itself, as it does each day, if it is not at it already."""
    with contextlib.suppress(ActError):
        acts.act(running.simulation, {"do": "sync_now", "appliance": running.pair().front})
    running.advance(600)


def kept_steps(folder):
    return json.loads((folder / "site" / "plan.json").read_text())["steps"]


def numbers_of(steps):
    return [(step["number"], step["hop"], step["title"]) for step in steps]


def of_second_hop(steps, action):
    """The number of a step."""
    return next(step["number"] for step in steps if (step["hop"], step["action"]) == (2, action))


def test_early_sync_keeps_its_number(tmp_path):
    with Running(WORLD) as running:
        bench, planned = Bench(running, tmp_path), []

        def trouble(step):
            planned[:] = planned or kept_steps(tmp_path)
            if step["number"] == of_second_hop(planned, "sync") - 1:
                synchronized(running)
            if step["number"] == of_second_hop(planned, "break"):
                raise Stopped({"msg": "stopped by the test"})

        stopped, first = upgraded(bench, trouble)
        ended, second = upgraded(bench)
    assert (stopped["why"], ended["outcome"]) == ("stopped by the test", "reached"), ended
    total, sync = len(planned), of_second_hop(planned, "sync")
    assert first[-1] == (sync + 1, "break", total, [sync])
    assert [one[0] for one in first + second] == [number for number in range(1, total + 1) if number != sync]
    assert {one[2] for one in first + second} == {total} and {tuple(one[3]) for one in second} == {(sync,)}
    steps = kept_steps(tmp_path)
    assert numbers_of(steps) == numbers_of(planned)
    assert [step["number"] for step in steps if step.get("needed") is False] == [sync]
