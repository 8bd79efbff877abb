# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Maintenance windows: several, over midnight, both clock changes, blackout dates, and what is refused."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.model.moments import iso
from ansible_collections.bomgar.appliance.plugins.module_utils.model.window import read_windows
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.window import check_fits, describe_waiting, moment, opening, spans
from hypothesis import given
from hypothesis import strategies as st

BERLIN = "Europe/Berlin"
NIGHT = {"start": "22:00", "end": "02:00", "days": ["sat"]}


def at(text, zone="UTC"):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


def windows(*given, zone=BERLIN, margin=0, blackouts=()):
    return read_windows({"list": list(given), "zone": zone, "margin": margin, "blackouts": list(blackouts)})


def found(some, now, seconds=3600):
    one = opening(some, at(now), seconds)
    return one.is_open, iso(one.at)


# --- when a step may start


def test_any_time_is_open_without_windows():
    assert opening(read_windows(None), 5.0, 1e9).is_open


@pytest.mark.mission("M20")
@pytest.mark.parametrize(
    ("now", "is_open", "next_at"),
    [
        ("2026-03-07T20:59:59", False, "2026-03-07T21:00:00+00:00"),
        ("2026-03-07T21:00:00", True, "2026-03-07T21:00:00+00:00"),
        ("2026-03-07T23:30:00", True, "2026-03-07T23:30:00+00:00"),
        ("2026-03-08T00:00:00", True, "2026-03-08T00:00:00+00:00"),
        ("2026-03-08T00:00:01", False, "2026-03-14T21:00:00+00:00"),
        ("2026-03-10T12:00:00", False, "2026-03-14T21:00:00+00:00"),
    ],
)
def test_midnight_window_counts_every_second(now, is_open, next_at):
    assert found(windows(NIGHT), now) == (is_open, next_at)


def test_the_margin_must_be_left_in_the_window():
    assert found(windows(NIGHT, margin=1800), "2026-03-07T23:30:00")[0]
    assert found(windows(NIGHT, margin=1801), "2026-03-07T23:30:00") == (False, "2026-03-14T21:00:00+00:00")


def test_first_sufficient_window_counts():
    short, long = {"start": "12:00", "end": "12:30"}, {"start": "20:00", "end": "23:00", "days": ["Sunday"]}
    assert found(windows(short, long, zone="UTC"), "2026-03-03T00:00:00", 1200)[1] == "2026-03-03T12:00:00+00:00"
    assert found(windows(short, long, zone="UTC"), "2026-03-03T00:00:00", 3600)[1] == "2026-03-08T20:00:00+00:00"


def test_windows_that_touch_each_other_are_one():
    some = windows({"start": "22:00", "end": "24:00"}, {"start": "00:00", "end": "02:00"}, zone="UTC")
    assert found(some, "2026-03-03T22:00:00", 14400) == (True, "2026-03-03T22:00:00+00:00")


def test_a_window_with_dates_comes_once():
    once = windows({"start": "2026-03-07 22:00", "end": "2026-03-09 04:00"}, zone="UTC")
    assert found(once, "2026-03-08T12:00:00", 3600)[0]
    assert opening(once, at("2026-03-09T03:30:00"), 3600).at is None


def test_blackout_date_is_in_no_window():
    some = windows(NIGHT, blackouts=["2026-03-08", "2026-03-14..2026-03-20"])
    assert found(some, "2026-03-07T21:30:00", 5400) == (True, "2026-03-07T21:30:00+00:00")
    assert found(some, "2026-03-07T21:30:01", 5400) == (False, "2026-03-21T21:00:00+00:00")


def test_blackout_dates_alone_close_only_themselves():
    some = windows(blackouts=["2026-03-08"], zone="UTC")
    assert found(some, "2026-03-07T12:00:00")[0] and not found(some, "2026-03-07T23:30:00")[0]
    assert found(some, "2026-03-08T12:00:00") == (False, "2026-03-09T00:00:00+00:00")


# --- both clock changes (2026-03-29 and 2026-10-25 in Berlin)


