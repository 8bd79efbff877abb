# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Command API in XML."""

from xml.etree import ElementTree

import pytest
from simulator import world
from simulator.clock import Clock
from simulator.generations import Generation
from simulator.machine import Machine


def tree(answer):
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "text/xml; charset=UTF-8"
    return ElementTree.fromstring(answer.text)


def local(element):
    return element.tag.rpartition("}")[2]


def children(element):
    return {local(child): child.text for child in element}


def test_the_answer_looks_like_the_recorded_one(run, caller):
    answer = caller(run()).command("check_health")
    lines = answer.text.split("\n")
    assert lines[:2] == ['<?xml version="1.0" encoding="UTF-8"?>', ""]
    assert lines[2] == '<health_check xmlns="https://www.beyondtrust.com/namespaces/API/command">'
    assert answer.headers["Transfer-Encoding"] == "chunked"
    assert answer.headers["Connection"] == "close"
    assert answer.headers["Server"] == "Apache"
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_check_health_leaves_out_what_there_is_not(run, caller):
    running = run()
    client, machine = caller(running), running.machine()
    root = tree(client.command("check_health"))
    assert local(root) == "health_check"
    assert children(root) == {
        "appliance": "a.example.com",
        "version": f"23.2.1 ({machine.build})",
        "success": "1",
        "failover_role": "none",
    }
    assert root[0].get("id") == machine.guid


def test_primary_reports_shared_addresses_and_sync(run, caller, small):
    role = "failover_role: primary, cluster_role: primary, shared_ips: [192.0.2.10], version: 23.2.1"
    client = caller(run(small.replace("version: 23.2.1", role)))
    root = tree(client.command("check_health"))
    facts = children(root)
    assert (facts["failover_role"], facts["last_data_sync_status"]) == ("primary", "Success")
    assert facts["last_data_sync_time"] == "2026-02-28T23:55:00+00:00"
    assert [one.get("ts") for one in root if local(one) == "last_data_sync_time"] == ["1772322900"]
    assert [one.text for one in root.iter() if local(one) == "ip"] == ["192.0.2.10"]
    assert children(tree(client.command("get_appliances"))[0])["cluster_role"] == "master"


def test_an_unhealthy_machine_says_why(run, caller):
    running = run()
    running.machine().health_problem = "Disk failure & smoke"
    facts = children(tree(caller(running).command("check_health")))
    assert (facts["success"], facts["error_message"]) == ("0", "Disk failure & smoke")


def test_get_api_info_tells_clock_and_permissions(run, caller):
    running = run()
    root = tree(caller(running, "reader").command("get_api_info"))
    assert local(root) == "api_information"
    facts = children(root)
    assert facts["api_version"] == "1.23.1"
    assert facts["company_name"] == "Example Ltd"
    assert int(facts["timestamp"]) == running.machine().now()
    given = {one.get("name"): one.text for one in root.iter() if local(one) == "permission"}
    assert (given["perm_command"], given["perm_backup"]) == ("read_only", "0")


def test_parameters_may_be_a_form_not_multipart(run, caller):
    client = caller(run())
    assert local(tree(client.call("POST", "/api/command", data={"action": "check_health"}))) == "health_check"
    answer = client.call("POST", "/api/command", data={"action": "check_health"}, files={"x": b"y"})
    assert children(tree(answer)) == {}
    assert "not supported" in tree(answer).text


def test_unknown_action_is_error_with_200(run, caller):
    root = tree(caller(run()).command("make_coffee"))
    assert (local(root), root.text) == ("error", "Invalid action")


def test_list_error_may_be_a_child(run, caller):
    root = tree(caller(run()).command("get_connected_clients", id=",".join(map(str, range(101)))))
    assert local(root) == "connected_clients"
    assert "at most 100" in children(root)["error"]


@pytest.mark.parametrize(("client_id", "action"), [("nobody", "check_health"), ("nobody", "get_api_info"), ("reader", "terminate_session")])
def test_a_missing_permission_looks_like_a_missing_document(run, caller, client_id, action):
    answer = caller(run(), client_id).command(action, lsid="0" * 32)
    assert answer.status_code == 404
    assert "Document Not Found" in answer.text


