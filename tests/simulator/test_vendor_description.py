# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Configuration API against the vendor's description of it, as far as an upgrade asks for it.

The expectations stand here in our own words. Where VENDOR_OPENAPI names the vendor's own file (Remote Support 1.10), the answers are
also judged by it.
"""

import datetime
import os
import re

import pytest
import yaml

BASE = "/api/config/v1"
VENDOR = os.environ.get("VENDOR_OPENAPI", "")
WORD = {"code": r"[\w\\-]+", "guid": r"[0-9a-f]{32}"}
NEW_INSTALLER = {
    "name": "Kiosk",
    "jump_group_id": 2,
    "jump_group_type": "shared",
    "jump_policy_id": 3,
    "tag": "hall",
    "connection_type": "passive",
    "attended_session_policy_id": 2,
    "unattended_session_policy_id": None,
    "support_button_profile_code_name": "default",
    "allow_override_support_button_profile": True,
    "support_button_direct_queue": "team:general",
    "allow_override_support_button_direct_queue": True,
    "comments": "by hand",
    "valid_duration": 525600,
    "elevate_install": True,
    "elevate_prompt": False,
    "customer_client_start_mode": "hidden",
    "allow_override_jump_group": True,
    "allow_override_jump_policy": False,
    "allow_override_name": True,
    "allow_override_tag": True,
    "allow_override_comments": True,
    "allow_override_attended_session_policy": True,
    "allow_override_unattended_session_policy": True,
    "jumpoint_proxy": "One",
}
BAD_VALUES = {
    "jump_group_id": ["2", 0, None, True, 2**31],
    "name": [7, "n" * 129],
    "tag": ["t" * 65],
    "connection_type": ["uninstalled"],
    "attended_session_policy_id": [1],
    "support_button_profile_code_name": ["no blank"],
    "support_button_direct_queue": ["general"],
    "valid_duration": [9, 525601, "1440", 60.5],
    "elevate_install": ["true", 1, None],
    "customer_client_start_mode": ["loud"],
    "allow_override_tag": ["yes"],
    "jump_policy_id": [0],
}
GOOD_FILTERS = {
    "jump-client": [
        "name=client-00001",
        "hostname=CLIENT-00001",
        "fqdn=client-00001.corp.example.com",
        "tag=x",
        "jump_group_id=1",
        "jump_group_type=personal",
        "console_user=ada",
        "public_ip=198.51.100.1",
        "private_ip=10.0.0.1",
        "connection_type=uninstalled",
        "per_page=5&current_page=2",
    ],
    "jump-client/installer": [
        "name=x",
        "hostname=x",
        "fqdn=x",
        "tag=x",
        "jump_group_id=1",
        "jump_group_type=shared",
        "connection_type=passive",
    ],
    "jumpoint": ["name=One", "code_name=one", "public_ip=198.51.100.200", "private_ip=10.9.1.1", "hostname=jumpoint-1-1"],
    "api-account": ["name=x"],
    "jump-group": ["name=jump group 1", "code_name=jump_group_1"],
    "team": ["name=General", "code_name=general"],
    "user": ["username=admin", "email_address=user1@example.com", "security_provider_id=1"],
}
BAD_FILTERS = [
    "jump-client?jump_group_id=x",
    "jump-client?jump_group_id=0",
    "jump-client?jump_group_type=all",
    "jump-client?name=",
    "jump-client/installer?connection_type=uninstalled",
    "user?security_provider_id=one",
    "user?email_address=a",
    "jumpoint?per_page=1000",
    "jump-group?name=",
    "team?code_name=no%20blank",
]
ONE = ["jump-client/1", "jump-client/installer/1", "jumpoint/1", "api-account/1", "user/1", "jump-group/1", "team/1"]


@pytest.fixture
def client(run, caller, small):
    return caller(run(small.replace("version: 23.2.1}", "version: 25.2.1}").replace("name: Two", "name: R&D / Süd")))


def test_filters_work_and_wrong_values_are_422(client):
    for path, queries in GOOD_FILTERS.items():
        for query in queries:
            answer = client.get(f"{BASE}/{path}?{query}")
            assert (answer.status_code, type(answer.json())) == (200, list), query
    for address in BAD_FILTERS:
        answer = client.get(f"{BASE}/{address}")
        assert answer.status_code == 422, address
        assert list(answer.json()["errors"]) == [re.search(r"\?(\w+)=", address)[1]]


def test_installer_fields_are_stored_and_returned(client):
    made = client.call("POST", f"{BASE}/jump-client/installer", json=NEW_INSTALLER)
    assert made.status_code == 201, made.text
    told = client.get(f"{BASE}/jump-client/installer/{made.json()['id']}").json()
    assert {key: told[key] for key in NEW_INSTALLER if key != "valid_duration"} == {
        key: value for key, value in NEW_INSTALLER.items() if key != "valid_duration"
    }
    assert client.call("POST", f"{BASE}/jump-client/installer", json={"jump_group_id": 1, "support_button_direct_queue": ""}).ok


@pytest.mark.parametrize("field", BAD_VALUES)
def test_impossible_value_is_422_with_field(client, field):
    for value in BAD_VALUES[field]:
        answer = client.call("POST", f"{BASE}/jump-client/installer", json={"jump_group_id": 1, field: value})
        assert (answer.status_code, list(answer.json().get("errors", {}))) == (422, [field]), value
    assert client.running.requests("write") == []


@pytest.mark.parametrize("field", ["max_offline_minutes", "is_quiet", "installer_id", "session_policy_id"])
def test_response_field_is_unknown_in_request(client, field):
    assert client.call("POST", f"{BASE}/jump-client/installer", json={"jump_group_id": 1, field: 1}).status_code == 401


def test_a_jump_client_is_changed_and_deleted(client):
    changed = client.call("PATCH", f"{BASE}/jump-client/7", json={"name": "Till", "jump_group_id": 3, "support_button_direct_queue": ""})
    assert (changed.status_code, changed.json()["name"], changed.json()["hostname"]) == (200, "Till", "CLIENT-00007")
    assert [row["id"] for row in client.get(f"{BASE}/jump-client?name=till").json()] == [7]
    for nothing in ({"json": {"name": ""}}, {"json": {}}, {}):
        assert client.call("PATCH", f"{BASE}/jump-client/7", **nothing).status_code == 422
    assert client.call("PATCH", f"{BASE}/jump-client/7", json={"needs_update": False}).status_code == 401
    gone = client.call("DELETE", f"{BASE}/jump-client/7")
    assert (gone.status_code, gone.content) == (204, b"")
    assert client.get(f"{BASE}/jump-client/7").status_code == client.call("DELETE", f"{BASE}/jump-client/7").status_code == 404
    assert [one["write"] for one in client.running.requests("write")] == ["change Jump Client 7", "delete Jump Client 7"]


def test_number_of_deleted_installer_is_unused(client):
    first, second = (client.call("POST", f"{BASE}/jump-client/installer", json={"jump_group_id": 1}).json()["id"] for _time in range(2))
    assert client.call("DELETE", f"{BASE}/jump-client/installer/{first}").status_code == 204
    assert client.get(f"{BASE}/jump-client/installer/{first}").status_code == 404
    assert client.call("POST", f"{BASE}/jump-client/installer", json={"jump_group_id": 1}).json()["id"] > second


def test_what_can_be_downloaded_has_its_type(client):
    answer = client.get(f"{BASE}/cli/linux")
    assert (answer.headers["Content-Type"], answer.content[:2]) == ("application/zip", b"PK")
    assert client.get(f"{BASE}/cli/amiga").status_code == 404
    assert client.get(f"{BASE}/jumpoint/1/installer").status_code == 422, "it has its node"
    assert client.get(f"{BASE}/openapi.yaml").headers["Content-Type"].startswith("application/yaml")


def test_single_object_or_404_with_message(client):
    for path in ONE:
        assert client.get(f"{BASE}/{path}").json()["id"] == 1
        missing = client.get(f"{BASE}/{path.rpartition('/')[0]}/4711")
        assert (missing.status_code, list(missing.json())) == (404, ["message"])


def rows(client):
    """Every row that the API can tell, by its list."""
    client.call("POST", f"{BASE}/jump-client/installer", json=NEW_INSTALLER)
    for path in GOOD_FILTERS:
        for number in (1, 2):
            for row in client.get(f"{BASE}/{path}?current_page={number}").json():
                yield path, row
    for row in client.get(f"{BASE}/jumpoint/1/node").json():
        yield "node", row


def is_date(text):
    """RFC 3339 in UTC with +00:00."""
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00", text)) and bool(datetime.datetime.fromisoformat(text))


def test_date_is_valid_or_missing(client):
    seen = set()
    for path, row in rows(client):
        for key, value in row.items():
            if key.endswith("_timestamp"):
                seen.add(key)
                assert is_date(value) if path != "node" else value is None or is_date(value), (path, key, value)
            if key == "code_name":
                assert re.fullmatch(WORD["code"], value), value
    assert seen == {"last_connect_timestamp", "last_disconnect_timestamp", "expiration_timestamp"}


@pytest.mark.skipif(not VENDOR, reason="VENDOR_OPENAPI does not name the vendor's file (terraform-provider-sra, openapi/)")
def test_the_answers_fit_the_vendors_own_file(client):
    with open(VENDOR, encoding="utf-8") as stream:
        whole = yaml.safe_load(stream)
    problems = []
    for path, row in rows(client):
        address = "/jumpoint/{id}/node" if path == "node" else f"/{path}"
        schema = resolved(whole, whole["paths"][address]["get"]["responses"]["200"]["content"]["application/json"]["schema"])
        schema = resolved(whole, schema["items"]) if schema.get("type") == "array" else schema
        problems += [f"{path}: {one}" for one in misfits(whole, schema, row)]
    made = client.call("POST", f"{BASE}/jump-client/installer", json=NEW_INSTALLER).json()
    described = whole["paths"]["/jump-client/installer"]["post"]
    problems += misfits(whole, described["responses"]["201"]["content"]["application/json"]["schema"], made)
    assert sorted(set(problems)) == []
    asked = resolved(whole, described["requestBody"]["content"]["application/json"]["schema"])["properties"]
    assert set(asked) == set(NEW_INSTALLER)
    for path, queries in GOOD_FILTERS.items():
        names = {resolved(whole, one)["name"] for one in whole["paths"][f"/{path}"]["get"]["parameters"]} - {"per_page", "current_page"}
        assert names == {query.partition("=")[0] for query in queries} - {"per_page"}, path


def resolved(whole, part):
    while "$ref" in part:
        found = whole
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part


TYPES = {"string": str, "boolean": bool, "integer": int, "number": (int, float), "object": dict, "array": list}


def misfits(whole, schema, value, place=""):
    """Sentences on what of a value does not fit a schema of OpenAPI 3.0, as far as the vendor's file uses it."""
    schema = resolved(whole, schema)
    if value is None:
        return [] if schema.get("nullable") or place.startswith(".jzp_") else [f"{place} is null"]  # jzp_*: null by the text of the file
    if not isinstance(value, TYPES[schema.get("type", "object")]):
        return [f"{place} is a {type(value).__name__}"]
    found = [f"{place} is {value!r}" for fits in limits_of(schema) if not fits(value)]
    if isinstance(value, dict):
        known = schema.get("properties", {})
        found += [f"{place}.{name} is unknown" for name in value if name not in known]
        found += [f"{place}.{name} is missing" for name in schema.get("required", []) if name not in value]
        found += [one for name in value if name in known for one in misfits(whole, known[name], value[name], f"{place}.{name}")]
    return found


def limits_of(schema):
    """Checks of a value's limits."""
    checks = {
        "enum": lambda limit: lambda value: value in limit,
        "minLength": lambda limit: lambda value: len(value) >= limit,
        "maxLength": lambda limit: lambda value: len(value) <= limit,
        "minimum": lambda limit: lambda value: value >= limit,
        "maximum": lambda limit: lambda value: value <= limit,
        "pattern": lambda limit: lambda value: re.search(limit, value),
        "format": lambda limit: lambda value: limit != "date-time" or is_date(value),
    }
    return [checks[name](limit) for name, limit in schema.items() if name in checks]
