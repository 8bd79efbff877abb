# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Jump Clients whose hosts are off, and those in personal Jump Groups."""

import pytest
import requests
from simulator.clock import to_epoch

BASE = "/api/config/v1"
CLIENTS = "jump_clients: {active: 100, passive: 20, lost: 4, disabled: 3, uninstalled: 2}"
DAY = 86400


@pytest.fixture
def world(small):
    """world(text of jump_clients) -> a small world with those clients and without a Base package to wait for."""

    def make(clients):
        assert CLIENTS in small
        return small.replace(CLIENTS, f"jump_clients: {{{clients}}}").replace("requires: [base-7]", "requires: []")

    return make


def upgrade(running, package="site-24"):
    running.machine().start_install(package)
    running.advance(31 * 60)  # up again after 30 minutes


def rows(client):
    client.token = None
    return client.get(f"{BASE}/jump-client").json()


def counted(running):
    return requests.get(f"{running.control_url}/state", timeout=60).json()["appliances"][0]["clients"]


def test_a_host_that_is_off_is_disconnected(run, caller, world):
    """It is neither lost nor disabled, and was disconnected before the world began."""
    running = run(world("active: 2, offline: 2"))
    found = rows(caller(running))[2:]
    assert [row["connection_type"] for row in found] == ["active", "passive"]
    for row in found:
        assert (row["is_lost"], row["unavailable_reason"], row["needs_update"]) == (False, "none", False)
        assert row["last_connect_timestamp"] < row["last_disconnect_timestamp"] < "2026-03-01"
    numbers = counted(running)
    assert [numbers[key] for key in ("active", "offline", "offline_pending", "online")] == [2, 2, 0, 2]


def test_clients_that_are_off_stay_behind(run, caller, world):
    """Unless the world lets them return."""
    running = run(world("active: 2, offline: 2"))
    upgrade(running)
    running.advance(90 * DAY)
    assert [row["needs_update"] for row in rows(caller(running))] == [False, False, True, True]
    assert (counted(running)["offline_pending"], counted(running)["online"]) == (2, 2)


def test_clients_return_hours_after_the_outage(run, caller, world):
    """And upgrade through the queue."""
    running = run(world("active: 2, offline: 2, upgrade: {offline_hours: 48, seconds_each: 600}") + "jump_settings: {max_concurrent: 1}\n")
    upgrade(running)
    up = running.now() - 60
    running.advance(48 * 3600 - 120)
    client = caller(running)
    assert (counted(running)["offline_pending"], counted(running)["online"]) == (2, 2)
    running.advance(660 + 60)
    assert (counted(running)["offline_pending"], counted(running)["online"]) == (1, 3)
    running.advance(600)
    assert (counted(running)["offline_pending"], counted(running)["online"]) == (0, 3), "the passive one is never counted online"
    back = rows(client)[2]
    assert back["last_connect_timestamp"] > back["last_disconnect_timestamp"]
    assert to_epoch(back["last_connect_timestamp"]) == up + 48 * 3600 + 600


def test_clients_that_are_off_are_left_behind(run, world):
    """A client that is off when the next package comes cannot upgrade any more; one that came back can."""
    running = run(world("active: 2, offline: 4, upgrade: {offline_hours: 5}"))
    upgrade(running)
    running.advance(6 * 3600)
    upgrade(running, "site-25")
    numbers = counted(running)
    assert [numbers[key] for key in ("active", "passive", "offline", "active_pending")] == [4, 2, 0, 4]
    running.advance(2 * DAY)
    assert (counted(running)["active_pending"], counted(running)["online"]) == (0, 4)

    early = run(world("active: 2, offline: 4, upgrade: {offline_hours: 5}"))
    for package in ("site-24", "site-25"):
        upgrade(early, package)
        early.advance(3600)
    early.advance(30 * DAY)
    assert (counted(early)["offline_pending"], counted(early)["skipped"]) == (4, 0)


@pytest.mark.parametrize("offline_hours", ["null", "48"])
def test_settings_do_not_wake_a_host(run, world, offline_hours):
    running = run(world(f"active: 2, offline: 2, upgrade: {{offline_hours: {offline_hours}}}"))
    upgrade(running)
    running.advance(2 * 3600)
    running.machine().save_jump_settings(max_concurrent=7)
    running.advance(3600)
    assert counted(running)["offline_pending"] == 2


def test_one_may_be_switched_off_and_on_again(run, caller, world):
    running = run(world("active: 3"))
    client, act = caller(running), f"{running.control_url}/act"
    running.advance(3600)
    requests.post(act, json={"do": "set_client", "client": 2, "kind": "offline"}, timeout=60)
    row = rows(client)[1]
    assert (row["needs_update"], row["last_disconnect_timestamp"]) == (False, "2026-03-01T01:00:00+00:00")
    assert counted(running)["online"] == 2
    running.advance(3600)
    requests.post(act, json={"do": "set_client", "client": 2, "kind": "active"}, timeout=60)
    assert rows(client)[1]["last_connect_timestamp"] == "2026-03-01T02:00:00+00:00"
    assert counted(running)["online"] == 3


def test_personal_clients_are_in_no_list(run, caller, world):
    """Personal clients are counted as online and upgrade, but no list has them."""
    running = run(world("active: 6, passive: 1, personal: 4"))
    client = caller(running)
    answer = client.get(f"{BASE}/jump-client")
    assert (len(answer.json()), answer.headers["X-BT-Pagination-Total"]) == (7, "7")
    assert client.get(f"{BASE}/jump-client?connection_type=active").headers["X-BT-Pagination-Total"] == "6"
    assert client.get(f"{BASE}/jump-client?jump_group_type=personal").json() == []
    assert client.get(f"{BASE}/jump-client/8").status_code == 404
    assert '<count type="pinned_client">10</count>' in client.command("get_connected_client_list", summary_only=1).text
    upgrade(running)
    numbers = counted(running)
    assert [numbers[key] for key in ("active", "personal", "personal_pending", "online")] == [6, 4, 4, 0]
    running.advance(DAY)
    numbers = counted(running)
    assert [numbers[key] for key in ("active_pending", "personal_pending", "online")] == [0, 0, 10]
