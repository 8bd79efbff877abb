# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The memory matrix: an upgrade of two hops ends at each of its steps, then its memory is lost, old or elsewhere, and the same command
runs until it is done. No client may miss a version, and no package may be asked for twice."""

import shutil
import tempfile
from pathlib import Path

from simulator.testing import Running

from tests.support.appliances import Bench
from tests.support.upgrades import FIRST_RUN, Pair, Standalone, Stopped

from . import worlds
from .cases import Verdict, end_of_process
from .truth import Truth

MOMENTS = ("before", "during", "after")
MEMORIES = ("lost", "old", "oldest", "elsewhere")
RUNS = 8
TARGET = {"target_version": "22.1.4", "target_base": "6.2.0"}
PACKAGES = ("base-6.2.0", "rs-20.2.1", "rs-22.1.4")
OFFERED = """\
  - {id: base-6.2.0, kind: base, version: 6.2.0}
  - {id: rs-20.2.1, name: Bomgar 20.2.1, kind: site, version: 20.2.1, requires: [base-6.2.0]}
  - {id: rs-22.1.4, name: BeyondTrust Remote Support 22.1.4, kind: site, version: 22.1.4, requires: [rs-20.2.1]}
"""
ALONE, PAIR = (worlds.world("memory", nodes, version="19.1.8", passive=12, packages=OFFERED) for nodes in ("a", "ab"))


def play(mode, memory, point):
    """The Verdict of one case. point: (number of the step, moment of it)."""
    with Running(PAIR if mode != "standalone" else ALONE) as running, tempfile.TemporaryDirectory() as folder:
        bench = Bench(running, Path(folder))
        truth, copies = Truth(bench), Copies(bench)
        first = run(bench, mode, truth, copies, point)
        copies.lose(memory)
        ended, runs = {"outcome": first["outcome"], "why": first["why"]}, 0
        while ended["outcome"] != "reached" and runs < RUNS:
            running.advance(3600)
            end_of_process(bench)
            ended, runs = run(bench, mode, truth, folder=copies.folder), runs + 1
        truth.at_the_end(folder)
        word = "stopped safely" if ended["outcome"] == "reached" else "needs a person"
        return Verdict(word, truth.lies + wrong(bench, ended), ended["why"], first["why"], truth.duplicates, truth.two_primaries)


def points_of(mode):
    """[(number, moment)] of an upgrade; 'during' only where something is installed."""
    found = []
    with Running(PAIR if mode != "standalone" else ALONE) as running, tempfile.TemporaryDirectory() as folder:
        bench = Bench(running, Path(folder))

        def note(number, moment, step):
            found.append((number, moment))
            if moment == "before" and step.get("package"):
                found.append((number, "during"))

        ended = make(bench, mode, trouble=note).result()
        assert ended["outcome"] == "reached" and not wrong(bench, ended), ended
    return found


def cases_of(mode):
    """[(mode, memory, point)] of all of them."""
    return [(mode, memory, point) for point in points_of(mode) for memory in MEMORIES]


def run(bench, mode, truth, copies=None, point=None, folder="site"):
    """How one run ended; it stops at the point, and the state folder is copied at each one before."""
    upgrade = make(bench, mode, see=truth.see, note=truth.note, folder=folder)

    def trouble(number, moment, step):
        if copies:
            copies.take()
        if (number, moment) == point:
            raise Stopped({"msg": "stopped here"})
        upgrade.cut = bool(step.get("package")) and (number, "during") == point

    upgrade.trouble = trouble
    return upgrade.result()


def make(bench, mode, **more):
    kind = type("Upgrade", (Cut, Standalone if mode == "standalone" else Pair), {"threshold": 95, "catch_up_interval": 3600})
    options = {"running_since": dict(FIRST_RUN, version="19.1.8"), "request": TARGET, **more}
    return kind(bench, **options) if mode == "standalone" else kind(bench, mode, **options)


class Cut:
    """An upgrade whose next installation is left alone once it has begun."""

    cut = False

    def install(self, node, package, **more):
        super().install(node, package, **more, **({"wait_timeout": 60} if self.cut else {}))


class Copies:
    """Copies of the state folder, one for each point; lose() does to the folder what the case is about. .folder: the one to use."""

    def __init__(self, bench):
        self._site, self._kept, self.folder = bench.folder / "site", [], "site"

    def take(self):
        copy = self._site.with_name(f"copy-{len(self._kept)}")
        shutil.copytree(self._site, copy, ignore=shutil.ignore_patterns("*.lock"))
        self._kept.append(copy)

    def lose(self, memory):
        if memory == "elsewhere":
            self.folder = "elsewhere"
            return
        shutil.rmtree(self._site, ignore_errors=True)
        if memory != "lost" and len(self._kept) > 1:
            shutil.copytree(self._kept[-2 if memory == "old" else 0], self._site)


def wrong(bench, ended):
    """What is not as it must be after any loss of memory."""
    running = bench.running
    sites = running.simulation.sites
    machines = [site.machine for site in sites]
    skipped = sum({id(one.clients): one.clients.skipped for one in [*machines, *running.simulation.pairs]}.values())
    found = [f"{skipped} clients missed a version"] if skipped else []
    if ended["outcome"] != "reached":
        return [*found, f"it never ended: {ended['why']}"]
    found += [
        f"{one.name} runs {one.version} on {one.base_version}" for one in machines if (one.version, one.base_version) != ("22.1.4", "6.2.0")
    ]
    asked = [entry["write"].partition(" ")[2] for entry in running.requests("write") if entry["write"].startswith("install ")]
    plan = sorted(PACKAGES * len(sites))
    return found + ([] if sorted(asked) == plan else [f"installed {asked}"])
