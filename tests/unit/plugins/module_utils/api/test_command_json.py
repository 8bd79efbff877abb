# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.api.command_json import CommandJson
from ansible_collections.bomgar.appliance.plugins.module_utils.api.command_xml import CommandXml
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    AccessDenied,
    NotFound,
    NotUnderstood,
    PermissionMissing,
    Refused,
)

from tests.support.command_json import BASE, GUID, give


@pytest.fixture
def command(transport, account):
    return CommandJson(transport, account)


def test_info_tells_product_clock_and_permissions(answers, command, recorded):
    give(answers, "/info", recorded("command_json/info.json"))
    info = command.info()
    assert (info.api_version, info.product, info.clock, info.generation) == ("2.0.0", "pra", 1_700_000_000.0, "json")
    assert info.permissions == {"perm_backup": True, "perm_command": "read_only", "perm_configuration": True, "perm_scim": False}
    assert answers.calls[0].request.headers["Accept"] == "application/json"


@pytest.mark.parametrize("field", ["command_api_version", "product", "current_time", "permissions"])
def test_info_without_a_required_field_names_it(answers, command, recorded, field):
    body = json.loads(recorded("command_json/info.json"))
    del body[field]
    give(answers, "/info", json.dumps(body))
    with pytest.raises(NotUnderstood, match=f"'{field}'"):
        command.info()


def test_both_generations_return_the_same_values(answers, transport, account, recorded):
    xml_url, values = "https://a.example.com/api/command", []
    for name in ("check_health_primary", "get_appliances", "get_logged_in_reps"):
        answers.get(xml_url, body=recorded(f"command_xml/{name}.xml"))
    for path, name in (("/health", "health"), ("/appliance", "appliance"), ("/user", "user")):
        give(answers, path, recorded(f"command_json/{name}.json"))
    for generation in (CommandXml(transport, account), CommandJson(transport, account)):
        values.append([generation.health().as_dict(), generation.members(), generation.logged_in()])
    assert [side[0].pop("cluster_role") for side in values] == ["", "single"]  # XML does not tell it
    assert values[0] == values[1]


def test_clients_are_counted_under_the_names_of_xml(answers, command, recorded):
    give(answers, "/appliance/client-count", recorded("command_json/client_count.json"))
    assert command.client_counts() == {"representative": 5, "support_customer": 2, "push_agent": 3}


def test_counts_of_remote_support_are_known_by_words(answers, command):
    row = {"id": GUID, "representatives": 3, "support_customers": 2, "jump_clients": 9, "robots": 1}
    give(answers, "/appliance/client-count", json.dumps([row]))
    assert command.client_counts() == {"representative": 3, "support_customer": 2, "pinned_client": 9, "robots": 1}


def test_new_field_beside_counts_is_ignored(answers, command):
    give(answers, "/appliance/client-count", json.dumps([{"id": GUID, "asset_clients": 2, "name": "A", "healthy": True, "note": None}]))
    assert command.client_counts() == {"support_customer": 2}


@pytest.mark.parametrize("count", [None, "", "many", True])
def test_a_count_that_is_none_is_not_understood(answers, command, count):
    give(answers, "/appliance/client-count", json.dumps([{"id": GUID, "asset_clients": count}]))
    with pytest.raises(NotUnderstood, match="asset_clients"):
        command.client_counts()


def test_403_names_the_permission(answers, command):
    give(answers, "/health", '{"message": "Forbidden"}', 403)
    with pytest.raises(PermissionMissing, match="lacks perm_command") as caught:
        command.health()
    assert caught.value.facts == {"permission": "perm_command"}


def test_400_passes_the_appliances_words_on(answers, command):
    give(answers, "/user", '{"message": "Unknown query parameter"}', 400)
    with pytest.raises(Refused, match="Unknown query parameter"):
        command.logged_in()


def test_a_login_page_instead_of_data_is_named(answers, command, recorded):
    give(answers, "/health", recorded("pages_instead/login.html"))
    with pytest.raises(NotUnderstood, match="login page instead of data"):
        command.health()


@pytest.mark.parametrize("body", ["", "[1]", '{"a": 1}', "hello"])
def test_a_list_that_is_none_is_not_understood(answers, command, body):
    give(answers, "/appliance", body)
    with pytest.raises(NotUnderstood):
        command.members()


def test_a_session_is_ended_by_one_delete(answers, command):
    answers.delete(f"{BASE}/session/{GUID}", status=204)
    answers.delete(f"{BASE}/session/{GUID}", status=404, json={"message": "No such session"})
    command.terminate_session(GUID)
    with pytest.raises(NotFound, match="No such session"):
        command.terminate_session(GUID)


def test_a_person_is_logged_out_by_one_post(answers, command):
    answers.post(f"{BASE}/user/12/logout", status=204)
    command.logout(12)


def test_a_token_refused_twice_is_access_denied(answers, command, recorded):
    for _time in range(2):
        give(answers, "/health", recorded("command_json/access_denied.json"), 401)
    with pytest.raises(AccessDenied, match="even with a fresh token"):
        command.health()


def test_running_sessions_are_read_from_any_client_type(answers, command):
    first, second = "a" * 32, "B" * 32
    give(
        answers,
        "/client",
        json.dumps(
            [
                {"id": 1, "type": "access_console", "session_lsids": [first, second], "session_count": 2},
                {"id": 2, "type": "something_of_rs", "lsid": first},
                {"id": 3, "type": "access_console", "session_lsids": None},
                {"id": 4, "type": "asset_client", "lsid": ""},
                {"id": 5, "type": "gateway"},
            ]
        ),
    )
    assert command.sessions() == (first, second)


@pytest.mark.parametrize(("rows", "told"), [([], ()), ([{"id": 5, "type": "gateway"}], None), ([{"id": 1, "session_lsids": []}], ())])
def test_clients_without_ids_differ_from_no_sessions(answers, command, rows, told):
    give(answers, "/client", json.dumps(rows))
    assert command.sessions() == told


@pytest.mark.parametrize("row", [{"session_lsids": "x"}, {"session_lsids": [1]}, {"lsid": 7}, {"lsid": "../1"}, {"session_lsids": ["x"]}])
def test_a_malformed_session_id_is_not_understood(answers, command, row):
    give(answers, "/client", json.dumps([row]))
    with pytest.raises(NotUnderstood, match="lsid"):
        command.sessions()
