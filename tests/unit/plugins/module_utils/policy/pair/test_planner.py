# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The planner for pairs: each partial state leads on, in the order of its mode, or to a blocker."""

import pytest

from tests.support.packages import DONE, FRESH
from tests.support.pair_plans import blockers, planned, steps_of
from tests.support.pairs import STRANGER, A, B, node, pair, related


@pytest.mark.mission("M34")
def test_a_swap_is_finished_by_the_journal():
    """Where the public name did not follow."""
    half = related("b", public="a")
    assert blockers(planned(half)) == ["public_on_backup"]
    assert steps_of(planned(half, moving="b")) == ["take_over b"]


def test_the_journal_of_other_appliances_is_refused():
    assert blockers(planned(related(), guids=(A, STRANGER))) == ["foreign_journal"]
    assert blockers(planned(related(), guids=(B, A))) == []


def test_the_same_input_gives_the_same_bytes():
    assert len({planned(related()).hash for _time in range(20)}) == 1


def test_failed_data_sync_is_repeated_first():
    failed = related(last_data_sync_status="Failed: disk")
    assert steps_of(planned(failed)) == ["sync a"]
    nodes = [node("a", "primary", last_data_sync_status="Failed: disk"), node("b", "backup", version="22.1.4")]
    assert blockers(planned(pair(nodes, "a"), FRESH, DONE)) == ["sync_failed"]
