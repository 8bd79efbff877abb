# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A sample of the fault matrix and of the kill matrix, the same in each run; `make chaos` has all of both."""

import random

import pytest

from tests.chaos import cases, kills
from tests.chaos.families import FAMILIES, MODES

# Of which requests the sample is drawn; about how many an upgrade makes (a test holds it to that).
REQUESTS = {"standalone": 149, "synchronous": 475, "asynchronous": 514}
LINES = {"standalone": 15, "synchronous": 29, "asynchronous": 31}
DRAW = random.Random("trust")


def drawn(mode, family):
    return mode, family, DRAW.randrange(REQUESTS[mode])


FAULTS = [drawn("standalone", family) for family in FAMILIES] + [
    drawn(MODES[1 + number % 2], family) for number, family in enumerate(DRAW.sample(list(FAMILIES), 12))]  # fmt: skip
KILLS = [(mode, point, DRAW.randrange((REQUESTS if point == kills.POINTS[0] else LINES)[mode]))
         for mode in ("standalone", *MODES) for point in kills.POINTS]  # fmt: skip
# Right after the take-over the second node is still to be installed, though no client has followed yet; and right before it is noted.
KILLS += [("asynchronous", point, 17) for point in kills.POINTS[1:]]


@pytest.mark.parametrize(("mode", "family", "n"), FAULTS)
def test_a_fault_at_any_request_is_told_truly_and_the_same_command_ends_well(mode, family, n):
    verdict = cases.play(mode, family, n)
    assert verdict.lies == []
    assert verdict.word != "needs a person" or verdict.why, "who is needed is told for what"


@pytest.mark.parametrize(("mode", "point", "n"), KILLS)
def test_a_kill_at_any_moment_is_finished_by_the_same_command(mode, point, n):
    verdict = kills.play(mode, point, n)
    assert verdict.lies == [] and verdict.word != "needs a person"


@pytest.mark.parametrize("mode", MODES)
def test_the_sample_is_drawn_from_the_whole_of_an_upgrade(mode):
    assert abs(cases.requests_of(mode) - REQUESTS[mode]) < 25
