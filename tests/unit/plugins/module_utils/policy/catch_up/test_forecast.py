# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Deciding before the list is read to its end never decides otherwise; rates and estimates say no more than the readings do."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.catch_up.forecast import estimate, foresee, rate
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.catch_up.percent import exact, share
from hypothesis import given
from hypothesis import strategies as st

ROWS = st.lists(st.sampled_from(["updated", "pending", "excluded"]), max_size=60)
THRESHOLDS = st.one_of(st.integers(0, 100), st.decimals(0, 100, places=1).map(float))


@given(ROWS, st.integers(0, 60), st.integers(0, 5), THRESHOLDS)
def test_a_part_decides_like_the_whole_list(rows, read, gone, threshold):
    part = rows[:read]
    seen = foresee(
        updated=part.count("updated"),
        relevant=len(part) - part.count("excluded"),
        unread=len(rows) - len(part),
        gone=gone,
        threshold=threshold,
    )
    whole = share(rows.count("updated"), len(rows) - rows.count("excluded") + gone) >= exact(threshold)
    assert seen in ({"reached", "undecided"} if whole else {"missed", "undecided"})


@given(ROWS, st.integers(0, 5), THRESHOLDS)
def test_the_whole_list_always_decides(rows, gone, threshold):
    seen = foresee(updated=rows.count("updated"), relevant=len(rows) - rows.count("excluded"), unread=0, gone=gone, threshold=threshold)
    assert seen != "undecided"


@pytest.mark.parametrize(
    ("updated", "relevant", "seen"),
    [(95_000, 95_000, "reached"), (94_999, 95_000, "undecided"), (0, 5_000, "undecided"), (0, 5_001, "missed")],
)
def test_it_is_exact_at_the_edge(updated, relevant, seen):
    assert foresee(updated=updated, relevant=relevant, unread=100_000 - relevant, gone=0, threshold=95.0) == seen


def reading(hours, **told):
    return {"at": 3600.0 * hours, **told}


@pytest.mark.mission("M53")
def test_two_observations_give_rate_and_end():
    readings = [reading(0, done=0, of=1000), reading(2, done=400, of=1000)]
    assert rate(readings) == (200, "done")
    assert estimate(readings, threshold=95.0) == (200, 3600 * (2 + 550 / 200))


def test_done_is_preferred_to_online():
    readings = [reading(0, done=10, of=100, online=5), reading(1, done=20, of=100, online=95)]
    assert rate(readings) == (10, "done")
    assert rate([reading(0, online=5), reading(1, online=95, done=3)]) == (90, "online")


def test_the_rate_spans_an_hour_where_possible():
    assert rate([reading(0, done=0), reading(1, done=100), reading(2, done=150), reading(2.01, done=150)])[0] == pytest.approx(50 / 1.01)


@pytest.mark.parametrize(
    "readings", [[], [reading(1, done=5, of=9)], [reading(1, done=5), reading(1, done=9)], [{}, {"done": 4}], [reading(1), reading(2)]]
)
def test_without_two_observations_nothing_is_known(readings):
    assert estimate(readings, threshold=95) == (None, None)


@pytest.mark.parametrize("done", [400, 300])
def test_without_growth_there_is_no_end(done):
    assert estimate([reading(0, done=400, of=1000), reading(1, done=done, of=1000)], threshold=95)[1] is None


def test_a_reached_threshold_ends_now():
    assert estimate([reading(0, done=0, of=10), reading(1, done=10, of=10)], threshold=95)[1] == 3600


def test_the_number_online_is_compared_with_before():
    readings = [reading(0, online=0), reading(1, online=50)]
    assert estimate(readings, threshold=100, online_before=100)[1] == 2 * 3600
    assert estimate(readings, threshold=100)[1] is None
