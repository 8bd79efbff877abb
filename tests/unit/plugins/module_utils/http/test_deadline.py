# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import socket

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.http.deadline import Limit, TooLate


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_the_silence_limits_each_read(clock):
    limit = Limit(clock, silence=30, whole=120).begin()
    assert limit.left() == 30
    clock.now = 100.0
    assert limit.left() == 20


def test_the_whole_exchange_ends(clock):
    limit = Limit(clock, silence=30, whole=120).begin()
    clock.now = 120.0
    with pytest.raises(TooLate, match="after 120 seconds"):
        limit.left()


def test_a_late_response_gets_its_time(clock):
    limit = Limit(clock, silence=600, whole=120).begin()
    clock.now = 590.0
    limit.received(1)
    clock.now = 700.0
    assert limit.left() == 10


def test_a_moving_stream_has_no_end(clock):
    limit = Limit(clock, silence=30, whole=120).begin()
    limit.received(1)
    limit.stream()
    for _step in range(10):
        clock.now += 100.0
        limit.received(1 << 20)
    assert limit.left() == 30


def test_a_slow_stream_ends(clock):
    limit = Limit(clock, silence=30, whole=120).begin()
    limit.received(1)
    limit.stream()
    clock.now += 119.0
    limit.received(10)
    clock.now += 2.0
    with pytest.raises(TooLate):
        limit.left()


def test_redirects_share_the_limit(clock):
    first = Limit(clock, silence=30, whole=120).begin()
    clock.now = 100.0
    assert first.after_redirect().begin().left() == 20


def test_a_socket_time_out_becomes_too_late(clock):
    limit = Limit(clock, silence=30, whole=120).begin()
    with socket.socket() as plain, pytest.raises(TooLate), limit.applied_to(plain):
        clock.now = 121.0
        raise socket.timeout
