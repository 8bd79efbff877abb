# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Scripted faults."""

import pytest
import requests
from simulator.faults import AFTER, BEFORE, Fault, FaultError


def broken(client, path="/api/command?action=check_health"):
    with pytest.raises((requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        client.get(path)


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_dropped_connections(run, caller, kind):
    running = run()
    client = caller(running)
    client.log_in()
    running.fault(kind)
    broken(client)
    assert client.command("check_health").status_code == 200, "once means once"


def test_lost_response_does_not_undo_the_write(run, caller):
    running = run()
    client = caller(running)
    client.log_in()
    lsid = next(iter(running.machine().people.sessions(running.machine().now())))
    running.fault("drop_after", match={"action": "terminate_session"})
    broken(client, f"/api/command?action=terminate_session&lsid={lsid}")
    assert lsid not in running.machine().people.sessions(running.machine().now())
    assert [(one["effect"], one["status"], one["fault"]) for one in running.requests("write")] == [("write", None, "drop_after")]


def test_before_the_write_it_is_not_done(run, caller):
    running = run()
    client = caller(running)
    client.log_in()
    lsid = next(iter(running.machine().people.sessions(running.machine().now())))
    running.fault("drop_before", match={"action": "terminate_session"})
    broken(client, f"/api/command?action=terminate_session&lsid={lsid}")
    assert lsid in running.machine().people.sessions(running.machine().now())
    assert running.requests("write") == []


def test_skip_times_and_match_choose_the_requests(run, caller):
    running = run()
    client = caller(running)
    running.fault("status", times=2, skip=1, match={"path": "/api/comm*", "method": "GET"}, status=502)
    client.plain("GET", "/check_health")
    assert [client.command("check_health").status_code for _call in range(5)] == [200, 502, 502, 200, 200]
    running.fault("status", times=None, match={"appliance": "b"})
    assert client.command("check_health").status_code == 200


def test_endless_fault_lasts_until_removed(run, caller):
    running = run()
    running.fault("status", times=None)
    assert [caller(running).plain("GET", "/check_health").status_code for _call in range(5)] == [503] * 5
    running.simulation.faults.clear()
    assert caller(running).plain("GET", "/check_health").status_code == 200


def test_delay_uses_the_given_sleep(run, caller):
    slept = []
    running = run(sleep=slept.append)
    running.fault("delay", seconds=7)
    caller(running).plain("GET", "/check_health")
    assert slept == [7]
    running.fault("slow_drip", seconds=2, size=10)
    answer = caller(running).plain("GET", "/check_health")
    assert answer.text == "The appliance is healthy.\n"
    assert slept[1:] == [2] * 3


def test_other_bodies_in_place_of_the_answer(run, caller):
    running = run()
    client = caller(running)
    client.log_in()
    running.fault("body", body="<html>proxy</html>", content_type="text/html")
    assert client.command("check_health").text == "<html>proxy</html>"
    running.fault("login_page")
    assert 'type="password"' in client.command("check_health").text
    running.fault("json_error", text="Nope.", status=200)
    assert client.command("check_health").json() == {"message": "Nope."}
    running.fault("json_error")
    assert client.command("check_health").status_code == 401


@pytest.mark.parametrize(("options", "root"), [({}, "<error xmlns="), ({"inside": "appliances"}, "<appliances xmlns=")])
def test_an_xml_error_within_a_200(run, caller, options, root):
    running = run()
    running.fault("xml_error", match={"path": "/api/command"}, text="Try later.", **options)
    answer = caller(running).command("get_appliances")
    assert answer.status_code == 200
    assert root in answer.text
    assert "Try later.</error>" in answer.text


def test_a_cut_body_breaks_the_connection(run, caller):
    running = run()
    client = caller(running)
    client.log_in()
    running.fault("truncate")
    broken(client, "/api/backup")
    running.fault("truncate", keep=20)
    broken(client, "/")


def test_fields_disappear_or_change_type(run, caller):
    running = run()
    client = caller(running)
    client.log_in()
    running.fault("remove_field", field="success")
    assert "success" not in client.command("check_health").text
    running.fault("wrong_type", field="success")
    assert "<success>unexpected text</success>" in client.command("check_health").text
    path = "/api/config/v1/jump-client?per_page=5"
    running.fault("remove_field", field="needs_update")
    assert all("needs_update" not in row for row in client.get(path).json())
    running.fault("wrong_type", field="needs_update", value=None)
    assert [row["needs_update"] for row in client.get(path).json()] == [None] * 5
    running.fault("wrong_type", field="name")
    assert client.get(path).json()[0]["name"] == 12345


def test_a_wrong_content_type(run, caller):
    running = run()
    client = caller(running)
    client.log_in()
    running.fault("content_type", content_type="text/plain")
    assert client.command("check_health").headers["Content-Type"] == "text/plain"


def test_tokens_expire_at_once(run, caller):
    running = run()
    client = caller(running)
    client.log_in()
    running.fault("expire_token")
    assert client.command("check_health").status_code == 401
    client.log_in()
    assert client.command("check_health").status_code == 200


def test_two_faults_hit_the_same_request(run, caller):
    running = run()
    running.fault("body", body="half")
    running.fault("content_type", content_type="text/xml")
    answer = caller(running).plain("GET", "/check_health")
    assert (answer.text, answer.headers["Content-Type"]) == ("half", "text/xml")


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ({"fault": "drop_befor"}, "did you mean 'drop_before'"),
        ({"fault": "delay", "secnds": 3}, "does not know 'secnds'"),
        ({"fault": "delay", "match": {"host": "x"}}, "does not know 'host'"),
        ({"fault": "remove_field"}, "needs a field"),
        ({}, "no fault is called None"),
    ],
)
def test_wrong_fault_is_refused_with_a_sentence(spec, sentence):
    with pytest.raises(FaultError, match=sentence):
        Fault(1, spec)


def test_every_fault_is_in_the_readme():
    from simulator.world import HERE

    text = (HERE / "README.md").read_text(encoding="utf-8")
    assert [kind for kind in BEFORE + AFTER if f"`{kind}`" not in text] == []


def test_something_may_happen_at_a_request(run, caller):
    running = run()
    client = caller(running)
    client.log_in()
    running.fault("act", skip=1, act={"do": "set_health", "problem": "disk"})
    first, second = (client.plain("GET", "/check_health").text for _call in range(2))
    assert first != second and running.machine().health_problem == "disk"


def test_list_says_what_cannot_happen(run, caller):
    running = run()
    running.fault("act", act={"do": "install_package", "package": "no such package"})
    assert caller(running).plain("GET", "/check_health").status_code == 200
    assert "no package is called" in running.simulation.faults.shown()[0]["problem"]


def test_every_field_in_turn_may_be_missing(run, caller):
    running = run()
    client = caller(running)
    client.log_in()
    whole = client.command("get_api_info").text
    cut = []
    for number in range(4):
        running.fault("remove_field", nth=number)
        cut.append(client.command("get_api_info").text)
    assert len({whole, *cut}) == 5


def test_a_machine_that_flaps_comes_and_goes(run, caller):
    running = run()
    client = caller(running)
    running.machine().flap(2, 30)
    seen = []
    for _look in range(5):
        try:
            client.plain("GET", "/check_health")
            seen.append(True)
        except requests.exceptions.ConnectionError:
            seen.append(False)
        running.advance(30)
    assert seen == [False, True, False, True, True]
