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


def test_time_runs_as_fast_as_told():
    real = Real()
    clock = Clock(1000, speed=60, real=real)
    real.at += 2
    assert clock.now() == 1000 + 120


def test_a_change_of_speed_counts_from_now_on_only():
    real = Real()
    clock = Clock(1000, speed=10, real=real)
    real.at += 1
    clock.set_speed(100)
    real.at += 1
    assert clock.now() == 1000 + 10 + 100


def test_speed_zero_stands_still_until_it_is_advanced():
    real = Real()
    clock = Clock(1000, speed=0, real=real)
    real.at += 3600
    assert clock.now() == 1000
    clock.advance(5)
    assert clock.now() == 1005


def test_it_advances_forward_only_but_may_be_set_back():
    clock = Clock(1000, speed=0)
    with pytest.raises(ValueError, match="forward"):
        clock.advance(-1)
    clock.set(500)
    assert clock.now() == 500


def test_idle_time_runs_faster_after_idle_after_seconds_without_a_touch():
    real = Real()
    clock = Clock(0, speed=1, idle_speed=100, idle_after=5, real=real)
    real.at += 7
    assert clock.now() == 5 + 2 * 100
    clock.touch()
    real.at += 5
    assert clock.now() == 205 + 5


def test_idle_time_ends_after_idle_hours_and_begins_again_after_a_touch():
    real = Real()
    clock = Clock(0, speed=1, idle_speed=3600, idle_after=0, idle_hours=2, real=real)
    real.at += 10
    assert clock.now() == 2 * 3600 + 8
    real.at += 10
    assert clock.now() == 2 * 3600 + 18
    clock.touch()
    real.at += 1
    assert clock.now() == 3 * 3600 + 18


def test_it_does_not_idle_while_something_is_being_installed():
    real = Real()
    clock = Clock(0, speed=10, idle_speed=1000, idle_after=0, real=real)
    clock.busy_until = lambda: 100
    real.at += 5
    assert clock.now() == 50
    real.at += 6  # 5 more seconds until 100, then one second idle
    assert clock.now() == 100 + 1000


def test_dates_are_utc_and_end_in_plus_zero():
    assert to_iso(to_epoch("2026-03-01T01:00:00+01:00")) == "2026-03-01T00:00:00+00:00"
    assert to_epoch("2026-03-01") == to_epoch("2026-03-01T00:00:00+00:00")
