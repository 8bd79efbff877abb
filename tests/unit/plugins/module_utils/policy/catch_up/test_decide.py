# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The decision is exact at every edge, and closed whenever something cannot be read."""

import json
import math
from fractions import Fraction

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.catch_up.conditions import Conditions
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.catch_up.decide import decide_catch_up
from hypothesis import given
from hypothesis import strategies as st

SINCE = 1_772_400_000
DAY = 86400
CONDITIONS = ("min_wait", "threshold", "early_open_threshold", "max_wait", "at_max_wait")


def counts(updated, pending):
    return {"relevant": updated + pending, "updated": updated, "pending": pending}


def catch_up(passed=DAY, updated=100, pending=0, **options):
    conditions = Conditions(**{name: options.pop(name) for name in CONDITIONS if name in options})
    given_options = {"counts": counts(updated, pending), **options}
    return decide_catch_up(now=SINCE + passed, since=SINCE, conditions=conditions, **given_options)


@pytest.mark.mission("M12")
@pytest.mark.parametrize(("passed", "state"), [(DAY - 1, "waiting"), (DAY, "open"), (DAY + 1, "open"), (0, "waiting")])
def test_a_day_is_a_day_to_the_second(passed, state):
    assert catch_up(passed).state == state


def test_a_closed_catch_up_names_the_next_run():
    closed = catch_up(DAY - 1)
    assert closed.reasons == ("0:00:01 of the waiting time remain",)
    assert closed.next_run_at == "2026-03-02T21:20:00+00:00"
    assert closed.remaining_seconds == 1.0 and closed.not_before == SINCE + DAY


@pytest.mark.parametrize(
    ("updated", "pending", "threshold", "state"),
    [
        (95, 5, 95.0, "open"),
        (94, 6, 95.0, "waiting"),
        (9499, 501, 95.0, "waiting"),
        (9500, 500, 95, "open"),
        (999, 1, 99.9, "open"),
        (998, 2, 99.9, "waiting"),
        (0, 5, 0, "open"),
        (4, 1, 100, "waiting"),
        (5, 0, 100, "open"),
        (7, 93, 7.0, "open"),
        (29, 71, 29.0, "open"),
        (57, 43, 57.0, "open"),
    ],
)
def test_the_threshold_is_exact_at_its_edge(updated, pending, threshold, state):
    assert catch_up(updated=updated, pending=pending, threshold=threshold).state == state


def test_the_percentage_is_rounded_down():
    closed = catch_up(updated=94999, pending=5001)
    assert closed.caught_up_percent == 94.99 and closed.state == "waiting"
    assert closed.reasons == ("94.99 % of the clients have caught up, 95 % are required: 5001 are missing",)
    assert closed.next_run_at == "2026-03-02T22:20:00+00:00"


@pytest.mark.mission("M56")
def test_time_or_clients_alone_do_not_open_it():
    assert catch_up(DAY * 30, 40, 60).state == "waiting"
    early = catch_up(DAY / 2, 100, 0)
    assert early.state == "waiting" and early.caught_up_percent == 100


def test_no_client_to_wait_for_is_caught_up():
    opened = catch_up(updated=0, pending=0)
    assert (opened.state, opened.caught_up_percent, opened.basis) == ("open", 100, "needs_update")
    assert "no client to wait for" in opened.reasons[0]
    assert opened.next_run_at == ""


@pytest.mark.mission("M63")
@pytest.mark.parametrize(
    ("online", "before", "state", "percent"),
    [(95, 100, "open", 95), (94, 100, "waiting", 94), (200, 100, "open", 100), (0, 0, "open", 100), (0, 3, "waiting", 0)],
)
def test_without_a_list_the_number_online_decides(online, before, state, percent):
    made = catch_up(counts=None, online=online, online_before=before)
    assert (made.state, made.caught_up_percent, made.basis) == (state, percent, "online_count")


@pytest.mark.parametrize(("online", "before"), [(5, None), (None, 5), (-1, 5), (5.0, 5), (True, 5), ("5", 5)])
def test_an_unknown_number_online_keeps_it_closed(online, before):
    assert catch_up(DAY * 3, counts=None, online=online, online_before=before).state == "unknown"


def test_no_count_is_unknown_only_after_the_wait():
    assert catch_up(counts=None).state == "unknown"
    assert catch_up(DAY - 1, counts=None).state == "waiting"


def test_unreadable_counts_do_not_fall_back_to_online():
    assert catch_up(counts={"relevant": 5}, online=5, online_before=5).state == "unknown"


ODD = st.one_of(st.none(), st.booleans(), st.text(), st.floats(), st.integers(max_value=-1), st.lists(st.integers()))


