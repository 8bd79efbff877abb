# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The limits of an account, seen from the appliance: what counts is when requests arrive, whoever sends them and whatever delays them."""

from __future__ import annotations

import heapq
import itertools
import stat
from bisect import bisect_left

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.http.rate_file import IN_FLIGHT, RateFile
from hypothesis import given, settings
from hypothesis import strategies as st


class Line:
    """Processes that share a file and a clock, played one event after the other; .arrived: when the appliance saw each request."""

    def __init__(self, path, per_second, per_hour):
        self.now, self.arrived, self._events, self._order = 1000.0, [], [], itertools.count()
        self._file = lambda: RateFile(str(path), per_second, per_hour, lambda: self.now)

    def play(self, schedules):
        """schedules: for each process its requests, each (pause before it, way there, way back; None: killed meanwhile)."""
        for schedule in schedules:
            self._later(0.0, self._process(self._file(), iter(schedule)))
        while self._events:
            self.now, _order, process = heapq.heappop(self._events)
            pause = next(process, None)
            if pause is not None:
                self._later(pause, process)

    def _later(self, pause, process):
        heapq.heappush(self._events, (self.now + pause, next(self._order), process))

    def _process(self, file, schedule):
        for pause, there, back in schedule:
            yield pause
            while (slot := file.acquire()).number is None:
                yield slot.pause
            yield there
            self.arrived.append(self.now)
            if back is None:
                return
            yield back
            file.release(slot)


def most_within(times, seconds):
    """The largest number of times in any window [t, t + seconds)."""
    times = sorted(times)
    return max((bisect_left(times, one + seconds) - number for number, one in enumerate(times)), default=0)


short = st.floats(0, 3).map(lambda seconds: round(seconds, 3))
requests = st.tuples(
    st.one_of(st.just(0.0), short), st.floats(0, IN_FLIGHT - 0.01), st.one_of(short, st.just(0.0), st.floats(0, 30), st.none())
)


@settings(max_examples=150)
@given(st.lists(st.lists(requests, max_size=25), min_size=1, max_size=6))
def test_no_second_exceeds_the_limit(tmp_path_factory, schedules):
    line = Line(tmp_path_factory.mktemp("rate") / "rate", per_second=4, per_hour=1000)
    line.play(schedules)
    assert most_within(line.arrived, 1.0) <= 4


@settings(max_examples=80)
@given(st.lists(st.lists(requests, max_size=40), min_size=1, max_size=4))
def test_no_hour_exceeds_the_limit(tmp_path_factory, schedules):
    """Between sending and arrival lie at most IN_FLIGHT seconds, in which per_second * IN_FLIGHT can be sent: the room below 15,000."""
    line = Line(tmp_path_factory.mktemp("rate") / "rate", per_second=2, per_hour=20)
    line.play(schedules)
    assert most_within(line.arrived, 3600.0) <= 20 + 2 * IN_FLIGHT
    assert len(line.arrived) <= 20 or line.now > 4600


@pytest.mark.slow
def test_five_busy_processes_use_the_limits_fully(tmp_path):
    line = Line(tmp_path / "rate", per_second=19, per_hour=14_900)
    line.play([[(0.0, 0.01, 0.01)] * 4000] * 5)
    assert len(line.arrived) == 20_000
    assert most_within(line.arrived, 1.0) <= 20 and most_within(line.arrived, 3600.0) <= 15_000
    assert most_within(line.arrived, 1.0) >= 18 and most_within(line.arrived, 3600.0) >= 14_800


class Clock:
    now = 5000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_a_slot_of_a_dead_process_becomes_free(tmp_path, clock):
    file = RateFile(str(tmp_path / "rate"), 1, 100, clock)
    assert file.acquire().number == 0
    assert RateFile(str(tmp_path / "rate"), 1, 100, clock).acquire().pause == IN_FLIGHT + 1
    clock.now += IN_FLIGHT + 1
    assert file.acquire().number == 0


def test_a_late_response_frees_no_other_slot(tmp_path, clock):
    file = RateFile(str(tmp_path / "rate"), 1, 100, clock)
    slow = file.acquire()
    clock.now += IN_FLIGHT + 1
    file.acquire()
    file.release(slow)
    assert file.acquire().pause == IN_FLIGHT + 1


def test_a_restarted_clock_ignores_old_times(tmp_path, clock):
    file = RateFile(str(tmp_path / "rate"), 1, 1, clock)
    file.release(file.acquire(), block=3600)
    clock.now = 10.0
    assert file.acquire().number == 0


def test_a_block_holds_for_all_and_ends(tmp_path, clock):
    file, other = (RateFile(str(tmp_path / "rate"), 19, 100, clock) for _one in range(2))
    file.release(file.acquire(), block=600)
    assert (other.acquire().blocked, other.acquire().pause) == (True, 600)
    clock.now += 600
    assert other.acquire().number is not None


@pytest.mark.parametrize("content", [b"", b"\xff" * 40, b"\xff" * 100_000, b"no numbers", b"\x7f" * 500])
def test_a_damaged_file_neither_stops_nor_frees_anybody(tmp_path, clock, content):
    (tmp_path / "rate").write_bytes(content)
    file = RateFile(str(tmp_path / "rate"), 2, 100, clock)
    assert [file.acquire().number is None for _request in range(3)] == [False, False, True]


def test_the_file_is_small_private_and_bounded(tmp_path, clock):
    file = RateFile(str(tmp_path / "rate"), 19, 14_900, clock)
    for _request in range(300):
        file.release(file.acquire())
        clock.now += 400.0
    assert stat.S_IMODE((tmp_path / "rate").stat().st_mode) == 0o600
    assert (tmp_path / "rate").stat().st_size <= 8 * (14_900 + 21)
