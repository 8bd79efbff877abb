# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.bomgar.appliance.plugins.module_utils.pace import Pace


class Time:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


def test_no_second_sees_more_than_the_allowed_number():
    time = Time()
    pace, sent = Pace(19, clock=time, sleep=time.sleep), []
    for _request in range(100):
        pace.wait()
        sent.append(time.now)
        time.now += 0.001
    assert max(sum(1 for other in sent if 0 <= other - one < 1.0) for one in sent) <= 19
    assert sent[-1] - sent[0] < 6


def test_slow_requests_are_not_held_up():
    def never(seconds):
        raise AssertionError(f"slept {seconds} seconds")

    time = Time()
    pace = Pace(19, clock=time, sleep=never)
    for _request in range(50):
        pace.wait()
        time.now += 0.06