@given(st.sampled_from(["relevant", "updated", "pending"]), ODD, st.integers(0, 10 * DAY))
def test_an_unreadable_count_keeps_it_closed(key, value, passed):
    made = catch_up(passed, counts=dict(counts(5, 0), **{key: value}))
    assert made.state == "unknown" and made.caught_up_percent is None


@given(st.sampled_from(["relevant", "updated", "pending"]), st.integers(0, 10 * DAY))
def test_a_missing_count_keeps_it_closed(key, passed):
    left = counts(5, 0)
    del left[key]
    assert catch_up(passed, counts=left).state == "unknown"


@given(ODD)
def test_other_values_for_counts_keep_it_closed(value):
    made = catch_up(DAY * 9, counts=value)
    assert made.state == "unknown"


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 1000))
def test_contradicting_counts_keep_it_closed(relevant, updated, pending):
    made = catch_up(counts={"relevant": relevant, "updated": updated, "pending": pending}, threshold=0)
    assert made.state == ("open" if updated + pending == relevant else "unknown")


@pytest.mark.mission("M61")
@given(
    st.integers(0, 3 * DAY),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    st.decimals(0, 100, places=2),
    st.integers(0, 2 * DAY),
)
def test_it_opens_exactly_when_both_conditions_hold(passed, updated, pending, threshold, min_wait):
    made = catch_up(passed, updated, pending, threshold=float(threshold), min_wait=min_wait)
    caught_up = updated + pending == 0 or Fraction(100 * updated, updated + pending) >= Fraction(str(threshold))
    assert (made.state == "open") == (passed >= min_wait and caught_up)
    assert bool(made.next_run_at) == (made.state != "open")


@pytest.mark.parametrize("since", [None, "yesterday", True, math.nan, math.inf])
def test_an_unknown_start_keeps_it_closed(since):
    assert decide_catch_up(now=SINCE, since=since, counts=counts(5, 0)).state == "unknown"


@pytest.mark.parametrize("now", [None, "now", math.nan])
def test_an_unreadable_clock_keeps_it_closed(now):
    made = decide_catch_up(now=now, since=SINCE, counts=counts(5, 0))
    assert made.state == "unknown" and made.next_run_at == ""


def test_a_clock_set_back_is_reported():
    made = catch_up(-1)
    assert made.state == "unknown" and "set back" in made.reasons[0]


@pytest.mark.parametrize("options", [{"threshold": 101}, {"threshold": -1}, {"threshold": math.nan}, {"min_wait": -1}, {"min_wait": "24h"}])
def test_invalid_options_are_rejected(options):
    with pytest.raises(InvalidInput):
        catch_up(**options)


def test_the_verdict_is_json():
    assert json.loads(json.dumps(catch_up(5).as_dict()))["state"] == "waiting"


# --- early and longest


@pytest.mark.parametrize(("updated", "state"), [(990, "open"), (989, "waiting")])
def test_the_early_threshold_is_exact(updated, state):
    made = catch_up(60, updated, 1000 - updated, early_open_threshold=99)
    assert made.state == state and made.remaining_seconds == DAY - 60
    assert ("early" in made.reasons[0]) == (state == "open")


def test_without_early_threshold_it_does_not_open_early():
    assert catch_up(DAY - 1, 100, 0).state == "waiting"


def test_an_early_threshold_is_checked_every_hour():
    assert catch_up(0, 50, 50, early_open_threshold=99).next_run_at == "2026-03-01T22:20:00+00:00"
    assert catch_up(DAY - 60, 50, 50, early_open_threshold=99).next_run_at == "2026-03-02T21:20:00+00:00"


def test_online_count_and_empty_list_never_open_early():
    assert catch_up(60, counts=None, online=100, online_before=100, early_open_threshold=99).state == "waiting"
    assert catch_up(60, 0, 0, early_open_threshold=99).state == "waiting"


@pytest.mark.parametrize(
    ("passed", "at_max_wait", "state"),
    [
        (2 * DAY - 1, "stop", "waiting"),
        (2 * DAY, "stop", "stopped"),
        (2 * DAY - 1, "open_with_list", "waiting"),
        (2 * DAY, "open_with_list", "open"),
    ],
)
def test_the_maximum_wait_is_exact_to_the_second(passed, at_max_wait, state):
    made = catch_up(passed, 50, 50, max_wait=2 * DAY, at_max_wait=at_max_wait)
    assert made.state == state and bool(made.next_run_at) == (state == "waiting")
    assert (state == "waiting") or ("maximum wait" in made.reasons[0] and "50 are missing" in made.reasons[1])


