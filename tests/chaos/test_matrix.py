# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A sample of the fault, the kill and the memory matrix; `make chaos` has all of them.

The sample is always the same. A run takes half of its faults and kills, and the next commit the other half: CHAOS=whole takes all.
"""

import random

import pytest

from tests.chaos import cases, kills, memory, others
from tests.chaos.families import FAMILIES, MODES
from tests.support.sample import part

# Of how many requests the sample is drawn: fewer than an upgrade makes, so that each one drawn happens (a test holds it to that). How many
# polls an upgrade makes depends on how busy the machine is.
REQUESTS = {"standalone": 130, "synchronous": 500, "asynchronous": 500}
LINES = {"standalone": 17, "synchronous": 36, "asynchronous": 38}
DRAW = random.Random("trust")


def drawn(mode, family):
    return mode, family, DRAW.randrange(REQUESTS[mode])


FAULTS = [drawn("standalone", family) for family in FAMILIES] + [
    drawn(MODES[1 + number % 2], family) for number, family in enumerate(DRAW.sample(list(FAMILIES), 6))
]
KILLS = [
    (mode, point, DRAW.randrange((REQUESTS if point == kills.POINTS[0] else LINES)[mode]))
    for mode, point in [*(("standalone", one) for one in kills.POINTS), ("synchronous", kills.POINTS[0]), ("synchronous", kills.POINTS[1])]
]
# Right after the take-over the second node is still to be installed, though no client has followed yet; and right before it is noted.
KILLS += [("asynchronous", point, 24) for point in kills.POINTS[1:]]


# One of each kind of lost memory; those that were hardest: in the middle of an installation, and between two hops of a pair.
MEMORIES = [
    ("standalone", "oldest", (1, "during")),
    ("standalone", "lost", (2, "before")),
    ("standalone", "elsewhere", (2, "during")),
    ("synchronous", "lost", (4, "after")),
    ("asynchronous", "old", (6, "before")),
]


@pytest.mark.parametrize(("mode", "kind", "point"), MEMORIES)
def test_lost_memory_skips_no_version(mode, kind, point):
    """No client misses a version when the journal is lost, old or elsewhere."""
    verdict = memory.play(mode, kind, point)
    assert verdict.lies == [] and verdict.word == "stopped safely", verdict


@pytest.mark.parametrize(("mode", "family", "n"), part(FAULTS, 3))
def test_a_fault_at_any_request_is_survived(mode, family, n):
    """It is reported truly, and the same command ends well."""
    verdict = cases.play(mode, family, n)
    assert verdict.lies == []
    assert verdict.word != "needs a person" or verdict.why, "who is needed is told for what"


@pytest.mark.parametrize(("mode", "point", "n"), part(KILLS, 3))
def test_same_command_continues_after_a_kill(mode, point, n):
    """The same command finishes the upgrade after a kill at any moment."""
    verdict = kills.play(mode, point, n)
    assert verdict.lies == [] and (verdict.word != "needs a person" or point == kills.POINTS[2])


def test_a_foreign_change_costs_no_client():
    """A sample of one appliance; `python -m tests.chaos --others` has every press of all modes."""
    for case in random.Random("others").sample(others.cases_of("standalone"), 3):
        verdict = others.play(*case)
        assert verdict.lies == [] and verdict.duplicates == 0, case


@pytest.mark.parametrize("mode", MODES)
def test_sample_is_drawn_from_whole_upgrade(mode):
    made = cases.requests_of(mode)
    assert 0.6 * made < REQUESTS[mode] <= made
