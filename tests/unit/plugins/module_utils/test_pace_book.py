# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The limits of an account, seen from the appliance: what counts is when requests arrive, whoever sends them and whatever delays them."""

from __future__ import annotations

import heapq
import itertools
import stat
from bisect import bisect_left

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.pace_book import FLIGHT, Book
from hypothesis import given, settings
from hypothesis import strategies as st


class Line:
    """Processes that share a file and a clock, played one event after the other; .arrived: when the appliance saw each request."""

    def __init__(self, path, per_second, per_hour):
        self.now, self.arrived, self._events, self._order = 1000.0, [], [], itertools.count()
        self._book = lambda: Book(str(path), per_second, per_hour, lambda: self.now)

    def play(self, schedules):
        """schedules: for each process its requests, each (pause before it, way there, way back; None: killed meanwhile)."""
        for schedule in schedules:
            self._later(0.0, self._process(self._book(), iter(schedule)))
        while self._events:
            self.now, _order, process = heapq.heappop(self._events)
            pause = next(process, None)
            if pause is not None:
                self._later(pause, process)

    def _later(self, pause, process):
        heapq.heappush(self._events, (self.now + pause, next(self._order), process))

    def _process(self, book, schedule):
        for pause, there, back in schedule:
            yield pause
            while (turn := book.take()).place is None:
                yield turn.pause
            yield there
            self.arrived.append(self.now)
            if back is None:
                return
            yield back
            book.leave(turn)


def most_within(times, seconds):
    """The largest number of times in any window [t, t + seconds)."""
    times = sorted(times)
    return max((bisect_left(times, one + seconds) - number for number, one in enumerate(times)), default=0)


short = st.floats(0, 3).map(lambda seconds: round(seconds, 3))
requests = st.tuples(
    st.one_of(st.just(0.0), short), st.floats(0, FLIGHT - 0.01), st.one_of(short, st.just(0.0), st.floats(0, 30), st.none())
)


@settings(max_examples=150)
@given(st.lists(st.lists(requests, max_size=25), min_size=1, max_size=6))
def test_no_second_sees_more_arrivals_than_allowed_whoever_sends_and_whatever_delays(tmp_path_factory, schedules):
    line = Line(tmp_path_factory.mktemp("pace") / "book", per_second=4, per_hour=1000)
    line.play(schedules)
    assert most_within(line.arrived, 1.0) <= 4


@settings(max_examples=80)
@given(st.lists(st.lists(requests, max_size=40), min_size=1, max_size=4))
def test_no_hour_sees_more_arrivals_than_allowed_and_those_on_their_way(tmp_path_factory, schedules):
    """Between sending and arrival lie at most FLIGHT seconds, in which per_second * FLIGHT can be sent: the room below 15,000."""
    line = Line(tmp_path_factory.mktemp("pace") / "book", per_second=2, per_hour=20)
    line.play(schedules)
    assert most_within(line.arrived, 3600.0) <= 20 + 2 * FLIGHT
    assert len(line.arrived) <= 20 or line.now > 4600


@pytest.mark.slow
def test_five_processes_with_nothing_else_to_do_stay_below_the_documented_limits_and_near_them(tmp_path):
    line = Line(tmp_path / "book", per_second=19, per_hour=14_900)
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


def test_a_process_that_died_costs_its_place_for_a_few_seconds_only(tmp_path, clock):
    book = Book(str(tmp_path / "book"), 1, 100, clock)
    assert book.take().place == 0
    assert Book(str(tmp_path / "book"), 1, 100, clock).take().pause == FLIGHT + 1
    clock.now += FLIGHT + 1
    assert book.take().place == 0


def test_an_answer_that_comes_late_does_not_free_the_place_of_another(tmp_path, clock):
    book = Book(str(tmp_path / "book"), 1, 100, clock)
    slow = book.take()
    clock.now += FLIGHT + 1
    book.take()
    book.leave(slow)
    assert book.take().pause == FLIGHT + 1


def test_a_clock_that_begins_anew_does_not_wait_for_the_old_one(tmp_path, clock):
    book = Book(str(tmp_path / "book"), 1, 1, clock)
    book.leave(book.take(), hold=3600)
    clock.now = 10.0
    assert book.take().place == 0


def test_what_is_held_is_held_for_all_and_ends(tmp_path, clock):
    book, other = (Book(str(tmp_path / "book"), 19, 100, clock) for _one in range(2))
    book.leave(book.take(), hold=600)
    assert (other.take().held, other.take().pause) == (True, 600)
    clock.now += 600
    assert other.take().place is not None


@pytest.mark.parametrize("content", [b"", b"\xff" * 40, b"\xff" * 100_000, b"no book", b"\x7f" * 500])
def test_a_damaged_file_neither_stops_nor_frees_anybody(tmp_path, clock, content):
    (tmp_path / "book").write_bytes(content)
    book = Book(str(tmp_path / "book"), 2, 100, clock)
    assert [book.take().place is None for _request in range(3)] == [False, False, True]


def test_the_file_is_small_private_and_bounded(tmp_path, clock):
    book = Book(str(tmp_path / "book"), 19, 14_900, clock)
    for _request in range(300):
        book.leave(book.take())
        clock.now += 400.0
    assert stat.S_IMODE((tmp_path / "book").stat().st_mode) == 0o600
    assert (tmp_path / "book").stat().st_size <= 8 * (14_900 + 21)