def test_the_switched_off_xml_api_looks_the_same(run, caller, small):
    answer = caller(run(small + "features: {xml_api_enabled: false}\n")).command("check_health")
    assert answer.status_code == 404
    assert "Document Not Found" in answer.text


def test_get_appliances_lists_the_machine(run, caller):
    running = run()
    root = tree(caller(running).command("get_appliances"))
    assert children(root[0]) == {
        "name": "a",
        "public_hostname": "a.example.com",
        "cluster_role": "single",
        "failover_role": "none",
        "accepting_connections": "1",
        "timezone_offset": "0",
    }


def counts(answer):
    return {one.get("type"): int(one.text) for one in tree(answer).iter() if local(one) == "count"}


def test_jump_clients_are_only_counted(run, caller):
    client = caller(run())
    answer = client.command("get_connected_client_list", summary_only="1")
    assert counts(answer) == {
        "representative": 2,
        "support_customer": 2,
        "presentation_attendee": 0,
        "push_agent": 1,
        "pinned_client": 100,
    }
    assert [local(one) for one in tree(answer)] == ["connected_client_summary"]
    root = tree(client.command("get_connected_client_list", type="pinned_client"))
    assert "Invalid type" in children(root)["error"]
    assert counts(client.command("get_connected_client_list", type="representative")) == {"representative": 2}


def test_clients_are_listed_by_id(run, caller):
    client = caller(run())
    listed = tree(client.command("get_connected_client_list", type="representative"))
    ids = [one.get("id") for one in listed if local(one) == "connected_client"]
    root = tree(client.command("get_connected_clients", id=ids[0], include_connections="1"))
    assert [local(one) for one in root] == ["connected_representative"]
    assert {"hostname", "platform", "connected_since", "client_connections"} <= set(children(root[0]))


def test_logged_in_people_are_listed_with_their_sessions(run, caller):
    root = tree(caller(run()).command("get_logged_in_reps"))
    first = children(root[0])
    assert (first["private_display_name"], first["support_session_count"], first["type"]) == ("Ada Example", "2", "Normal")
    assert root[0].get("id") == "1"


def test_a_session_can_be_ended_once(run, caller):
    running = run()
    lsid = next(iter(running.machine().people.sessions(running.machine().now())))
    client = caller(running)
    root = tree(client.command("terminate_session", lsid=lsid))
    assert (local(root), root.text) == ("success", "Successfully terminated")
    assert local(tree(client.command("terminate_session", lsid=lsid))) == "error"
    assert [one["write"] for one in running.requests("write")] == [f"terminate session {lsid}"]


def test_a_machine_alone_refuses_a_role(run, caller):
    root = tree(caller(run()).command("set_failover_role", role="backup"))
    assert (local(root), "failover" in root.text) == ("error", True)


def generation(small, product, version):
    text = small.replace("product: rs", f"product: {product}").replace("version: 23.2.1", f"version: {version}")
    chosen = world.parse(text)
    return Generation(Machine(chosen, chosen["appliances"][0], Clock(0, 0)))


@pytest.mark.parametrize(
    ("product", "version", "namespace"),
    [
        ("rs", "15.2.2", "http://www.bomgar.com/namespaces/API/command"),
        ("rs", "17.1.1", "https://www.bomgar.com/namespaces/API/command"),
        ("rs", "19.1.8", "http://www.bomgar.com/namespaces/API/command"),
        ("rs", "22.1.4", "https://www.beyondtrust.com/namespaces/API/command"),
        ("pra", "22.1.4", "https://www.beyondtrust.com/namespaces/API/command"),
        ("pra", "24.3.2", "http://www.beyondtrust.com/sra/namespaces/API/command"),
    ],
)
def test_the_namespace_follows_product_and_version(small, product, version, namespace):
    assert generation(small, product, version).namespace == namespace


