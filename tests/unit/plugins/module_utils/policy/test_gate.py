# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The gate: time and catch-up, exact at every edge, closed whenever something cannot be read."""

import json
import math
from fractions import Fraction

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.gate import decide_gate
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.terms import Terms
from hypothesis import given
from hypothesis import strategies as st

SINCE = 1_772_400_000
DAY = 86400
TERMS = ("min_wait", "threshold", "early_open_threshold", "max_wait", "at_max_wait")


def counts(updated, pending):
    return {"relevant": updated + pending, "updated": updated, "pending": pending}


def gate(passed=DAY, updated=100, pending=0, **options):
    terms = Terms(**{name: options.pop(name) for name in TERMS if name in options})
    given_options = {"counts": counts(updated, pending), **options}
    return decide_gate(now=SINCE + passed, since=SINCE, terms=terms, **given_options)


@pytest.mark.parametrize(("passed", "state"), [(DAY - 1, "waiting"), (DAY, "open"), (DAY + 1, "open"), (0, "waiting")])
def test_a_day_is_a_day_to_the_second(passed, state):
    assert gate(passed).state == state


def test_a_second_before_the_end_it_says_how_long_and_when():
    closed = gate(DAY - 1)
    assert closed.reasons == ("0:00:01 of the waiting time are left",)
    assert closed.next_run_at == "2026-03-02T21:20:00+00:00"
    assert closed.remaining_seconds == 1.0 and closed.not_before == SINCE + DAY


@pytest.mark.parametrize(
    ("updated", "pending", "threshold", "state"),
    [(95, 5, 95.0, "open"), (94, 6, 95.0, "waiting"), (9499, 501, 95.0, "waiting"), (9500, 500, 95, "open"),
     (999, 1, 99.9, "open"), (998, 2, 99.9, "waiting"), (0, 5, 0, "open"), (4, 1, 100, "waiting"), (5, 0, 100, "open"),
     (7, 93, 7.0, "open"), (29, 71, 29.0, "open"), (57, 43, 57.0, "open")],
)  # fmt: skip
def test_the_threshold_is_exact_at_its_edge(updated, pending, threshold, state):
    assert gate(updated=updated, pending=pending, threshold=threshold).state == state


def test_the_percentage_shown_is_never_rounded_up_to_the_threshold():
    closed = gate(updated=94999, pending=5001)
    assert closed.caught_up_percent == 94.99 and closed.state == "waiting"
    assert closed.reasons == ("94.99 % of the clients have followed, 95 % are wanted: 5001 are missing",)
    assert closed.next_run_at == "2026-03-02T22:20:00+00:00"


def test_time_alone_does_not_open_it_and_neither_do_the_clients():
    assert gate(DAY * 30, 40, 60).state == "waiting"
    early = gate(DAY / 2, 100, 0)
    assert early.state == "waiting" and early.caught_up_percent == 100


def test_nobody_to_wait_for_counts_as_caught_up_and_says_so():
    opened = gate(updated=0, pending=0)
    assert (opened.state, opened.caught_up_percent, opened.basis) == ("open", 100, "needs_update")
    assert "no client to wait for" in opened.reasons[0]
    assert opened.next_run_at == ""


@pytest.mark.parametrize(
    ("online", "before", "state", "percent"),
    [(95, 100, "open", 95), (94, 100, "waiting", 94), (200, 100, "open", 100), (0, 0, "open", 100), (0, 3, "waiting", 0)],
)
def test_without_the_list_those_online_are_counted_against_those_before(online, before, state, percent):
    made = gate(counts=None, online=online, online_before=before)
    assert (made.state, made.caught_up_percent, made.basis) == (state, percent, "online_count")


@pytest.mark.parametrize(("online", "before"), [(5, None), (None, 5), (-1, 5), (5.0, 5), (True, 5), ("5", 5)])
def test_online_counts_that_are_not_both_known_never_open(online, before):
    assert gate(DAY * 3, counts=None, online=online, online_before=before).state == "unknown"


def test_not_counted_at_all_is_unknown_once_the_time_is_over_and_waiting_before():
    assert gate(counts=None).state == "unknown"
    assert gate(DAY - 1, counts=None).state == "waiting"


def test_unreadable_counts_are_not_replaced_by_the_number_online():
    assert gate(counts={"relevant": 5}, online=5, online_before=5).state == "unknown"


ODD = st.one_of(st.none(), st.booleans(), st.text(), st.floats(), st.integers(max_value=-1), st.lists(st.integers()))


@given(st.sampled_from(["relevant", "updated", "pending"]), ODD, st.integers(0, 10 * DAY))
def test_an_unreadable_count_never_opens_it(key, value, passed):
    made = gate(passed, counts=dict(counts(5, 0), **{key: value}))
    assert made.state == "unknown" and made.caught_up_percent is None


