# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The control port."""

import hashlib

import pytest
import requests
from simulator.control import Control
from werkzeug.test import EnvironBuilder, run_wsgi_app


@pytest.fixture
def control(run):
    """control(method, path, **options) on a small world; .running is the world."""
    running = run()

    def call(method, path, **options):
        return requests.request(method, running.control_url + path, timeout=60, **options)

    call.running = running
    return call


def test_it_explains_itself(control):
    assert "POST /act" in control("GET", "/").json()["addresses"]
    wrong = control("GET", "/nothing")
    assert (wrong.status_code, "GET /state" in wrong.json()["help"]) == (404, True)


def test_the_state_shows_every_appliance(control):
    state = control("GET", "/state").json()
    [box] = state["appliances"]
    assert (box["name"], box["base"], box["version"], box["down"]) == ("a", "6.2.0", "23.2.1", None)
    assert box["packages"]["base-7"] == "available"
    assert box["clients"]["online"] == 100


def test_the_clock_is_moved_set_and_sped_up(control):
    assert control("POST", "/clock", json={"advance": 60}).json()["now"] == "2026-03-01T00:01:00+00:00"
    assert control("POST", "/clock", json={"set": "2026-01-01"}).json()["now"] == "2026-01-01T00:00:00+00:00"
    assert control("POST", "/clock", json={"speed": 5}).json()["speed"] == 5
    for wrong in ({"advance": -1}, {"hurry": 1}, {"set": "soon"}):
        assert control("POST", "/clock", json=wrong).status_code == 400


def test_time_that_passes_moves_the_world(control):
    control.running.machine().start_install("base-7")
    control("POST", "/clock", json={"advance": 3600})
    assert control("GET", "/state").json()["appliances"][0]["base"] == "7.0.0"


def test_the_log_is_read_filtered_and_emptied(control, caller):
    client = caller(control.running)
    client.command("check_health")
    client.call("POST", "/api/config/v1/jump-client/installer", json={"jump_group_id": 1})
    assert len(control("GET", "/requests").json()) == 3
    assert [one["n"] for one in control("GET", "/requests?effect=write").json()] == [3]
    assert [one["n"] for one in control("GET", "/requests?since=2").json()] == [3]
    assert control("GET", "/requests?appliance=b").json() == []
    assert control("DELETE", "/requests").json() == []
    client.command("check_health")
    assert [one["n"] for one in control("GET", "/requests").json()] == [4]


def test_faults_are_scripted_shown_and_taken_away(control, caller):
    spec = {"fault": "status", "match": {"path": "/check_health"}, "status": 500}
    [shown] = control("POST", "/faults", json=spec).json()
    assert (shown["fault"], shown["left"], shown["hits"]) == ("status", 1, 0)
    assert caller(control.running).plain("GET", "/check_health").status_code == 500
    assert control("GET", "/faults").json()[0]["hits"] == 1
    assert control("DELETE", "/faults").json() == []
    wrong = control("POST", "/faults", json={"fault": "nothing"})
    assert (wrong.status_code, "no fault is called" in wrong.json()["error"]) == (400, True)


def test_another_world_begins_anew_on_the_same_port(control, caller):
    url = control.running.url
    state = control("POST", "/world", json={"name": "json_generation"}).json()
    assert state["world"] == "json_generation"
    assert state["appliances"][0]["url"] == url
    assert control("GET", "/requests").json() == []
    client = caller(control.running, "0c7f4d1e8a2b4c6d9e0f1a2b3c4d5e6f70819203", "c2ltdWxhdGVkLXNlY3JldC1mb3ItdGhlLWRlbW8tMDE=")
    assert client.get("/api/command/v2/health").json()["version"] == "26.1.1"


def test_world_file_is_used_as_written(control, small):
    answer = control("POST", "/world", data=small.replace("23.2.1", "22.3.1").encode())
    assert answer.json()["appliances"][0]["version"] == "22.3.1"
    wrong = control("POST", "/world", data=b"schema: 1\nnmae: x\n")
    assert (wrong.status_code, "did you mean 'name'" in wrong.json()["error"]) == (400, True)
    assert control("GET", "/state").json()["appliances"][0]["version"] == "22.3.1"


def test_appliances_open_and_close_ports(control, small):
    two = small.replace("appliances: [", "appliances: [{name: b, base: 6.2.0, version: 22.1.4}, ")
    urls = {one["name"]: one["url"] for one in control("POST", "/world", data=two.encode()).json()["appliances"]}
    assert urls["b"] == control.running.url_of("b")
    assert requests.get(urls["a"] + "/check_health", verify=control.running.ca_file, timeout=60).status_code == 200
    control("POST", "/world", data=small.encode())
    with pytest.raises(requests.exceptions.ConnectionError):
        requests.get(urls["a"] + "/check_health", verify=control.running.ca_file, timeout=60)


def act(control, **order):
    return control("POST", "/act", json=order)


def test_a_permission_is_withdrawn(control, caller):
    client = caller(control.running)
    assert client.get("/api/backup").status_code == 200
    act(control, do="set_permission", account="full", permission="perm_backup", value=False)
    assert client.get("/api/backup").status_code == 403


