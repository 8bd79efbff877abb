# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Deciding before the list is read to its end never decides otherwise; rates and estimates say no more than the looks do."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.absence import is_absent, reasons, still_connected
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.catch_up import estimate, exact, foresee, rate, share
from hypothesis import given
from hypothesis import strategies as st

ROWS = st.lists(st.sampled_from(["updated", "pending", "excluded"]), max_size=60)
THRESHOLDS = st.one_of(st.integers(0, 100), st.decimals(0, 100, places=1).map(float))


@given(ROWS, st.integers(0, 60), st.integers(0, 5), THRESHOLDS)
def test_what_a_part_of_the_list_decides_the_whole_list_decides_too(rows, read, gone, threshold):
    part = rows[:read]
    seen = foresee(updated=part.count("updated"), relevant=len(part) - part.count("excluded"), unread=len(rows) - len(part), gone=gone,
                   threshold=threshold)  # fmt: skip
    whole = share(rows.count("updated"), len(rows) - rows.count("excluded") + gone) >= exact(threshold)
    assert seen in ({"reached", "not yet known"} if whole else {"missed", "not yet known"})


@given(ROWS, st.integers(0, 5), THRESHOLDS)
def test_the_whole_list_always_decides(rows, gone, threshold):
    seen = foresee(updated=rows.count("updated"), relevant=len(rows) - rows.count("excluded"), unread=0, gone=gone, threshold=threshold)
    assert seen != "not yet known"


@pytest.mark.parametrize(("updated", "relevant", "seen"), [
    (95_000, 95_000, "reached"), (94_999, 95_000, "not yet known"), (0, 5_000, "not yet known"), (0, 5_001, "missed")])  # fmt: skip
def test_it_is_exact_at_the_edge(updated, relevant, seen):
    assert foresee(updated=updated, relevant=relevant, unread=100_000 - relevant, gone=0, threshold=95.0) == seen


def look(hours, **told):
    return {"at": 3600.0 * hours, **told}


def test_two_looks_tell_a_rate_and_when_the_threshold_is_reached():
    looks = [look(0, done=0, of=1000), look(2, done=400, of=1000)]
    assert rate(looks) == (200, "done")
    assert estimate(looks, threshold=95.0) == (200, 3600 * (2 + 550 / 200))


def test_done_is_believed_before_online():
    looks = [look(0, done=10, of=100, online=5), look(1, done=20, of=100, online=95)]
    assert rate(looks) == (10, "done")
    assert rate([look(0, online=5), look(1, online=95, done=3)]) == (90, "online")


def test_looks_a_moment_apart_are_not_compared_where_older_ones_exist():
    assert rate([look(0, done=0), look(1, done=100), look(2, done=150), look(2.01, done=150)])[0] == pytest.approx(50 / 1.01)


@pytest.mark.parametrize("looks", [[], [look(1, done=5, of=9)], [look(1, done=5), look(1, done=9)], [{}, {"done": 4}], [look(1), look(2)]])
def test_without_two_looks_nothing_is_told(looks):
    assert estimate(looks, threshold=95) == (None, None)


@pytest.mark.parametrize("done", [400, 300])
def test_without_growth_there_is_no_end(done):
    assert estimate([look(0, done=400, of=1000), look(1, done=done, of=1000)], threshold=95)[1] is None


def test_what_is_reached_needs_no_time():
    assert estimate([look(0, done=0, of=10), look(1, done=10, of=10)], threshold=95)[1] == 3600


def test_the_number_online_is_held_against_the_one_before():
    looks = [look(0, online=0), look(1, online=50)]
    assert estimate(looks, threshold=100, online_before=100)[1] == 2 * 3600
    assert estimate(looks, threshold=100)[1] is None


NOBODY = {"representative": 0, "support_customer": 0, "push_agent": 0, "pinned_client": 0}


def test_nobody_is_connected_only_when_everything_says_so():
    assert is_absent(still_connected(NOBODY, jumpoints=0, jump_clients=0))
    assert is_absent(still_connected(NOBODY))


@pytest.mark.parametrize("kind", [*NOBODY, "something_new"])
@pytest.mark.parametrize("number", [1, None])
def test_one_that_is_connected_or_cannot_be_told_is_no_absence_and_is_named(kind, number):
    found = still_connected({**NOBODY, kind: number})
    assert not is_absent(found) and found[kind] is number and len(reasons(found)) == 1


@pytest.mark.parametrize(("lists", "absent"), [
    ({"jump_clients": 0}, True), ({"jump_clients": 1}, False), ({"jumpoints": 1, "jump_clients": 0}, False), ({}, False)])  # fmt: skip
def test_where_jump_clients_are_not_counted_the_list_decides(lists, absent):
    json_generation = {"representative": 0, "support_customer": 0, "push_agent": 0}
    assert is_absent(still_connected(json_generation, **lists)) is absent


def test_counts_of_nobody_at_all_prove_nothing():
    assert not is_absent(still_connected({}, jumpoints=0, jump_clients=0))
