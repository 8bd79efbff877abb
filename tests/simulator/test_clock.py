# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Virtual time."""

import pytest
from simulator.clock import Clock, to_epoch, to_iso


class Real:
    """A real clock that a test moves."""

    def __init__(self):
        self.at = 50.0

    def __call__(self):
        return self.at


def clock_of(**more):
    real = Real()
    return real, Clock(1000, real=real, **more)


def wait(real, clock, seconds, alike):
    """A client asks again after a pause; the virtual seconds that have passed for it."""
    before = clock.now()
    real.at += seconds
    clock.asked(alike)
    return clock.now() - before


@pytest.mark.parametrize("speed", [1, 240])
def test_working_client_sees_real_time(speed):
    real, clock = clock_of(speed=speed, idle_speed=14400)
    assert wait(real, clock, 0.1, None) == pytest.approx(0.1)
    assert wait(real, clock, 60, None) == pytest.approx(60)
    assert wait(real, clock, 5, 0) == pytest.approx(5), "a round that differs from the one before is work too"


def test_waiting_is_fast_up_to_two_seconds():
    """The wait of a client passes at the speed, up to two real seconds."""
    real, clock = clock_of(speed=60)
    assert wait(real, clock, 1, 1) == 60
    assert wait(real, clock, 60, 1) == 2 * 60 + 58


def test_speed_below_one_applies_to_all():
    real, clock = clock_of(speed=0.5)
    assert [wait(real, clock, 4, alike) for alike in (None, 9)] == [2, 2]


def test_new_speed_counts_from_now():
    real, clock = clock_of(speed=10)
    assert wait(real, clock, 1, 1) == 10
    clock.set_speed(100)
    assert wait(real, clock, 1, 1) == 100


def test_speed_zero_stands_still_until_it_is_advanced():
    real, clock = clock_of(speed=0, idle_speed=14400)
    real.at += 3600
    clock.asked(9)
    assert clock.now() == 1000
    clock.advance(5)
    assert clock.now() == 1005


def test_clock_advances_and_may_be_set_back():
    clock = Clock(1000, speed=0)
    with pytest.raises(ValueError, match="forward"):
        clock.advance(-1)
    clock.set(500)
    assert clock.now() == 500


def test_a_repeated_request_passes_the_time():
    """What is under way passes at the speed of the clock when a request is repeated."""
    real, clock = clock_of(speed=10, idle_speed=1000, idle_after=0)
    clock.busy_until = lambda: 1015
    assert wait(real, clock, 1, 0) == 10
    assert [wait(real, clock, 1, alike) for alike in (9, 10, 11, 12, 13)] == [10, 10, 10, 10, 1000], "rounds count from its end on"


def test_pause_ends_with_the_current_work():
    real, clock = clock_of(speed=10, busy_speed=3600, idle_speed=1000, idle_after=0)
    clock.busy_until = lambda: 1000 + 1801
    assert wait(real, clock, 0.25, 1) == 900
    assert wait(real, clock, 1, 2) == pytest.approx(901, abs=1), "an hour at most, and no further than its end"
    assert wait(real, clock, 1, 3) == 10, "nothing is under way any more"


def test_idle_speed_needs_a_patient_client():
    """Many equal rounds, and some seconds of waiting."""
    real, clock = clock_of(speed=10, idle_speed=1000, idle_after=3)
    assert [wait(real, clock, 1, alike) for alike in (1, 2, 3, 4)] == [10, 10, 10, 1000]
    wait(real, clock, 1, 0)
    assert [wait(real, clock, 1, alike) for alike in (5, 6, 7, 8)] == [10, 10, 10, 1000]


def test_idle_time_ends_and_begins_again():
    """Idle time ends after the idle hours and begins again when somebody works."""
    real, clock = clock_of(speed=1, idle_speed=3600, idle_after=0, idle_hours=2)
    assert [wait(real, clock, 1, alike) for alike in range(1, 8)] == [1, 1, 1, 3600, 3600, 1, 1]
    wait(real, clock, 1, 0)
    assert [wait(real, clock, 1, alike) for alike in range(1, 5)] == [1, 1, 1, 3600]


def test_dates_are_utc_and_end_in_plus_zero():
    assert to_iso(to_epoch("2026-03-01T01:00:00+01:00")) == "2026-03-01T00:00:00+00:00"
    assert to_epoch("2026-03-01") == to_epoch("2026-03-01T00:00:00+00:00")