def test_a_disabled_account_loses_its_tokens(control, caller):
    client = caller(control.running)
    client.log_in()
    act(control, do="enable_account", account="full", enabled=False)
    act(control, do="enable_account", account="full", enabled=True)
    assert client.command("check_health").status_code == 401


def test_new_secret_invalidates_tokens_and_secret(control, caller):
    client = caller(control.running)
    client.log_in()
    secret = act(control, do="new_secret", account="full").json()["client_secret"]
    assert len(secret) == 44
    assert client.command("check_health").status_code == 401
    with pytest.raises(KeyError):
        client.log_in()
    client.secret = secret
    client.log_in()
    assert client.command("check_health").status_code == 200


def test_packages_are_withdrawn_and_offered(control):
    act(control, do="withdraw_package", package="base-7")
    assert "base-7" not in control("GET", "/state").json()["appliances"][0]["packages"]
    act(control, do="offer_package", package="base-7")
    assert "base-7" in control("GET", "/state").json()["appliances"][0]["packages"]


def test_clients_health_storage_and_settings_change(control):
    act(control, do="set_client", client=1, kind="lost")
    act(control, do="set_health", problem="Disk failure.")
    act(control, do="set_storage", percent_used=91)
    act(control, do="set_jump_settings", automatic="disabled", max_concurrent=5)
    act(control, do="log_in", name="Cleo Example")
    box = control("GET", "/state").json()["appliances"][0]
    assert box["clients"]["lost"] == 5
    assert box["storage"]["percent_used"] == 91
    assert (box["jump_settings"]["automatic"], box["jump_settings"]["max_concurrent"]) == ("disabled", 5)
    assert "Cleo Example" in box["representatives"]
    assert control.running.machine().health_problem == "Disk failure."


def test_an_installation_is_finished_at_once(control):
    control.running.machine().start_install("base-7")
    assert act(control, do="finish_install").json()["advanced"] == 20 * 60
    assert control("GET", "/state").json()["appliances"][0]["base"] == "7.0.0"


def test_control_requests_are_no_writes(control, caller):
    act(control, do="restart")
    control("POST", "/clock", json={"advance": 400})
    caller(control.running).command("check_health")
    assert control("GET", "/requests?effect=write").json() == []


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        ({"do": "set_helth"}, "did you mean 'set_health'"),
        ({"do": "set_permission", "account": "x", "permission": "perm_backup", "value": 1}, "no API account is called 'x'"),
        ({"do": "set_permission", "account": "full", "permission": "perm_x", "value": 1}, "no permission is called"),
        ({"do": "withdraw_package", "package": "x"}, "known: base-7, site-24, site-25"),
        ({"do": "set_health", "text": "x"}, "takes: problem"),
        ({"do": "restart", "appliance": "z"}, "no appliance is called 'z'"),
        ({"do": "set_client", "client": 1, "kind": "happy"}, "kind one of"),
        ({"do": "set_allow_list", "account": "full", "addresses": ["here"]}, "'here' does not appear to be"),
        ({"do": "set_jump_settings", "max_concurrent": 501}, "max_concurrent: 501 is greater than"),
        ({"do": "set_jump_settings", "speed": 1}, "takes: max_concurrent, bandwidth"),
        ({"do": "set_storage", "percent_used": "full"}, "percent_used: 'full' is not of type"),
        ({"do": "set_permission", "account": "full", "permission": "perm_command", "value": "all"}, "not one of deny"),
        ({"do": "expire_web_password", "area": "login", "username": "eve"}, "no account of 'login' is called 'eve'"),
        ([], "a JSON object is expected"),
    ],
)
def test_wrong_act_is_refused_with_a_sentence(control, order, sentence):
    answer = control("POST", "/act", json=order)
    assert (answer.status_code, sentence in answer.json()["error"]) == (400, True), answer.text


def test_offline_files_need_the_key(control):
    listed = {one["id"]: one for one in control("GET", "/packages").json()}
    key = control.running.machine().download_key()
    file = control("GET", f"/packages/base-7?key={key}").content
    assert hashlib.sha256(file).hexdigest() == listed["base-7"]["sha256"]
    assert control("GET", "/packages/base-7?key=WRONG").status_code == 404


def test_it_answers_to_the_loopback_only(control):
    answer = control("GET", "/state", headers={"Host": "evil.example.com:80"})
    assert answer.status_code == 403


def test_settings_may_be_hidden_and_shown_again(control):
    machine = control.running.machine()
    assert control("POST", "/act", json={"do": "hide_jump_settings", "fields": ["bandwidth"]}).status_code == 200
    assert machine.jump_settings_hidden == ["bandwidth"]
    assert control("POST", "/act", json={"do": "hide_jump_settings", "fields": ["colour"]}).status_code == 400
    control("POST", "/act", json={"do": "hide_jump_settings", "fields": []})
    assert machine.jump_settings_hidden == []


def test_the_simulator_ends_after_its_response_was_sent(control):
    """Its process does not wait for threads, so the response would be cut off otherwise."""
    stopped, running = [], control.running
    app = Control(running.simulation, None, lambda: stopped.append(True))
    environ = EnvironBuilder(path="/stop", method="POST", base_url="http://127.0.0.1:1/").get_environ()
    body, status, _headers = run_wsgi_app(app, environ)
    assert status == "200 OK" and b"".join(body) and stopped == []
    body.close()
    assert stopped == [True]
