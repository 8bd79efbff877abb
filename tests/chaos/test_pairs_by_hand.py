# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What people and peers do to a pair at each step of its upgrade, and the same command again. A sample; CHAOS=whole runs all."""

import itertools
import os
import random

import pytest
from simulator.testing import Running

from tests.chaos.cases import PAIR, end_of_process, missing
from tests.chaos.truth import Truth
from tests.support.appliances import Bench
from tests.support.upgrades import upgrade

MODES = ("synchronous", "asynchronous")
TROUBLE = ("journal lost", "swapped by hand", "broken by hand", "peer away", "sync fails")
MOST_STEPS = 12
EVERY = list(itertools.product(MODES, range(MOST_STEPS), TROUBLE))
CASES = EVERY if os.environ.get("CHAOS") == "whole" else random.Random("pairs").sample(EVERY, 4)


@pytest.fixture
def bench(tmp_path):
    with Running(PAIR) as running:
        yield Bench(running, tmp_path)


def troubled(bench, at, kind):
    """The callable that makes the trouble at step `at`."""
    pair, machine = bench.running.pair(), bench.running.machine

    def make(number, moment, step):
        if number != at or moment != ("after" if kind == "journal lost" else "before"):
            return
        if kind == "journal lost":
            os.rename(bench.folder / "site" / "journal.jsonl", bench.folder / "lost.jsonl")
        if kind == "swapped by hand" and pair.related and not pair.syncing and machine("a").runs() == machine("b").runs():
            pair.set_role(pair.backup, "primary")
        if kind == "broken by hand" and pair.related and not pair.syncing:
            pair.break_relation(pair.primary)
        if kind == "peer away":
            machine(step["peer"]).restart()
        if kind == "sync fails":
            pair.fails = "No space left"

    return make


@pytest.mark.parametrize(("mode", "at", "kind"), CASES)
def test_trouble_at_any_step_is_survived(bench, mode, at, kind):
    """The same command ends well, or stops with one primary."""
    pair, truth = bench.running.pair(), Truth(bench)
    ended = upgrade(bench, mode, trouble=troubled(bench, at, kind)).result()
    for _run in range(2):
        if ended["outcome"] == "reached":
            break
        pair.fails = ""
        end_of_process(bench)
        bench.running.advance(3600)
        ended = upgrade(bench, mode, see=truth.see, note=truth.note).result()
    truth.at_the_end(bench.folder)
    assert truth.duplicates == 0 and truth.two_primaries == 0
    if ended["outcome"] == "reached":
        assert missing(bench, mode) == []
    else:
        assert any(word in ended["why"] for word in ("public_on_backup", "two_backups")), ended
        assert [one.failover_role for one in pair.nodes].count("primary") == (1 if pair.related else 0)


@pytest.mark.parametrize("mode", MODES)
def test_matrix_covers_all_steps_without_trouble(bench, mode):
    steps = []
    upgrade(bench, mode, trouble=lambda number, moment, step: steps.append(step["action"]) if moment == "before" else None).result()
    assert missing(bench, mode) == [] and len(steps) <= MOST_STEPS