@pytest.mark.parametrize(
    ("start", "end", "day", "expected"),
    [
        ("02:30", "05:00", "2026-03-29", ("01:00", "03:00")),  # the start is skipped
        ("01:00", "02:30", "2026-03-29", ("00:00", "01:00")),  # the end is skipped
        ("01:00", "04:00", "2026-03-29", ("00:00", "02:00")),  # two hours instead of three
        ("02:30", "05:00", "2026-10-25", ("00:30", "04:00")),  # the start comes twice
        ("01:00", "02:30", "2026-10-25", ("23:00", "00:30")),  # the end comes twice
        ("01:00", "04:00", "2026-10-25", ("23:00", "03:00")),  # four hours instead of three
    ],
)
def test_a_window_at_a_clock_change(start, end, day, expected):
    some = windows({"start": f"{day} {start}", "end": f"{day} {end}"})
    assert [tuple(iso(one)[11:16] for one in span) for span in spans(some, at(day))] == [expected]


def test_window_skipped_by_clock_never_comes():
    some = windows({"start": "02:10", "end": "02:50"})
    assert found(some, "2026-03-28T12:00:00", 60)[1] == "2026-03-30T00:10:00+00:00"


@given(st.integers(0, 364 * 86400), st.integers(0, 20000), st.sampled_from([BERLIN, "America/New_York", "Australia/Lord_Howe", "UTC"]))
def test_started_step_ends_inside_its_window(offset, seconds, zone):
    some = windows(NIGHT, {"start": "01:30", "end": "05:30", "days": ["sun", "wed"]}, zone=zone, margin=300, blackouts=["2026-11-01"])
    now = at("2026-01-01") + offset
    one = opening(some, now, seconds)
    if one.at is None:
        assert seconds + 300 > 5 * 3600
    else:
        assert one.at >= now and one.is_open == (one.at == now)
        assert any(start <= one.at and one.at + seconds + 300 <= end for start, end in spans(some, now))


# --- for people


def test_next_time_is_local_and_utc():
    one = opening(windows(NIGHT), at("2026-03-05T12:00:00"), 60)
    assert describe_waiting(one, "install Base 6.2.0", BERLIN) == (
        "install Base 6.2.0 waits: no maintenance window is open. It may start at Sat 2026-03-07 22:00 CET (2026-03-07 21:00 UTC)."
    )
    assert moment(at("2026-03-07T21:00:00"), "UTC") == "Sat 2026-03-07 21:00 UTC" and moment(None, "UTC") == "no time"


def test_short_open_window_says_so():
    why = opening(windows(NIGHT), at("2026-03-08T00:30:00"), 3600).why
    assert (
        why == "the window is open until Sun 2026-03-08 02:00 CET (2026-03-08 01:00 UTC), which is too short for 60 minutes with the margin"
    )


# --- refused


def test_a_step_that_never_fits_is_refused():
    check_fits(windows(NIGHT), at("2026-03-05"), 14400, "install Base 6.2.0 on a")
    with pytest.raises(InvalidInput, match=r"install Base 6.2.0 on a never fits .* needs 300 minutes .* has 240 minutes"):
        check_fits(windows(NIGHT), at("2026-03-05"), 18000, "install Base 6.2.0 on a")
    with pytest.raises(InvalidInput, match="has 0 seconds"):
        check_fits(windows({"start": "2020-03-07 22:00", "end": "2020-03-08 02:00"}), at("2026-03-05"), 60, "x")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"zone": "Europe/Berlinn"}, "knows the time zone 'Europe/Berlinn'"),
        ({"zone": "../etc/passwd"}, "knows the time zone"),
        ({"list": [{"start": "22:00"}]}, "'' is no maintenance window: it is no time"),
        ({"list": [{"start": "25:00", "end": "26:00"}]}, "'25:00' is no"),
        ({"list": [{"start": "1320", "end": "02:00"}]}, "without quotes as a number: write '22:00'"),
        ({"list": [{"start": "22:00", "end": "22:00"}]}, "at the same time"),
        ({"list": [{"start": "22:00", "end": "23:00", "days": ["someday"]}]}, "'someday' is no maintenance window: a day is one of mon"),
        ({"list": [{"start": "2026-03-07 22:00", "end": "23:00"}]}, "a date at its start and at its end"),
        ({"list": [{"start": "2026-03-07 22:00", "end": "2026-03-07 21:00"}]}, "ends before it starts"),
        ({"list": [{"start": "2026-02-30 22:00", "end": "2026-03-01 21:00"}]}, "no date"),
        ({"blackouts": ["24.12.2026"]}, "no date"),
        ({"blackouts": ["2026-12-24..2026-12-23"]}, "before the first one"),
    ],
)
def test_a_window_that_nobody_can_read_is_refused(given, said):
    with pytest.raises(InvalidInput) as refused:
        read_windows(given)
    assert said in str(refused.value)
