# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Limits of requests: of an account, over all appliances of the world."""

import pytest
import requests
from simulator.machine import Meter

LIMITS = {"rate": True, "per_second": 3, "per_hour": 10}


@pytest.fixture
def both(run, small):
    """both(limits) -> a running world of two appliances."""

    def make(limits):
        two = small.replace("appliances: [", "appliances: [{name: b, base: 6.2.0, version: 23.2.1}, ")
        return run(two + f"limits: {limits}\n")

    return make


def rates(running):
    return requests.get(f"{running.control_url}/state", timeout=60).json()["rates"]


def ask(running, caller, name, times, client_id="full"):
    client = caller(running, client_id)
    client.running = type("One", (), {"url": running.url_of(name), "ca_file": running.ca_file})
    return [client.command("check_health") for _time in range(times)]


def test_an_hour_is_counted_over_all_appliances(both, caller):
    running = both("{rate: true, per_second: 1000, per_hour: 10}")
    assert [one.status_code for one in ask(running, caller, "a", 6)] == [200] * 6
    second = ask(running, caller, "b", 6)
    assert [one.status_code for one in second] == [200] * 4 + [429] * 2
    assert second[3].headers["X-RateLimit-Limit"] == "10"
    assert second[3].headers["X-RateLimit-Remaining"] == "0"
    assert [one.status_code for one in ask(running, caller, "b", 2, "reader")] == [200, 200], "another account has its own"
    running.advance(3600)
    assert [one.status_code for one in ask(running, caller, "b", 1)] == [200]
    told = rates(running)
    assert (told["full"]["most_in_an_hour"], told["full"]["refused"], told["reader"]["most_in_an_hour"]) == (12, 2, 2)


def test_it_is_measured_also_where_nothing_is_refused(both, caller):
    running = both("{rate: false, per_second: 1, per_hour: 1}")
    assert rates(running) == {}
    for name in ("a", "b"):
        assert {one.status_code for one in ask(running, caller, name, 3)} == {200}
    told = rates(running)["full"]
    assert (told["most_in_an_hour"], told["refused"]) == (6, 0)
    assert told["most_in_a_second"] >= 2


def test_the_second_is_real_and_slides():
    meter = Meter(LIMITS)
    allowed = [meter.take("x", 0, real)[0] for real in (0.0, 0.5, 0.9, 0.95, 1.0, 1.2, 1.5)]
    assert allowed == [True, True, True, False, True, False, True]
    assert meter.rates()["x"] == {"most_in_a_second": 5, "most_in_an_hour": 7, "refused": 2}
