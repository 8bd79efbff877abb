# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The worlds of the demo, upgraded by a fast client and by one whose every request takes seconds: the same comes of it.

Given a world with the speeds that it is shipped with, when the modules upgrade it in the order of the roles, then the appliances end
with the same versions after the same writes, whatever the load of the machine.
"""

import pytest
from simulator.testing import Running

from tests.support.appliances import Bench, connect
from tests.support.sample import part
from tests.support.upgrades import FIRST_RUN, Pair, Standalone

LOOK = 1  # real seconds between two looks of a wait, as in the demo


class RealClock:
    """Stands for the real one: a request takes its seconds, a sleep as long as it was told."""

    def __init__(self):
        self.at = 1000.0

    def __call__(self):
        return self.at

    def sleep(self, seconds):
        self.at += seconds


class Demo(Bench):
    """A bench whose waits pass on the real clock, as those of a user do."""

    def __init__(self, running, folder, real):
        super().__init__(running, folder)
        self.real = real

    def appliance(self, params, say=None, **_time):
        return connect(params, say=self.lines.append, clock=self.real, sleep=self.real.sleep)


class Waits:
    """The intervals of the demo in place of those of virtual time."""

    install_interval = pair_interval = catch_up_interval = LOOK

    def install(self, node, package, **more):
        contact = {"name": "Ada Example", "email": "ada@example.com", "title": "Administrator"}
        super().install(node, package, **{**more, "accept_eula": True, "contact": contact})


class SlowStandalone(Waits, Standalone):
    pass


class SlowPair(Waits, Pair):
    pass


def upgraded(folder, world, kind, target, seconds):
    """(how it ended, what each appliance has and how many of its clients were left behind, all writes in their order)."""
    real, options = RealClock(), {} if kind is SlowStandalone else {"mode": "asynchronous"}
    request = dict(zip(("target_version", "target_base"), target, strict=True))
    with Running(world, speed=None, idle_speed=None, sleep=real.sleep, real=real) as running:
        running.fault("delay", times=None, seconds=seconds)
        started = {**FIRST_RUN, "version": running.machine().version}
        ended = kind(Demo(running, folder, real), request=request, running_since=started, **options).result()
        machines = [site.machine for site in running.simulation.sites]
        state = [(one.name, one.version, one.base_version, one.clients.skipped, installed(one)) for one in machines]
        return ended, state, [(one["appliance"], one["write"]) for one in running.requests("write")]


def installed(machine):
    return [event["package"] for event in machine.history if event["event"] == "installed"]


@pytest.mark.parametrize(
    ("world", "kind", "target"),
    part(  # CHAOS=whole takes both
        [
            ("far_outdated", SlowStandalone, ("23.2.1", "7.0.0")),
            ("pair_one_hop", SlowPair, ("22.1.4", "6.2.0")),
        ]
    ),
)
def test_any_load_gives_the_same_result(tmp_path, world, kind, target):
    fast = upgraded(tmp_path / "fast", world, kind, target, 0.02)
    slow = upgraded(tmp_path / "slow", world, kind, target, 5)
    assert fast[0] == slow[0] == {"outcome": "reached", "why": ""}
    assert fast[1:] == slow[1:]
    assert all(skipped == 0 for _name, _version, _base, skipped, _installed in slow[1])
