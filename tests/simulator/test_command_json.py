# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Command API v2 in JSON."""

import pytest
import yaml

BASE = "/api/command/v2"
HEALTH = {
    "version",
    "build",
    "appliance_hostname",
    "appliance_id",
    "cluster_role",
    "failover_role",
    "enabled_shared_ips",
    "last_data_sync",
    "last_data_sync_status",
}


@pytest.fixture
def modern(small):
    return small.replace("version: 23.2.1}", "version: 26.1.1}")


def test_older_products_do_not_have_it(run, caller):
    assert caller(run()).get(f"{BASE}/health").status_code == 404


def test_world_may_give_json_to_older_product(run, caller, small):
    assert caller(run(small + "features: {json_v2: true}\n")).get(f"{BASE}/health").status_code == 200


def test_info_tells_product_clock_and_permissions(run, caller, modern):
    facts = caller(run(modern)).get(f"{BASE}/info").json()
    assert facts["product"] == "rs"
    assert facts["current_time"] == "2026-03-01T00:00:00+00:00"
    assert facts["permissions"]["perm_command"] == "full_access"
    assert facts["permissions"]["perm_backup"] is True
    assert {"command_api_version", "config_api_version", "reporting_api_version", "backup_api_version"} <= set(facts)


def test_health_has_all_nine_keys(run, caller, modern):
    running = run(modern)
    answer = caller(running).get(f"{BASE}/health")
    assert (answer.status_code, set(answer.json())) == (200, HEALTH)
    assert answer.json()["version"] == "26.1.1"


@pytest.mark.parametrize(("role", "sync"), [("primary", "2026-02-28T23:55:00+00:00"), ("backup", None)])
def test_only_the_primary_tells_its_last_sync(run, caller, modern, role, sync):
    text = modern.replace("version: 26.1.1}", f"failover_role: {role}, cluster_role: primary, version: 26.1.1}}")
    facts = caller(run(text)).get(f"{BASE}/health").json()
    assert (facts["failover_role"], facts["cluster_role"], facts["last_data_sync"]) == (role, "primary", sync)


def test_unhealthy_is_500_with_a_message(run, caller, modern):
    running = run(modern)
    running.machine().health_problem = "Disk failure."
    answer = caller(running).get(f"{BASE}/health")
    assert answer.status_code == 500
    assert set(answer.json()) == HEALTH | {"message"}
    assert answer.json()["enabled_shared_ips"] is None


def test_health_may_be_a_minute_old(run, caller, modern):
    running = run(modern)
    client = caller(running)
    assert client.get(f"{BASE}/health").status_code == 200
    running.machine().health_problem = "Disk failure."
    running.advance(59)
    assert client.get(f"{BASE}/health").status_code == 200
    running.advance(1)
    assert client.get(f"{BASE}/health").status_code == 500


def test_an_unknown_parameter_or_field_is_400(run, caller, modern):
    client = caller(run(modern))
    assert client.get(f"{BASE}/health?verbose=1").status_code == 400
    assert client.call("POST", f"{BASE}/failover-role", json={"role": "backup", "now": True}).status_code == 400


def test_permissions_are_403(run, caller, modern):
    running = run(modern)
    assert caller(running, "nobody").get(f"{BASE}/health").status_code == 403
    assert caller(running, "reader").get(f"{BASE}/health").status_code == 200
    assert caller(running, "reader").call("POST", f"{BASE}/user/1/logout").status_code == 403


def test_a_bad_token_is_401_access_denied(run, caller, modern):
    answer = caller(run(modern)).plain("GET", f"{BASE}/health", headers={"Authorization": "Bearer no"})
    assert (answer.status_code, answer.json()["error"]) == (401, "access_denied")


def test_head_options_and_wrong_methods(run, caller, modern):
    client = caller(run(modern))
    head = client.call("HEAD", f"{BASE}/health")
    assert (head.status_code, head.content) == (200, b"")
    options = client.call("OPTIONS", f"{BASE}/health")
    assert set(options.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    wrong = client.call("PUT", f"{BASE}/health")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert client.get(f"{BASE}/nothing").json() == {"message": "Not found."}


def test_appliance_and_counts(run, caller, modern):
    client = caller(run(modern))
    [member] = client.get(f"{BASE}/appliance").json()
    assert member["accepting_connections"] is True
    assert member["timezone_offset"] == 0
    [counts] = client.get(f"{BASE}/appliance/client-count").json()
    assert counts["representative_consoles"] == 2
    assert not [key for key in counts if "jump_client" in key]


def test_pra_has_its_own_words(run, caller, modern):
    client = caller(run(modern.replace("product: rs", "product: pra")))
    [counts] = client.get(f"{BASE}/appliance/client-count").json()
    assert set(counts) == {"id", "access_consoles", "asset_clients", "gateways"}
    consoles = client.get(f"{BASE}/client?type=access_console").json()
    assert [one["display_name"] for one in consoles] == ["Ada Example", "Ben Example"]
    assert consoles[0]["timezone_offset"] == "0"
    assert client.get(f"{BASE}/client?type=toaster").status_code == 422


def test_one_client_and_its_connections(run, caller, modern):
    client = caller(run(modern))
    number = client.get(f"{BASE}/client").json()[0]["id"]
    assert client.get(f"{BASE}/client/{number}").json()["id"] == number
    assert client.get(f"{BASE}/client/{number}/connections").json()["connections"][0]["purpose"] == "primary"
    assert client.get(f"{BASE}/client/999999").status_code == 404


def test_a_person_is_logged_out_once(run, caller, modern):
    running = run(modern)
    client = caller(running)
    assert [one["session_count"] for one in client.get(f"{BASE}/user").json()] == [2, 0]
    assert client.call("POST", f"{BASE}/user/1/logout").status_code == 204
    assert client.call("POST", f"{BASE}/user/1/logout").status_code == 404
    assert [one["display_name"] for one in client.get(f"{BASE}/user").json()] == ["Ben Example"]
    assert [one["write"] for one in running.requests("write")] == ["log out 1"]


def test_sessions_have_attributes_and_an_end(run, caller, modern):
    running = run(modern)
    client = caller(running)
    lsid = next(iter(running.machine().people.sessions(running.machine().now())))
    assert client.call("PATCH", f"{BASE}/session/{lsid}", json={"ticket": "4711"}).status_code == 200
    assert client.get(f"{BASE}/session/{lsid}").json() == [{"code_name": "ticket", "value": "4711"}]
    assert client.call("PATCH", f"{BASE}/session/{lsid}", json={"ticket": "x" * 1025}).status_code == 422
    assert client.call("DELETE", f"{BASE}/session/{lsid}").status_code == 204
    assert client.call("DELETE", f"{BASE}/session/{lsid}").status_code == 404


def test_a_machine_alone_refuses_a_role(run, caller, modern):
    client = caller(run(modern))
    answer = client.call("POST", f"{BASE}/failover-role", json={"role": "backup"})
    assert (answer.status_code, "failover" in answer.json()["errors"]["role"][0]) == (422, True)
    assert client.call("POST", f"{BASE}/failover-role", json={}).status_code == 422


def test_it_describes_itself(run, caller, modern):
    answer = caller(run(modern)).get(f"{BASE}/openapi.yaml")
    assert answer.headers["Content-Type"] == "application/yaml"
    document = yaml.safe_load(answer.text)
    assert document["info"]["version"] == "2.0.0"
    assert set(document["paths"]["/session/{lsid}"]) == {"get", "patch", "delete"}
