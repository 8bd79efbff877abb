# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import stat
import subprocess
import sys

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Unavailable
from ansible_collections.bomgar.appliance.plugins.module_utils.http import rate_limit
from ansible_collections.bomgar.appliance.plugins.module_utils.http.rate_limit import AccountRateLimiter, RateLimiter
from ansible_collections.bomgar.appliance.plugins.modules.appliance_info import OPERATION as OBSERVE
from simulator.testing import Running

from tests.support.ansible import ROOT
from tests.support.appliances import Bench


class Time:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


def test_no_second_sees_more_than_the_allowed_number():
    time = Time()
    limiter, sent = RateLimiter(19, clock=time, sleep=time.sleep), []
    for _request in range(100):
        limiter.wait()
        sent.append(time.now)
        time.now += 0.001
    assert max(sum(1 for other in sent if 0 <= other - one < 1.0) for one in sent) <= 19
    assert sent[-1] - sent[0] < 6


def test_slow_requests_are_not_held_up():
    def never(seconds):
        raise AssertionError(f"slept {seconds} seconds")

    time = Time()
    limiter = RateLimiter(19, clock=time, sleep=never)
    for _request in range(50):
        limiter.wait()
        time.now += 0.06


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def limiter_of(tmp_path, time):
    """limiter_of(client_id) -> the AccountRateLimiter of another process with the same cache folder."""
    return lambda client_id="robot", **more: AccountRateLimiter(
        str(tmp_path / "cache"), client_id, **{"clock": time, "sleep": time.sleep, **more}
    )


def send(limiter, headers=None):
    with limiter.slot() as told:
        told(headers or {})


def test_sites_with_the_same_account_share_its_pace(limiter_of, time):
    paces = [limiter_of() for _site in range(5)]
    for number in range(100):
        send(paces[number % 5])
    assert 5.0 <= time.now - 100.0 <= 6.0


def test_two_accounts_do_not_wait_for_each_other(limiter_of, time):
    for limiter in (limiter_of("robot"), limiter_of("other")):
        for _request in range(19):
            send(limiter)
    assert time.now == 100.0


def test_the_file_does_not_identify_the_account(limiter_of, tmp_path):
    send(limiter_of("robot-of-example"))
    (file,) = (tmp_path / "cache").iterdir()
    assert len(file.name) == 64 and stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"robot" not in file.read_bytes()


def test_a_used_up_hour_is_reported_once(limiter_of, time):
    lines = []
    limiter = limiter_of(per_hour=30, say=lines.append)
    for _request in range(31):
        send(limiter)
        time.now += 1
    assert 3700.0 <= time.now <= 3702.0
    assert lines == ["waiting up to 60 minutes: the API account has used its requests of this hour"]


def test_a_run_keeps_its_lock_while_waiting(limiter_of, time, monkeypatch):
    beats = []
    monkeypatch.setattr(rate_limit, "heartbeat", lambda: beats.append(time.now))
    limiter = limiter_of(per_hour=1)
    send(limiter)
    send(limiter)
    assert max(later - sooner for sooner, later in zip(beats, beats[1:])) <= 60


@pytest.mark.parametrize(
    ("left", "limit", "seconds"),
    [("0", "15000", 3600), ("1", "15000", 3600), ("60", "15000", 60), ("30", "", 120), ("0", "30", 3600)],
)
def test_remaining_requests_last_until_the_reset(limiter_of, time, left, limit, seconds):
    limiter, other = limiter_of(), limiter_of()
    send(limiter, {"X-RateLimit-Remaining": left, "X-RateLimit-Limit": limit})
    with pytest.raises(Unavailable, match="Nothing was sent: .*asks for fewer requests") as caught:
        send(other)
    assert caught.value.facts == {"retry_after": seconds} and caught.value.nothing_sent
    time.now += seconds
    send(other)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-RateLimit-Remaining": "61"},
        {"X-RateLimit-Remaining": "14999", "X-RateLimit-Limit": "15000"},
        {"X-RateLimit-Remaining": "29", "X-RateLimit-Limit": "30"},
        {"X-RateLimit-Remaining": "none"},
        {"X-RateLimit-Remaining": ""},
        {"X-RateLimit-Remaining": "-1"},
    ],
)
def test_plenty_of_requests_block_nothing(limiter_of, time, headers):
    limiter = limiter_of()
    send(limiter, headers)
    send(limiter)
    assert time.now == 100.0


def test_without_a_file_each_process_limits_itself(tmp_path, time):
    (tmp_path / "cache").write_text("in the way")
    limiter = AccountRateLimiter(str(tmp_path / "cache"), "robot", clock=time, sleep=time.sleep)
    for _request in range(39):
        send(limiter)
    assert 2.0 <= time.now - 100.0 < 3.0


def test_a_request_that_fails_gives_its_place_back(limiter_of, time):
    for _request in range(38):
        with pytest.raises(ConnectionError), limiter_of().slot():
            raise ConnectionError
    assert 1.0 <= time.now - 100.0 < 2.0


def test_only_requests_of_an_account_are_limited(tmp_path):
    with Running("already_current") as running:
        bench = Bench(running, tmp_path)
        appliance = bench.appliance(bench.params(OBSERVE))
        appliance.health()
        begun = running.now()
        for _request in range(19):
            appliance.probe_health()
        assert running.now() == begun
        for _request in range(19):
            appliance.info()
        assert running.now() > begun


CHILD = """
import json, sys
from ansible_collections.bomgar.appliance.plugins.module_utils.appliance import connect
appliance = connect(json.loads(sys.argv[1]))
for _request in range(int(sys.argv[2])):
    appliance.health()
"""


@pytest.mark.slow
def test_three_processes_share_the_limits_of_an_account(tmp_path):
    limited = (ROOT / "simulator/worlds/already_current.yml").read_text() + "limits: {rate: true}\n"
    with Running(limited) as running:
        params = Bench(running, tmp_path).params(OBSERVE)
        arguments = [sys.executable, "-c", CHILD, json.dumps(params), "40"]
        children = [subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) for _child in range(3)]
        failures = [child.communicate(timeout=120)[1] for child in children if child.wait(120)]
        log = running.requests()
    assert failures == []
    assert [entry for entry in log if entry["status"] == 429] == []
    assert len([entry for entry in log if "health" in str(entry)]) >= 120
