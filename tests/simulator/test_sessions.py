# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Support sessions that end by themselves, people who go home, and acts that add more."""

import pytest
import requests

WAITING = "{name: Ada Example, sessions: 2, session_minutes: 7}, {name: Ben Example, logs_out_minutes: 20, sessions: 1}"


@pytest.fixture
def waiting(run, small):
    before = "{name: Ada Example, sessions: 2}, {name: Ben Example, returns_minutes: null}"
    assert before in small
    return run(small.replace(before, WAITING))


def act(running, **order):
    return requests.post(f"{running.control_url}/act", json=order, timeout=60)


def state(running):
    return requests.get(f"{running.control_url}/state", timeout=60).json()["appliances"][0]


def test_a_session_ends_by_time_or_log_out(waiting):
    """After its minutes, or when its representative logs out."""
    seen = []
    for _look in range(3):
        one = state(waiting)
        seen.append((one["sessions"], one["representatives"]))
        waiting.advance(7 * 60 if len(seen) == 1 else 13 * 60)
    assert seen == [(3, ["Ada Example", "Ben Example"]), (1, ["Ada Example", "Ben Example"]), (0, ["Ada Example"])]


def test_a_session_without_end_lasts_until_an_outage(run):
    """The state counts the sessions that the outage ended."""
    running = run()
    running.advance(30 * 86400)
    assert (state(running)["sessions"], state(running)["sessions_cut"]) == (2, 0)
    running.machine().start_install("base-7")
    running.advance(3600)
    assert (state(running)["sessions"], state(running)["sessions_cut"]) == (0, 2)


def test_ended_session_is_not_cut(waiting):
    waiting.machine().start_install("base-7")  # down after 15 minutes
    waiting.advance(3600)
    assert state(waiting)["sessions_cut"] == 1


def test_logged_out_people_do_not_return(waiting):
    waiting.advance(21 * 60)
    waiting.machine().start_install("base-7")
    waiting.advance(3 * 3600)
    assert state(waiting)["representatives"] == ["Ada Example"]


def test_representative_may_get_another_session(waiting):
    waiting.advance(8 * 60)
    lsid = act(waiting, do="start_session", name="Ada Example", minutes=5).json()["lsid"]
    assert lsid in waiting.machine().people.sessions(waiting.now())
    act(waiting, do="start_session", name="Ada Example")
    assert state(waiting)["sessions"] == 3
    waiting.advance(300)
    assert state(waiting)["sessions"] == 2
    wrong = act(waiting, do="start_session", name="Nobody")
    assert (wrong.status_code, "no representative called 'Nobody'" in wrong.json()["error"]) == (400, True)


def test_somebody_may_log_in_with_sessions(run):
    running = run()
    act(running, do="log_in", name="Cleo Example", sessions=3)
    assert (state(running)["sessions"], state(running)["representatives"][-1]) == (5, "Cleo Example")
    assert act(running, do="log_in", name="Cleo Example", sessions=-1).status_code == 400


def test_xml_tells_of_a_representative_what_json_tells(run, caller):
    running = run()
    text = caller(running).command("get_connected_clients", type="representative").text
    lsids = list(running.machine().people.sessions(running.now()))
    assert all(f"<lsid>{lsid}</lsid>" in text for lsid in lsids)
    assert "<support_session_count>2</support_session_count>" in text
