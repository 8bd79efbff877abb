# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One case: an upgrade with a fault at its n-th request, then the same command again until it is done or a person is needed."""

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from simulator.testing import Running

from tests.support.appliances import Bench
from tests.support.upgrades import TARGET, upgrade

from . import worlds
from .families import FAMILIES
from .truth import Truth

PACKAGES = """\
  - {id: base-6.2.0, kind: base, version: 6.2.0}
  - {id: rs-22.1.4, name: BeyondTrust Remote Support 22.1.4, kind: site, version: 22.1.4, requires: [base-6.2.0]}
"""
ALONE, PAIR = (worlds.world("chaos", nodes, version="20.2.1", passive=3, packages=PACKAGES) for nodes in ("a", "ab"))
RUNS = 3  # with a fault in the first one only


@dataclass
class Verdict:
    """How a case ended. word: 'survived' (the run with the fault reached the target), 'stopped safely' (it stopped, and the same
    command finished it), 'needs a person' (it stops each time, and says why). why: of the last stop."""

    word: str
    lies: list = field(default_factory=list)
    why: str = ""
    first: str = ""
    duplicates: int = 0
    two_primaries: float = 0.0


def world_of(mode):
    return ALONE if mode == "standalone" else PAIR


def requests_of(mode):
    """How many requests an upgrade without faults makes."""
    with Running(world_of(mode)) as running, tempfile.TemporaryDirectory() as folder:
        ended = upgrade(Bench(running, Path(folder)), mode).result()
        assert ended["outcome"] == "reached", ended
        return len(running.requests())


def play(mode, family, n):
    """The Verdict of a case."""
    return played(world_of(mode), mode, FAMILIES[family], n)


def played(world, mode, fault, n, request=None, *, twice=False):
    """The Verdict of an upgrade to `wish` in this world, with the fault at its n-th request.

    twice: what hit it may have come after its last look; then the next run must not call the target reached.
    """
    with Running(world, sleep=_really) as running, tempfile.TemporaryDirectory() as folder:
        bench = Bench(running, Path(folder))
        truth = Truth(bench)
        fault.strike(bench, n)
        with fault.during(bench, n):
            ended = upgrade(bench, mode, see=truth.see, note=truth.note, timeout=fault.timeout, request=request).result()
        first = [ended["why"]] if ended["outcome"] != "reached" else []
        runs = 1
        while ended["outcome"] != "reached" and runs < RUNS:
            running.simulation.faults.clear()
            fault.heal(bench)
            end_of_process(bench)
            running.advance(7200)
            ended = upgrade(bench, mode, see=truth.see, note=truth.note, request=request).result()
            runs += 1
        if twice and ended["outcome"] == "reached" and missing(bench, mode, request):
            ended, runs = upgrade(bench, mode, see=truth.see, note=truth.note, request=request).result(), runs + 1
        if ended["outcome"] == "reached":
            truth.lies += [f"not at the target: {one}" for one in missing(bench, mode, request)]
        truth.at_the_end(folder)
        word = "needs a person" if ended["outcome"] != "reached" else "stopped safely" if runs > 1 else "survived"
        return Verdict(word, truth.lies, ended["why"], "".join(first), truth.duplicates, truth.two_primaries)


def _really(seconds):
    import time

    time.sleep(seconds)


def end_of_process(bench):
    """A run that could not give its lock back leaves it to be found dead: here its process lives on, so its heart is stopped."""
    lock = bench.folder / "site" / "journal.jsonl.lock"
    if lock.exists():
        os.utime(lock, (0, 0))


def missing(bench, mode, request=None):
    """What is not as an upgrade that says `reached` promises."""
    running, request = bench.running, request or TARGET
    found = [
        f"{one.machine.name} runs {one.machine.version} on {one.machine.base_version}"
        for one in running.simulation.sites
        if (one.machine.version, one.machine.base_version) != (request["target_version"], request["target_base"])
    ]
    if mode != "standalone":
        pair = running.pair()
        found += [] if pair.related else ["the relation is broken"]
        found += [] if pair.primary and pair.primary.name == pair.front else ["the public name does not lead to the primary"]
        found += [] if pair.clients.skipped == 0 else ["clients skipped a version"]
        found += unsynced(pair)
    return found


def unsynced(pair):
    """What the peer may lack: a data sync that began after the last installation and the last change of a setting, on any node."""
    events = [event for node in pair.nodes for event in node.history]
    sync = max((event["time"] for event in events if event["event"] == "sync_started"), default=0)
    return [
        f"{event['event']} after the last data sync"
        for event in events
        if event["event"] in ("installed", "jump_settings_saved") and event["time"] > sync
    ]