@pytest.mark.parametrize("at_max_wait", ["stop", "open_with_list"])
def test_enough_clients_open_it_at_the_maximum_wait(at_max_wait):
    assert catch_up(9 * DAY, 100, 0, max_wait=2 * DAY, at_max_wait=at_max_wait).reasons[0].startswith("the waiting time is over, and 100 %")


def test_uncounted_clients_are_not_left_behind():
    assert catch_up(9 * DAY, counts=None, max_wait=2 * DAY, at_max_wait="open_with_list").state == "stopped"


def test_the_next_check_is_before_the_maximum_wait():
    assert catch_up(2 * DAY - 60, 0, 5, max_wait=2 * DAY).next_run_at == "2026-03-03T21:20:00+00:00"


# --- a list that shrank, changed, or was not read to its end


def test_clients_missing_from_the_list_keep_it_closed():
    told = dict(counts(400, 0), listed=400, unread=0, complete=True)
    closed = catch_up(counts=told, listed_before=1000)
    assert closed.state == "waiting" and closed.caught_up_percent == 40
    assert "600 Jump Clients that were listed before are missing from the list; set listed_before" in closed.reasons[1]
    assert catch_up(counts=told, listed_before=400).state == catch_up(counts=told).state == "open"


def test_a_longer_list_changes_nothing():
    assert catch_up(counts=dict(counts(5, 0), listed=9, unread=0, complete=True), listed_before=3).state == "open"


def test_rows_that_were_not_read_count_as_missing():
    closed = catch_up(counts=dict(counts(94, 0), listed=100, unread=6, complete=True))
    assert closed.state == "waiting" and closed.caught_up_percent == 94
    assert closed.reasons[1].startswith("6 Jump Clients could not be read, because the list changed")
    assert catch_up(counts=dict(counts(95, 0), listed=100, unread=5, complete=True)).state == "open"


@pytest.mark.parametrize(("updated", "state"), [(9500, "open"), (9499, "waiting")])
def test_an_unread_rest_counts_as_pending(updated, state):
    made = catch_up(counts=dict(counts(updated, 100), listed=10_000, unread=9900 - updated, complete=False))
    assert made.state == state
    assert made.reasons[0].startswith("the waiting time is over, and at least 95 %" if state == "open" else "at most 99 %")


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200), st.integers(0, 300), st.booleans())
def test_missing_clients_never_open_it(updated, pending, unread, gone, complete):
    told = dict(counts(updated, pending), listed=1000, unread=unread, complete=complete)
    made = catch_up(counts=told, listed_before=1000 + gone)
    of = updated + pending + unread + gone
    assert (made.state == "open") == (of == 0 or Fraction(100 * updated, of) >= 95)


@given(st.sampled_from(["unread", "listed"]), st.one_of(st.booleans(), st.text(), st.floats(), st.integers(max_value=-1)))
def test_an_unreadable_list_length_keeps_it_closed(key, value):
    assert catch_up(counts=dict(counts(5, 0), **{key: value})).state == "unknown"


# --- the console's export


def export(done, total, newest=SINCE + 60):
    return {"total": total, "done": done, "newest": newest}


def test_an_export_decides_instead_of_the_list():
    made = catch_up(counts=counts(0, 9), export=export(95, 100))
    assert (made.state, made.basis, made.caught_up_percent) == ("open", "console_export", 95)
    assert catch_up(export=export(94, 100)).state == "waiting"
    assert catch_up(60, export=export(99, 100), early_open_threshold=99).state == "open"


@pytest.mark.parametrize("newest", [SINCE, SINCE - 1, None])
def test_old_export_keeps_catch_up_closed(newest):
    made = catch_up(export=export(0, 10, newest), threshold=0)
    assert made.state == "unknown" and made.reasons == ("the export is older than the upgrade",)


def test_future_export_points_to_export_timezone():
    assert "export_timezone" in catch_up(export=export(10, 10, SINCE + DAY + 301)).reasons[0]
    assert catch_up(export=export(10, 10, SINCE + DAY + 300)).state == "open"


@pytest.mark.parametrize("told", [{}, {"fault": "there is no export"}, {"total": 5, "done": 6, "newest": SINCE + 1}, "x"])
def test_an_unreadable_export_keeps_it_closed(told):
    assert catch_up(export=told).state == "unknown"


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 100), st.integers(0, 100))
def test_the_percentage_agrees_with_the_decision(updated, pending, unread, gone):
    told = dict(counts(updated, pending), listed=1000, unread=unread, complete=False)
    made, of = catch_up(counts=told, listed_before=1000 + gone), updated + pending + unread + gone
    if made.state == "open":
        assert made.caught_up_percent >= 95
    elif Fraction(100 * (updated + unread), of) < 95:
        assert made.caught_up_percent < 95