@given(st.sampled_from(["relevant", "updated", "pending"]), st.integers(0, 10 * DAY))
def test_a_missing_count_never_opens_it(key, passed):
    left = counts(5, 0)
    del left[key]
    assert gate(passed, counts=left).state == "unknown"


@given(ODD)
def test_anything_else_in_place_of_the_counts_never_opens_it(value):
    made = gate(DAY * 9, counts=value)
    assert made.state == "unknown"


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 1000))
def test_counts_that_contradict_each_other_never_open_it(relevant, updated, pending):
    made = gate(counts={"relevant": relevant, "updated": updated, "pending": pending}, threshold=0)
    assert made.state == ("open" if updated + pending == relevant else "unknown")


@given(
    st.integers(0, 3 * DAY), st.integers(0, 10_000), st.integers(0, 10_000),
    st.decimals(0, 100, places=2), st.integers(0, 2 * DAY),
)  # fmt: skip
def test_it_opens_exactly_when_both_conditions_hold(passed, updated, pending, threshold, min_wait):
    made = gate(passed, updated, pending, threshold=float(threshold), min_wait=min_wait)
    caught_up = updated + pending == 0 or Fraction(100 * updated, updated + pending) >= Fraction(str(threshold))
    assert (made.state == "open") == (passed >= min_wait and caught_up)
    assert bool(made.next_run_at) == (made.state != "open")


@pytest.mark.parametrize("since", [None, "yesterday", True, math.nan, math.inf])
def test_an_unknown_beginning_never_opens_it(since):
    assert decide_gate(now=SINCE, since=since, counts=counts(5, 0)).state == "unknown"


@pytest.mark.parametrize("now", [None, "now", math.nan])
def test_an_unreadable_clock_never_opens_it(now):
    made = decide_gate(now=now, since=SINCE, counts=counts(5, 0))
    assert made.state == "unknown" and made.next_run_at == ""


def test_a_clock_that_was_set_back_is_noticed():
    made = gate(-1)
    assert made.state == "unknown" and "set back" in made.reasons[0]


@pytest.mark.parametrize("options", [{"threshold": 101}, {"threshold": -1}, {"threshold": math.nan}, {"min_wait": -1},
                                     {"min_wait": "24h"}])  # fmt: skip
def test_senseless_options_are_refused(options):
    with pytest.raises(InvalidInput):
        gate(**options)


def test_the_verdict_is_json():
    assert json.loads(json.dumps(gate(5).as_dict()))["state"] == "waiting"


# --- early and longest


@pytest.mark.parametrize(("updated", "state"), [(990, "open"), (989, "waiting")])
def test_it_opens_early_exactly_at_the_threshold_for_that(updated, state):
    made = gate(60, updated, 1000 - updated, early_open_threshold=99)
    assert made.state == state and made.remaining_seconds == DAY - 60
    assert ("early" in made.reasons[0]) == (state == "open")


def test_without_that_threshold_nothing_opens_it_early():
    assert gate(DAY - 1, 100, 0).state == "waiting"


def test_with_it_another_look_is_worth_while_within_an_hour():
    assert gate(0, 50, 50, early_open_threshold=99).next_run_at == "2026-03-01T22:20:00+00:00"
    assert gate(DAY - 60, 50, 50, early_open_threshold=99).next_run_at == "2026-03-02T21:20:00+00:00"


def test_the_number_online_never_opens_it_early_and_neither_does_an_empty_list():
    assert gate(60, counts=None, online=100, online_before=100, early_open_threshold=99).state == "waiting"
    assert gate(60, 0, 0, early_open_threshold=99).state == "waiting"


@pytest.mark.parametrize(("passed", "at_max_wait", "state"), [
    (2 * DAY - 1, "stop", "waiting"), (2 * DAY, "stop", "stopped"), (2 * DAY - 1, "open_with_list", "waiting"),
    (2 * DAY, "open_with_list", "open")])  # fmt: skip
def test_the_longest_wait_ends_it_to_the_second(passed, at_max_wait, state):
    made = gate(passed, 50, 50, max_wait=2 * DAY, at_max_wait=at_max_wait)
    assert made.state == state and bool(made.next_run_at) == (state == "waiting")
    assert (state == "waiting") or ("longest wait" in made.reasons[0] and "50 are missing" in made.reasons[1])


@pytest.mark.parametrize("at_max_wait", ["stop", "open_with_list"])
def test_who_has_followed_opens_it_at_the_longest_wait_as_before(at_max_wait):
    assert gate(9 * DAY, 100, 0, max_wait=2 * DAY, at_max_wait=at_max_wait).reasons[0].startswith("the time is over, and 100 %")


def test_what_cannot_be_counted_is_not_left_behind_knowingly():
    assert gate(9 * DAY, counts=None, max_wait=2 * DAY, at_max_wait="open_with_list").state == "stopped"


