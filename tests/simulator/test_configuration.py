# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Configuration API."""

import re
import ssl

import pytest
import requests
import yaml

BASE = "/api/config/v1"
TIMES = ("last_connect_timestamp", "last_disconnect_timestamp", "expiration_timestamp", "last_access_timestamp")  # absent: never


def test_older_products_do_not_have_it(run, caller, small):
    assert caller(run(small.replace("version: 23.2.1}", "version: 20.2.1}"))).get(f"{BASE}/jump-client").status_code == 404


def test_without_permission_it_is_403(run, caller):
    assert caller(run(), "reader").get(f"{BASE}/jump-client").status_code == 403


def test_two_kinds_of_401_differ_in_the_body(run, caller):
    """A bad token, and an unknown parameter."""
    client = caller(run())
    unknown = client.get(f"{BASE}/jump-client?needs_update=true")
    assert (unknown.status_code, set(unknown.json())) == (401, {"message"})
    bad = client.plain("GET", f"{BASE}/jump-client", headers={"Authorization": "Bearer no"})
    assert (bad.status_code, bad.json()["error"]) == (401, "access_denied")


def test_a_trailing_slash_is_405(run, caller):
    assert caller(run()).get(f"{BASE}/jump-client/").status_code == 405


def test_lists_come_in_pages_with_headers(run, caller):
    client = caller(run())
    first = client.get(f"{BASE}/jump-client")
    assert len(first.json()) == 100
    assert {key: value for key, value in first.headers.items() if key.startswith("X-BT-")} == {
        "X-BT-Pagination-Current-Page": "1",
        "X-BT-Pagination-Last-Page": "2",
        "X-BT-Pagination-Per-Page": "100",
        "X-BT-Pagination-Total": "129",
    }
    links = {name: address for address, name in re.findall(r'<([^>]+)>; rel="(\w+)"', first.headers["Link"])}
    assert sorted(links) == ["first", "last", "next"]
    second = client.get(links["next"].removeprefix(client.running.url))
    assert [row["id"] for row in second.json()] == list(range(101, 130))
    assert 'rel="previous"' in second.headers["Link"]
    assert 'rel="next"' not in second.headers["Link"]


def test_a_page_after_the_last_is_empty(run, caller):
    assert caller(run()).get(f"{BASE}/jump-client?current_page=3").json() == []


@pytest.mark.parametrize("query", ["per_page=4", "per_page=101", "per_page=many", "current_page=0"])
def test_impossible_pages_are_422(run, caller, query):
    answer = caller(run()).get(f"{BASE}/jump-client?{query}")
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [query.partition("=")[0]]


def test_filters_match_exactly_and_combine(run, caller):
    """Filters ignore case and are joined by "and"."""
    client = caller(run())
    rows = client.get(f"{BASE}/jump-client?name=CLIENT-00007").json()
    assert [row["id"] for row in rows] == [7]
    assert client.get(f"{BASE}/jump-client?name=client-0000").json() == []
    gone = client.get(f"{BASE}/jump-client?connection_type=uninstalled")
    assert gone.headers["X-BT-Pagination-Total"] == "2"
    both = client.get(f"{BASE}/jump-client?jump_group_id=1&connection_type=uninstalled").json()
    assert all(row["jump_group_id"] == 1 for row in both)
    assert client.get(f"{BASE}/jump-client?connection_type=sometimes").status_code == 422


@pytest.mark.parametrize(
    ("product", "version", "number", "has", "has_not"),
    [
        ("rs", "23.2.1", 27, "is_quiet", "customer_client_start_mode"),
        ("rs", "23.3.1", 28, "customer_client_start_mode", "support_button_direct_queue"),
        ("rs", "25.2.1", 30, "support_button_direct_queue", "session_policy_id"),
        ("pra", "23.2.1", 26, "is_quiet", "public_site_address"),
        ("pra", "25.2.1", 25, "endpoint_agreement_policy", "is_quiet"),
    ],
)
def test_fields_follow_product_and_version(run, caller, small, product, version, number, has, has_not):
    text = small.replace("product: rs", f"product: {product}").replace("version: 23.2.1}", f"version: {version}}}")
    row = caller(run(text)).get(f"{BASE}/jump-client/1").json()
    assert len({*row, *TIMES}) == number
    assert has in row
    assert has_not not in row
    assert "version" not in row
    assert "online" not in row


def test_a_time_that_never_was_is_no_field(run, caller):
    row = caller(run()).get(f"{BASE}/jump-client/1").json()
    assert row["last_connect_timestamp"] < "2026-03-01T00:00:00+00:00"
    assert "last_disconnect_timestamp" not in row


def test_every_kind_of_client_shows_what_it_is(run, caller):
    client = caller(run())
    kinds = {number: client.get(f"{BASE}/jump-client/{number}").json() for number in (1, 101, 121, 125, 128)}
    assert [row["connection_type"] for row in kinds.values()] == ["active", "passive", "active", "active", "uninstalled"]
    assert [row["is_lost"] for row in kinds.values()] == [False, False, True, False, False]
    assert [row["unavailable_reason"] for row in kinds.values()] == ["none", "none", "none", "disabled", "none"]
    assert [row["needs_update"] for row in kinds.values()] == [False, False, True, True, True]
    assert client.get(f"{BASE}/jump-client/130").status_code == 404


