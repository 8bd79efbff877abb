# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The module snapshot against the simulator."""

import json
import os
import stat

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import PermissionMissing, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.model.snapshot.area import AREAS
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules import snapshot

from tests.support.ansible import connection_of

LOGIN = {"login_username": "admin", "login_password": "login-password"}
WORLD = "modern_layout"  # RS 22.1.4: XML Command API and Configuration API
API_LISTS = {"jump_clients", "jump_groups", "jumpoints", "installers", "users", "api_accounts"}
COMMAND_AREAS = {"version", "health", "failover_role", "permissions", "data_sync", "relation_settings"}


def take(bench, when="before", **more):
    given = {"when": when, "state_dir": str(bench.folder / "site"), "node": "a", **LOGIN, **more}
    return bench.run(snapshot.OPERATION, **given)


def content(result):
    with open(result["path"], encoding="utf-8") as stream:
        return json.load(stream)


def test_every_area_is_read_and_nothing_is_written(given):
    bench = given(WORLD)
    result = take(bench)
    assert (result["unknown"], result["gaps"], set(result["read"])) == ({}, {}, set(AREAS))
    assert bench.running.requests("write") == []
    found = content(result)
    assert (found["appliance"]["guid"], found["when"]) == (bench.machine.guid, "before")
    assert [found["areas"]["jump_clients"]["items"]["1"][name] for name in ("name", "state")] == ["client-00001", "online"]
    assert all(area["source"] for area in found["areas"].values())
    certificate = found["areas"]["certificates"]["items"]["its own name"]
    assert certificate["fingerprint"] == bench.machine.certificates[0].fingerprint


def test_files_are_private(given):
    path = take(given(WORLD))["path"]
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(os.path.dirname(path)).st_mode) == 0o700


def test_check_mode_reads_and_writes_nothing(given):
    bench = given(WORLD)
    result = bench.run(snapshot.OPERATION, check_mode=True, when="before", state_dir=str(bench.folder / "site"), **LOGIN)
    assert result["changed"] and result["read"] and not (bench.folder / "site").exists()
    assert bench.running.requests("write") == []


@pytest.mark.parametrize(
    ("less", "lost", "word"),
    [
        ({"perm_configuration": False}, API_LISTS, "perm_configuration"),
        ({"login_username": None, "login_password": None}, {"jump_settings"}, "/login"),
        ({"web_username": None, "web_password": None}, {"base", "certificate_list"}, "/appliance"),
    ],
)
def test_unreadable_area_is_unknown_with_reason(given, less, lost, word):
    bench = given(WORLD)
    if "perm_configuration" in less:
        next(iter(bench.machine.accounts.api.values())).permissions.update(less)
        less = {}
    result = take(bench, **less)
    assert set(result["unknown"]) == lost
    assert all(word in reason for reason in result["unknown"].values())
    assert all("items" not in content(result)["areas"][name] for name in lost)


def test_without_the_command_api_there_is_no_snapshot(given):
    bench = given(WORLD)
    next(iter(bench.machine.accounts.api.values())).permissions["perm_command"] = "deny"
    with pytest.raises(PermissionMissing, match="perm_command"):
        take(bench)
    assert not (bench.folder / "site").exists()


def test_an_old_version_has_what_it_offers(given):
    result = take(given("far_outdated"))
    assert {*API_LISTS} <= set(result["unknown"]) and set(result["read"]) >= COMMAND_AREAS
    assert content(result)["areas"]["teams"]["source"] == "get_support_teams"
    assert all(result["unknown"].values())


def test_list_trouble_is_gap_or_unknown(given):
    bench = given(WORLD)
    bench.running.fault("status", times=None, match={"path": "/api/config/v1/user"}, status=500)
    bench.running.fault("body", times=None, match={"path": "/api/config/v1/team"}, body="[1]", content_type="application/json")
    bench.running.fault(
        "body", times=None, match={"path": "/api/config/v1/jump-group"}, body='[{"id": 1}]', content_type="application/json"
    )
    bench.running.fault("login_page", times=None, match={"path": "/api/config/v1/jumpoint"})
    result = take(bench)
    assert {"users", "jumpoints"} <= set(result["unknown"])
    assert "not understood" in result["gaps"]["jump_groups"][0]
    assert content(result)["areas"]["teams"]["source"] == "get_support_teams"


def test_two_areas_without_a_response_end_the_reading(given):
    bench = given(WORLD)
    bench.running.fault("drop_before", times=None, match={"path": "/api/config/*"})
    began = bench.seconds_asleep
    result = take(bench)
    assert {"users", "teams", "api_accounts"} <= set(result["unknown"])
    assert bench.seconds_asleep - began < 600


def test_long_list_is_not_read_singly(given):
    bench = given(WORLD)
    result = take(bench, client_limit=10)
    assert "146 Jump Clients; up to 10" in result["unknown"]["jump_clients"]
    listed = [one for one in bench.running.requests() if one["path"].endswith("/jump-client")]
    assert len(listed) == 1 and "clients_connected" in result["read"]


def test_backup_leaves_site_to_primary(given):
    bench = given("pair_json")
    connection = {**connection_of(bench.running, bench.folder, "b"), **LOGIN}
    result = bench.run(snapshot.OPERATION, when="before", state_dir=str(bench.folder / "site"), node="b", **connection)
    assert {"version", "certificates", "failover_role"} <= set(result["read"])
    assert "the primary has it" in result["unknown"]["jump_clients"]


def test_the_snapshot_that_the_journal_recorded_is_kept(given):
    bench = given(WORLD)
    path = str(bench.folder / "site" / "journal.jsonl")
    book = Journal(path)
    first = take(bench, journal=path)
    again = take(bench, journal=path)
    assert (first["kept"], again["kept"], again["changed"], again["sha256"]) == (False, True, False, first["sha256"])
    assert [one["event"] for one in book.read()] == ["snapshot_taken"]
    assert book.state().snapshots == {"a": {"path": first["path"], "sha256": first["sha256"]}}
    assert not take(bench, when="after", journal=path)["kept"]
    book.append("run_ended", state="reached")
    assert book.state().snapshots == {}
    assert not take(bench, journal=path)["kept"]


def test_a_recorded_snapshot_that_was_changed_is_refused(given):
    bench = given(WORLD)
    journal = str(bench.folder / "site" / "journal.jsonl")
    path = take(bench, journal=journal)["path"]
    other = take(bench, node="other")["path"]
    os.replace(other, path)
    with pytest.raises(Unsafe, match="is not the snapshot that the journal recorded"):
        take(bench, journal=journal)


def older(bench):
    bench.running.advance(86401)


def upgraded(bench):
    bench.machine.version = "23.2.1"


@pytest.mark.parametrize("happens", [older, upgraded])
def test_old_snapshot_is_taken_again(given, happens):
    """A snapshot from before an upgrade that has not begun is taken again."""
    bench = given(WORLD)
    journal = str(bench.folder / "site" / "journal.jsonl")
    take(bench, journal=journal)
    happens(bench)
    assert not take(bench, journal=journal)["kept"]


def test_begun_upgrade_keeps_its_snapshot(given):
    bench = given(WORLD)
    journal = str(bench.folder / "site" / "journal.jsonl")
    take(bench, journal=journal)
    Journal(journal).append("step_begun", package="rs-23.2.1", kind="site", host="a", guid=bench.machine.guid)
    older(bench)
    upgraded(bench)
    assert take(bench, journal=journal, max_age=0)["kept"]