def test_the_next_look_is_not_after_the_longest_wait():
    assert gate(2 * DAY - 60, 0, 5, max_wait=2 * DAY).next_run_at == "2026-03-03T21:20:00+00:00"


@pytest.mark.parametrize("options", [
    {"early_open_threshold": 94.9}, {"early_open_threshold": 100.1}, {"early_open_threshold": math.nan}, {"max_wait": DAY - 1},
    {"max_wait": math.inf}, {"at_max_wait": "hope"}])  # fmt: skip
def test_senseless_terms_are_refused(options):
    with pytest.raises(InvalidInput):
        Terms(**options)


# --- a list that shrank, changed, or was not read to its end


def test_clients_that_are_gone_from_the_list_count_as_not_followed_until_somebody_says_otherwise():
    told = dict(counts(400, 0), listed=400, unread=0, complete=True)
    closed = gate(counts=told, listed_before=1000)
    assert closed.state == "waiting" and closed.caught_up_percent == 40
    assert "600 Jump Clients that were listed before are gone from the list; say listed_before" in closed.reasons[1]
    assert gate(counts=told, listed_before=400).state == gate(counts=told).state == "open"


def test_a_list_that_grew_is_no_reason():
    assert gate(counts=dict(counts(5, 0), listed=9, unread=0, complete=True), listed_before=3).state == "open"


def test_rows_that_slipped_by_count_as_not_followed():
    closed = gate(counts=dict(counts(94, 0), listed=100, unread=6, complete=True))
    assert closed.state == "waiting" and closed.caught_up_percent == 94
    assert closed.reasons[1].startswith("6 Jump Clients could not be read, because the list changed")
    assert gate(counts=dict(counts(95, 0), listed=100, unread=5, complete=True)).state == "open"


@pytest.mark.parametrize(("updated", "state"), [(9500, "open"), (9499, "waiting")])
def test_a_list_that_is_not_read_to_its_end_opens_it_only_if_all_the_rest_may_be_pending(updated, state):
    made = gate(counts=dict(counts(updated, 100), listed=10_000, unread=9900 - updated, complete=False))
    assert made.state == state
    assert made.reasons[0].startswith("the time is over, and at least 95 %" if state == "open" else "at most 99 %")


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200), st.integers(0, 300), st.booleans())
def test_nothing_that_is_missing_makes_it_open(updated, pending, unread, gone, complete):
    told = dict(counts(updated, pending), listed=1000, unread=unread, complete=complete)
    made = gate(counts=told, listed_before=1000 + gone)
    of = updated + pending + unread + gone
    assert (made.state == "open") == (of == 0 or Fraction(100 * updated, of) >= 95)


@given(st.sampled_from(["unread", "listed"]), st.one_of(st.booleans(), st.text(), st.floats(), st.integers(max_value=-1)))
def test_an_unreadable_length_of_the_list_never_opens_it(key, value):
    assert gate(counts=dict(counts(5, 0), **{key: value})).state == "unknown"


# --- the console's export


def export(done, total, newest=SINCE + 60):
    return {"total": total, "done": done, "newest": newest}


def test_an_export_decides_instead_of_the_list():
    made = gate(counts=counts(0, 9), export=export(95, 100))
    assert (made.state, made.basis, made.caught_up_percent) == ("open", "console_export", 95)
    assert gate(export=export(94, 100)).state == "waiting"
    assert gate(60, export=export(99, 100), early_open_threshold=99).state == "open"


@pytest.mark.parametrize("newest", [SINCE, SINCE - 1, None])
def test_an_export_from_before_the_upgrade_keeps_it_closed(newest):
    made = gate(export=export(0, 10, newest), threshold=0)
    assert made.state == "unknown" and made.reasons == ("the export is older than the upgrade",)


def test_an_export_from_the_future_was_read_in_a_wrong_time_zone():
    assert "export_timezone" in gate(export=export(10, 10, SINCE + DAY + 301)).reasons[0]
    assert gate(export=export(10, 10, SINCE + DAY + 300)).state == "open"


@pytest.mark.parametrize("told", [{}, {"fault": "there is no export"}, {"total": 5, "done": 6, "newest": SINCE + 1}, "x"])
def test_an_unreadable_export_never_opens_it(told):
    assert gate(export=told).state == "unknown"


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 100), st.integers(0, 100))
def test_the_percentage_shown_is_on_the_side_of_the_threshold_on_which_the_gate_is_decided(updated, pending, unread, gone):
    told = dict(counts(updated, pending), listed=1000, unread=unread, complete=False)
    made, of = gate(counts=told, listed_before=1000 + gone), updated + pending + unread + gone
    if made.state == "open":
        assert made.caught_up_percent >= 95
    elif Fraction(100 * (updated + unread), of) < 95:
        assert made.caught_up_percent < 95