@pytest.mark.parametrize(
    ("product", "version", "api"),
    [
        ("rs", "10.6.0", "1.5.0"),
        ("rs", "14.3.1", "1.12.0"),
        ("rs", "16.1.0", "1.15.0"),
        ("pra", "16.1.0", "1.15.1"),
        ("pra", "18.1.0", "1.17.0"),
        ("rs", "18.1.0", "1.16.0"),
        ("rs", "19.1.8", "1.19.0"),
        ("rs", "21.2.0", "1.21.0"),
        ("pra", "21.2.0", "1.21.1"),
        ("rs", "22.3.1", "1.22.2"),
        ("pra", "23.1.3", "1.22.3"),
        ("rs", "24.3.1", "1.24.1"),
    ],
)
def test_the_api_version_follows_product_and_version(small, product, version, api):
    assert generation(small, product, version).api_version == api


def test_abilities_come_with_their_versions(small):
    old, newer = generation(small, "rs", "14.1.1"), generation(small, "rs", "14.2.0")
    assert (old.check_health, newer.check_health) == (False, True)
    assert not generation(small, "pra", "20.1.1").client_lists
    assert generation(small, "pra", "21.2.1").client_lists
    assert not generation(small, "rs", "25.2.1").json_v2
    assert generation(small, "rs", "26.1.1").json_v2
    assert not generation(small, "rs", "20.2.1").configuration_api
    assert generation(small, "rs", "24.2.1").company_name
    assert not generation(small, "rs", "24.3.1").company_name


def test_old_versions_do_not_know_check_health(run, caller):
    """Before 14.2 check_health is an invalid action."""
    users = "accounts: {legacy_users: [{username: u, password: p}]}\n"
    head = "schema: 1\nname: old\nproduct: rs\nappliances: [{name: a, base: 4.0.1, version: 14.1.1}]\n"
    client = caller(run(head + users))
    answer = client.plain("GET", "/api/command?action=check_health&username=u&password=p")
    assert tree(answer).text == "Invalid action"
    assert client.plain("GET", "/check_health").status_code == 404


LEGACY = {"username": "api-user", "password": "api-password"}


@pytest.mark.parametrize("path", ["/api/command", "/api/command.ns"])
@pytest.mark.parametrize("where", ["params", "data"])
def test_old_products_take_user_name_and_password(run, caller, path, where):
    running = run("old_xml")
    given = {"action": "check_health", **LEGACY}
    answer = caller(running).plain("POST" if where == "data" else "GET", path, **{where: given})
    assert children(tree(answer))["version"].startswith("15.2.2 (")
    assert answer.headers["Server"] == "Bomgar"
    assert running.requests()[-1]["account"] == "api-user"
    assert "api-password" not in str(running.requests())


def test_wrong_old_password_is_error_with_200(run, caller):
    client = caller(run("old_xml"))
    answer = client.plain("GET", "/api/command", params={"action": "check_health", **LEGACY, "password": "no"})
    assert tree(answer).text == "Invalid credentials"


def test_health_needs_an_old_administrator(run, caller):
    """Such a user must be an administrator for check_health, but not for get_api_info."""
    text = world.SHIPPED.joinpath("old_xml.yml").read_text()
    text = text.replace("password: api-password}", "password: api-password, administrator: false}")
    client = caller(run(text))
    assert client.plain("GET", "/api/command", params={"action": "check_health", **LEGACY}).status_code == 404
    assert client.plain("GET", "/api/command", params={"action": "get_api_info", **LEGACY}).status_code == 200


def test_old_users_remain_after_16_1(run, caller):
    """Old users exist after 16.1 only where they existed before."""
    running = run("old_xml")
    running.machine().version = "18.2.1"
    answer = caller(running).plain("GET", "/api/command", params={"action": "check_health", **LEGACY})
    assert children(tree(answer))["version"].startswith("18.2.1")
    answer = caller(run()).plain("GET", "/api/command", params={"action": "check_health", **LEGACY})
    assert answer.status_code == 401
