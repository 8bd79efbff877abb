# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A list of Jump Clients that changes, clients that are uninstalled, and clients that are installed again."""

import pytest
import requests

BASE = "/api/config/v1"
DAY = 86400


@pytest.fixture
def world(run, caller, small):
    """A running small world with `.act(name, ...)`, `.page(n)` (answer) and `.state()`; no Base package to wait for."""
    running = run(small.replace("requires: [base-7]", "requires: []").replace("uninstalled: 2", "uninstalled: 2, personal: 3, offline: 2"))
    client = caller(running)

    def act(name, **order):
        return requests.post(f"{running.control_url}/act", json={"do": name, **order}, timeout=60)

    def page(number):
        client.token = None
        return client.get(f"{BASE}/jump-client?current_page={number}")

    running.act, running.page, running.client = act, page, client
    running.state = lambda: requests.get(f"{running.control_url}/state", timeout=60).json()["appliances"][0]
    return running


def ids(answer):
    return [row["id"] for row in answer.json()]


def total(answer):
    return int(answer.headers["X-BT-Pagination-Total"])


def test_removal_between_pages_hides_a_client(world):
    first = world.page(1)
    world.act("remove_client", client=50)
    second = world.page(2)
    assert (total(first), total(second)) == (131, 130)
    assert ids(first)[-1] == 100
    assert ids(second)[0] == 102, "101 moved to the first page"
    assert world.client.get(f"{BASE}/jump-client/50").status_code == 404
    assert world.state()["clients"]["active"] == 99
    assert world.state()["clients"]["online"] == 102
    assert world.act("remove_client", client=50).status_code == 400


def test_removed_client_is_not_waited_for(world):
    world.act("remove_client", client=1)
    world.machine().start_install("site-24")
    world.advance(31 * 60)
    assert world.state()["clients"]["active_pending"] == 99
    world.advance(2 * DAY)
    assert world.state()["clients"]["online"] == 102


def test_new_clients_come_last_and_current(world):
    world.machine().start_install("site-24")
    world.advance(31 * 60)
    assert world.act("add_clients", number=2, kind="active").json() == {"first_id": 135}, "132 to 134 are personal"
    world.act("add_clients", number=1, kind="passive")
    last = world.page(2)
    assert (total(last), ids(last)[-3:]) == (134, [135, 136, 137])
    row = last.json()[-3]
    assert (row["name"], row["needs_update"]) == ("client-00135", False)
    assert row["last_connect_timestamp"] == "2026-03-01T00:31:00+00:00"
    assert (world.state()["clients"]["active"], world.state()["clients"]["online"]) == (102, 2)
    world.advance(25 * 3600)
    world.machine().start_install("site-25")
    world.advance(31 * 60)
    assert world.state()["clients"]["active_pending"] == 102, "the next package is theirs too"


def test_uninstalled_clients_stay_away(world):
    """No outage and no package brings them back."""
    world.advance(3600)
    done = world.act("uninstall_clients").json()
    assert done == {"jump_clients": 132, "jumpoints": 2, "consoles": 2}
    rows = world.page(1).json() + world.page(2).json()
    assert {row["connection_type"] for row in rows} == {"uninstalled"}
    assert rows[0]["last_disconnect_timestamp"] == "2026-03-01T01:00:00+00:00" > rows[0]["last_connect_timestamp"]
    for package in ("site-24", "site-25"):
        state = world.state()
        assert (state["clients"]["online"], state["sessions"], state["representatives"]) == (0, 0, [])
        assert set(state["jumpoints"].values()) == {False}
        world.machine().start_install(package)
        world.advance(31 * 60)
    world.advance(2 * DAY)
    state = world.state()
    assert (state["clients"]["online"], state["representatives"], set(state["jumpoints"].values())) == (0, [], {False})


def test_reinstalled_client_runs_the_version(world):
    world.act("uninstall_clients")
    world.machine().start_install("site-24")
    world.advance(2 * 3600)
    assert world.act("reinstall_clients").json() == {"jump_clients": 132, "jumpoints": 2}
    rows = world.page(1).json() + world.page(2).json()
    kinds = [row["connection_type"] for row in rows]
    assert (kinds[0], kinds[100], kinds.count("uninstalled")) == ("active", "passive", 2), "two were uninstalled before"
    assert {row["needs_update"] for row in rows if row["connection_type"] != "uninstalled"} == {False}
    assert rows[0]["last_connect_timestamp"] == "2026-03-01T02:00:00+00:00" > rows[0]["last_disconnect_timestamp"]
    state = world.state()
    assert state["jumpoints"] == {"One": True, "Two": False}, "the second is disabled"
    assert state["clients"]["online"] == state["clients"]["active"] + 3


@pytest.mark.parametrize(("kind", "left"), [("jump_clients", (0, True, 2)), ("jumpoints", (103, False, 2)), ("consoles", (103, True, 0))])
def test_only_one_kind_may_be_uninstalled(world, kind, left):
    world.act("uninstall_clients", kind=kind)
    state = world.state()
    assert (state["clients"]["online"], state["jumpoints"]["One"], len(state["representatives"])) == left


@pytest.mark.parametrize(
    "order",
    [
        {"do": "uninstall_clients", "kind": "buttons"},
        {"do": "add_clients", "number": 0},
        {"do": "add_clients", "number": 1, "kind": "lost"},
        {"do": "remove_client", "client": 0},
        {"do": "remove_client", "client": "1"},
    ],
)
def test_an_impossible_change_is_refused(world, order):
    assert world.act(order.pop("do"), **order).status_code == 400
