# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Waiting, on a clock that moves only when somebody sleeps."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    InvalidInput,
    Refused,
    Unreachable,
    WaitTimeout,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.wait import NotYet, wait_until
from hypothesis import given
from hypothesis import strategies as st


class Time:
    """A clock and a sleep that belong together; `slow` seconds pass in each look."""

    def __init__(self, slow=0.0):
        self.now, self.naps, self.slow = 1000.0, [], slow

    def clock(self):
        return self.now

    def sleep(self, seconds):
        assert seconds >= 0
        self.naps.append(seconds)
        self.now += seconds

    def look(self, answers):
        """A probe that gives these answers in turn (the last one for ever), raising those that are errors."""
        left = list(answers)

        def probe():
            self.now += self.slow
            answer = left.pop(0) if len(left) > 1 else left[0]
            if isinstance(answer, Exception):
                raise answer
            return answer

        return probe


def wait(time, answers, *, timeout=100, interval=10, random=lambda: 0.5, **options):
    return wait_until(
        time.look(answers),
        what="version 19.1.8",
        timeout=timeout,
        interval=interval,
        clock=time.clock,
        sleep=time.sleep,
        random=random,
        **options,
    )


def test_a_true_result_returns_at_once():
    time = Time()
    assert wait(time, ["here"]) == "here"
    assert time.naps == []


def test_it_probes_until_the_result_is_true():
    time = Time()
    assert wait(time, [None, False, "here"]) == "here"
    assert time.naps == [10, 10]


@pytest.mark.mission("M21")
def test_not_yet_errors_continue_the_wait():
    assert wait(Time(), [Unreachable("refused"), None, "here"], not_yet=(Unreachable,)) == "here"


def test_any_other_error_ends_the_wait_at_once():
    time = Time()
    with pytest.raises(Refused):
        wait(time, [None, Refused("wrong appliance"), "here"], not_yet=(Unreachable,))
    assert time.naps == [10]


def test_by_default_every_error_ends_the_wait():
    with pytest.raises(Unreachable):
        wait(Time(), [Unreachable("refused")])


def test_stable_results_are_required():
    time = Time()
    answers = ["up", "up", Unreachable("gone"), "up", None, "up", "up", "still up"]
    assert wait(time, answers, not_yet=(Unreachable,), stable=3) == "still up"
    assert len(time.naps) == 7


@pytest.mark.mission("M19")
def test_a_time_out_tells_what_was_seen():
    time = Time()
    with pytest.raises(WaitTimeout) as caught:
        wait(time, [NotYet("18.3.2 is running")], timeout=25, host="a.example.com")
    assert time.naps == [10, 10, 5]
    text = str(caught.value)
    assert text.startswith("a.example.com: Waited 0:25 for version 19.1.8 without success; what is under way continues.")
    assert "Last seen: 18.3.2 is running." in text and "Run the same command again" in text
    assert caught.value.facts == {"waited_seconds": 25.0, "last_seen": "18.3.2 is running"}


def test_the_last_error_is_part_of_the_message():
    with pytest.raises(WaitTimeout, match="Last seen: connection refused"):
        wait(Time(), [Unreachable("connection refused")], not_yet=(Unreachable,))


def test_a_time_out_counts_good_results():
    with pytest.raises(WaitTimeout, match="1 of 2 good answers in a row"):
        wait(Time(), [None, "up"], timeout=10, stable=2)


def test_the_remedy_of_the_caller_is_used():
    with pytest.raises(WaitTimeout, match="Do not restart"):
        wait(Time(), [None], remedy="Do not restart the appliance.")


@given(st.floats(0, 1), st.floats(0.1, 50), st.floats(0, 500), st.floats(0, 20))
def test_every_wait_ends_at_its_deadline(luck, interval, timeout, slow):
    time = Time(slow)
    with pytest.raises(WaitTimeout):
        wait(time, [None], timeout=timeout, interval=interval, random=lambda: luck)
    # one look may be under way at the deadline, and one more is made there
    assert time.now - 1000 <= timeout + 2 * slow + 0.002
    assert all(nap <= interval * 1.1 + 1e-9 for nap in time.naps)


def test_intervals_have_jitter():
    time = Time()
    luck = iter([0.0, 1.0, 0.5])
    wait(time, [None, None, None, "here"], random=lambda: next(luck))
    assert time.naps == pytest.approx([9, 11, 10])


def test_progress_is_limited():
    time, said = Time(), []
    with pytest.raises(WaitTimeout):
        wait(time, [NotYet("40 %")], timeout=100, interval=10, say=said.append, say_every=30)
    assert said == [
        "waiting for version 19.1.8: 0:00 passed, 1:40 left; last seen: 40 %",
        "waiting for version 19.1.8: 0:30 passed, 1:10 left; last seen: 40 %",
        "waiting for version 19.1.8: 1:00 passed, 0:40 left; last seen: 40 %",
        "waiting for version 19.1.8: 1:30 passed, 0:10 left; last seen: 40 %",
    ]


def test_a_day_of_waiting_reads_as_hours():
    said = []
    with pytest.raises(WaitTimeout, match="Waited 24:00:00"):
        wait(Time(), [None], timeout=86400, interval=3600, say=said.append, say_every=7200)
    assert len(said) <= 13


@pytest.mark.parametrize("interval", [0, -1])
def test_an_interval_without_length_is_refused(interval):
    with pytest.raises(InvalidInput, match="interval"):
        wait(Time(), ["here"], interval=interval)
