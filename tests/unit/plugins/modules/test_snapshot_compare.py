# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The module snapshot_compare on files of the simulator: what happened to the site is found, and nobody is asked."""

import json
import os
import stat

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError, InvalidInput, NotUnderstood, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules import snapshot, snapshot_compare
from simulator import acts

from tests.support.ansible import connection_of

LOGIN = {"login_username": "admin", "login_password": "login-password"}
WORLD = "modern_layout"


def take(bench, when, **more):
    given = {"when": when, "state_dir": str(bench.folder / "site"), "node": "a", **LOGIN, **more}
    return bench.run(snapshot.OPERATION, **given)["path"]


def compare(bench, **more):
    given = {"state_dir": str(bench.folder / "site"), **more}
    return bench.run(snapshot_compare.OPERATION, check_mode=given.pop("check_mode", False), **given)


def bad_areas(result):
    return [row["area"] for row in result["comparison"]["areas"] if row["verdict"] == "bad"]


def test_untouched_site_is_the_same(given):
    bench = given(WORLD)
    take(bench, "before")
    take(bench, "after")
    asked = len(bench.running.requests())
    result = compare(bench)
    assert (result["verdict"], result["changed"]) == ("same", True)
    assert compare(bench)["changed"] is False
    assert len(bench.running.requests()) == asked
    assert stat.S_IMODE(os.stat(result["path"]).st_mode) == 0o600
    with open(result["path"], encoding="utf-8") as stream:
        assert json.load(stream)["verdict"] == "same"


@pytest.mark.parametrize(
    ("order", "area", "word"),
    [
        ({"do": "remove_named", "kind": "jump_groups", "name": "Jump Group 2"}, "jump_groups", "Jump Group 2"),
        ({"do": "remove_named", "kind": "teams", "name": "General"}, "teams", "General"),
        ({"do": "remove_named", "kind": "users", "name": "user2"}, "users", "user2"),
        ({"do": "enable_user", "name": "user2", "enabled": False}, "users", "disabled"),
        ({"do": "remove_named", "kind": "jumpoints", "name": "Data centre"}, "jumpoints", "Data centre"),
        ({"do": "renew_certificate"}, "certificates", "Another certificate"),
        ({"do": "set_permission", "permission": "perm_backup", "value": False}, "permissions", "perm_backup"),
        ({"do": "set_health", "problem": "Storage"}, "health", "Storage"),
        ({"do": "set_jump_settings", "max_concurrent": 20}, "jump_settings", "max_concurrent"),
        ({"do": "uninstall_clients", "kind": "jump_clients"}, "jump_clients", "worse state"),
    ],
)
def test_a_bad_difference_is_found(given, order, area, word):
    bench = given(WORLD)
    take(bench, "before")
    acts.act(bench.running.simulation, order)
    take(bench, "after")
    result = compare(bench)
    assert area in bad_areas(result) and set(bad_areas(result)) <= {area, "clients_connected", "certificate_list"}
    assert word in result["summary"]


def test_an_upgrade_explains_its_own_differences(given):
    bench = given(WORLD)
    take(bench, "before")
    for package in ("base-7.0.0", "rs-23.2.1"):
        bench.machine.start_install(package, {})
        bench.running.advance(7200)
    bench.running.advance(2 * 86400)
    take(bench, "after")
    result = compare(bench)
    verdicts = {row["area"]: row["verdict"] for row in result["comparison"]["areas"]}
    assert result["verdict"] == "changed_as_expected", result["summary"]
    assert [verdicts[name] for name in ("version", "base", "installers", "teams")] == ["changed_as_expected"] * 3 + ["same"]


def test_bad_difference_fails_and_keeps_file(given):
    bench = given(WORLD)
    take(bench, "before")
    acts.act(bench.running.simulation, {"do": "remove_named", "kind": "jump_groups", "name": "Jump Group 2"})
    take(bench, "after")
    journal = str(bench.folder / "site" / "journal.jsonl")
    with pytest.raises(ApplianceError, match="1 of 3 Jump Groups are gone: Jump Group 2") as caught:
        compare(bench, fail_on_bad=True, journal=journal)
    assert caught.value.facts["verdict"] == "bad" and "snapshot_filters" in caught.value.remedy
    assert (bench.folder / "site" / "comparison.json").exists()
    (entry,) = Journal(journal).read()
    assert (entry["event"], entry["data"]["verdict"], entry["data"]["bad"]) == ("snapshots_compared", "bad", ["jump_groups"])
    filters = [{"area": "jump_groups", "name": "Jump Group 2", "reason": "It is not needed any more (ticket 4711)."}]
    result = compare(bench, fail_on_bad=True, filters=filters)
    assert (result["verdict"], result["comparison"]["filters"][0]["used"]) == ("same", True)


def test_check_mode_writes_nothing(given):
    bench = given(WORLD)
    take(bench, "before")
    take(bench, "after")
    result = compare(bench, check_mode=True, journal=str(bench.folder / "site" / "journal.jsonl"))
    assert result["changed"] and sorted(os.listdir(bench.folder / "site")) == ["snapshots"]


def test_files_that_do_not_fit_are_refused(given):
    bench = given(WORLD)
    with pytest.raises(InvalidInput, match="There is no snapshot from before"):
        compare(bench)
    take(bench, "before")
    with pytest.raises(ApplianceError, match="There is no snapshot at .*a-after.json"):
        compare(bench)
    after = take(bench, "after")
    with open(after, "r+", encoding="utf-8") as stream:
        content = stream.read()
        stream.seek(0)
        stream.write(content.replace("General", "Special"))
    with pytest.raises(NotUnderstood, match="was edited"):
        compare(bench)


def test_the_snapshot_of_another_appliance_is_refused(given):
    bench = given("mixed_fleet")
    paths = []
    for node, when in (("c", "before"), ("d", "after")):
        connection = connection_of(bench.running, bench.folder, node)
        given_options = {"when": when, "state_dir": str(bench.folder / "site"), "node": node, **connection}
        paths.append(bench.run(snapshot.OPERATION, **given_options)["path"])
    with pytest.raises(Unsafe, match="is of another appliance than"):
        compare(bench, before=paths[0], after=paths[1])
