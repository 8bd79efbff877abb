# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Maintenance windows, read from what a person wrote."""

import datetime

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.model.window import MARGIN, read_windows, texts


def window(**given):
    return read_windows({"list": [given]}).windows[0]


def test_without_windows_every_time_is_good():
    assert not read_windows(None).limited and read_windows({}).margin == MARGIN


def test_a_window_may_end_on_the_next_day():
    assert (window(start="22:00", end="02:00").start, window(start="22:00", end="02:00").end) == (1320, 1560)


def test_days_are_known_by_three_letters():
    assert window(days=["Saturday", "sun"], start="00:00", end="24:00").days == {5, 6}
    assert window(start="00:00", end="24:00").days == set(range(7))


def test_a_window_may_come_once():
    once = window(start="2026-12-05 22:00", end="2026-12-06 04:00")
    assert (once.date, once.start, once.end) == (datetime.date(2026, 12, 5), 1320, 1680)
    assert once.starts_on(datetime.date(2026, 12, 5)) and not once.starts_on(datetime.date(2026, 12, 12))


def test_blackouts_are_dates_or_ranges():
    found = read_windows({"blackouts": ["2026-12-24..2027-01-02", "2026-11-30"]})
    assert found.limited and found.blackouts[1] == (datetime.date(2026, 11, 30), datetime.date(2026, 11, 30))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"list": [{"start": 1320, "end": "02:00"}]}, "write '22:00'"),
        ({"list": [{"start": "25:00", "end": "02:00"}]}, "it is no time"),
        ({"list": [{"start": "22:00", "end": "22:00"}]}, "starts and ends at the same time"),
        ({"list": [{"days": ["someday"], "start": "22:00", "end": "02:00"}]}, "a day is one of mon"),
        ({"list": [{"start": "2026-12-05 22:00", "end": "02:00"}]}, "a date at its start and at its end"),
        ({"list": [{"start": "2026-12-05 22:00", "end": "2026-12-05 21:00"}]}, "ends before it starts"),
        ({"blackouts": ["2026-12-24..2026-12-01"]}, "last date is before the first"),
        ({"blackouts": ["Christmas"]}, "it is no date"),
        ({"zone": "Europe/Nowhere"}, "time zone"),
    ],
)
def test_a_wrong_value_is_named(given, words):
    with pytest.raises(InvalidInput, match=words):
        read_windows(given)


def test_people_read_days_and_times():
    given = [{"days": ["sun", "sat"], "start": "22:00", "end": "02:00"}, {"start": "00:00", "end": "24:00"}]
    assert texts(read_windows({"list": given}).windows) == ["sat, sun 22:00-02:00", "daily 00:00-24:00"]