def test_needs_update_follows_a_site_package(run, caller):
    running = run()
    for package in ("base-7", "site-24"):
        running.machine().start_install(package)
        running.advance(3000 if package == "base-7" else 31 * 60)
    client = caller(running)

    def pending():
        rows = [row for page in (1, 2) for row in client.get(f"{BASE}/jump-client?current_page={page}").json()]
        return sum(row["needs_update"] for row in rows if row["id"] <= 120)

    assert pending() > 100
    running.advance(25 * 3600)
    client.log_in()
    assert pending() == 0


def test_jumpoints_return_later_and_without_proxy(run, caller):
    running = run()
    client = caller(running)
    assert [row["connected"] for row in client.get(f"{BASE}/jumpoint").json()] == [True, False]
    running.machine().start_install("base-7")
    running.advance(20 * 60 + 10)
    row = client.get(f"{BASE}/jumpoint/1").json()
    assert (row["connected"], row["jzp_enabled"]) == (False, None)
    running.advance(300)
    row = client.get(f"{BASE}/jumpoint/1").json()
    assert (row["connected"], row["jzp_enabled"]) == (True, False)
    [node] = client.get(f"{BASE}/jumpoint/1/node").json()
    assert node["hostname"] == "jumpoint-1-1"
    assert [one["id"] for one in client.get(f"{BASE}/jumpoint?hostname=jumpoint-2-1").json()] == [2]


def test_upgrade_makes_an_installer_invalid(run, caller):
    running = run()
    client = caller(running)
    made = client.call("POST", f"{BASE}/jump-client/installer", json={"jump_group_id": 1, "name": "New"})
    assert made.status_code == 201
    number = made.json()["installer_id"]
    assert len(number) == 32
    assert set(made.json()["key_info"]) == {"encodedInfo", "filename", "installerPath"}
    listed = client.get(f"{BASE}/jump-client/installer").json()
    assert [row["name"] for row in listed] == ["Installer 1", "New"]
    assert "encodedInfo" not in listed[1]["key_info"], "the secret is told once"
    path = f"{BASE}/jump-client/installer/{number}/windows-64-msi"
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/x-executable")
    for package in ("base-7", "site-24"):
        running.machine().start_install(package)
        running.advance(3600)
    client.log_in()
    assert client.get(path).status_code == 404
    assert [one["write"] for one in running.requests("write")] == ["create a Jump Client installer"]


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 422), ({"jump_group_id": 1, "valid_duration": 5}, 422), ({"jump_group_id": 1, "colour": "red"}, 401), ([1], 422)],
)
def test_an_impossible_installer_is_refused(run, caller, body, status):
    assert caller(run()).call("POST", f"{BASE}/jump-client/installer", json=body).status_code == status


def test_accounts_and_users(run, caller):
    client = caller(run())
    [row] = client.get(f"{BASE}/api-account?name=API account 2").json()
    assert (row["client_id"], row["perm_command"], row["enabled"]) == ("reader", "read_only", True)
    assert "secret" not in str(row)
    users = client.get(f"{BASE}/user?per_page=5")
    assert users.headers["X-BT-Pagination-Total"] == "3"
    assert client.get(f"{BASE}/user/1").json()["username"] == "admin"


def test_it_describes_itself(run, caller):
    document = yaml.safe_load(caller(run()).get(f"{BASE}/openapi.yaml").text)
    assert document["info"]["version"] == "1.7"
    assert "/jump-client/installer/{installer_id}/{platform}" in document["paths"]


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"jump_group_id": 1}},
        {"data": '{"jump_group_id": 1}'},
        {"json": [1]},
        {"data": "{", "headers": {"Content-Type": "application/json"}},
    ],
)
def test_body_must_be_a_json_object(run, caller, sent):
    answer = caller(run()).call("POST", f"{BASE}/jump-client/installer", **sent)
    assert (answer.status_code, answer.json()["errors"]) == (422, {"body": ["The request body must be a JSON object."]})


def act(client, do, **order):
    return requests.post(f"{client.running.control_url}/act", json={"do": do, **order}, timeout=60)


def test_site_lists_can_be_changed(run, caller):
    """What a site has can be listed, deleted and made."""
    client = caller(run())

    def names(path, field="name"):
        client.token = None
        return [row[field] for row in client.get(f"{BASE}/{path}").json()]

    assert names("jump-group") == ["Jump Group 1", "Jump Group 2", "Jump Group 3"]
    assert (names("team"), names("user", "username")) == (["General"], ["admin", "user2", "user3"])
    for kind, name in (("jump_groups", "Jump Group 2"), ("teams", "General"), ("users", "user2"), ("jumpoints", "Two")):
        assert act(client, "remove_named", kind=kind, name=name).status_code == 200
        assert act(client, "remove_named", kind=kind, name=name).status_code == 400
    assert act(client, "add_named", kind="jump_groups", name="New").json() == {"id": 4}
    assert act(client, "add_named", kind="users", name="New").status_code == 400
    assert names("jump-group") == ["Jump Group 1", "Jump Group 3", "New"]
    assert (names("team"), names("user", "username"), names("jumpoint")) == ([], ["admin", "user3"], ["One"])
    act(client, "enable_user", name="user3", enabled=False)
    assert names("user", "enabled") == [True, False]
    assert act(client, "enable_user", name="nobody").status_code == 400


def test_a_renewed_certificate_is_served_and_trusted(run, caller):
    client = caller(run())
    host, _colon, port = client.running.url.rpartition("/")[2].partition(":")
    before = ssl.get_server_certificate((host, int(port)))
    act(client, "renew_certificate", days_left=90)
    client.session.close()
    assert client.get(f"{BASE}/user").status_code == 200
    assert before != ssl.get_server_certificate((host, int(port)))
