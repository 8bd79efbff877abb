# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A backup is a verified file with an identity, or there is none."""

import hashlib
import json
import os
import stat
from pathlib import Path

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError, PermissionMissing
from ansible_collections.bomgar.appliance.plugins.modules.backup import OPERATION as BACKUP
from simulator import acts


def files(folder):
    return sorted(os.listdir(folder)) if os.path.isdir(folder) else []


@pytest.mark.mission("M3")
@pytest.mark.parametrize("method", ["api", "web"])
def test_a_backup_is_private_and_has_metadata(given, tmp_path, method):
    bench, old = given(), os.umask(0)
    try:
        saved = bench.run(BACKUP, dest=str(tmp_path / "saved"), method=method, **login(bench))["backup"]
    finally:
        os.umask(old)
    content = Path(saved["path"]).read_bytes()
    beside = json.loads(Path(saved["metadata"]).read_text())
    assert beside["sha256"] == hashlib.sha256(content).hexdigest() and beside["bytes"] == len(content)
    assert (beside["guid"], beside["version"], beside["kind"]) == (bench.machine.guid, "19.1.8", "backup")
    assert stat.S_IMODE(os.stat(saved["path"]).st_mode) == stat.S_IMODE(os.stat(saved["metadata"]).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(tmp_path / "saved").st_mode) == 0o700
    assert bench.writes() == []


def login(bench):
    account = bench.running.world["accounts"]["login"][0]
    return {"login_username": account["username"], "login_password": account["password"]}


FAULTS = {
    "error text with status 200": {"fault": "body", "body": "Invalid credentials", "content_type": "text/plain", "status": 200},
    "json": {"fault": "body", "body": '{"message": "no"}', "content_type": "application/json", "status": 200},
    "html": {"fault": "login_page"},
    "xml error": {"fault": "xml_error"},
    "empty": {"fault": "body", "body": "", "status": 200},
    "cut off": {"fault": "truncate"},
    "dropped": {"fault": "drop_after"},
    "error status": {"fault": "status", "status": 500},
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_what_is_no_backup_leaves_no_file(given, tmp_path, fault):
    bench = given()
    bench.running.fault(match={"path": "/api/backup"}, **{"times": 5, **fault})
    with pytest.raises(ApplianceError) as caught:
        bench.run(BACKUP, dest=str(tmp_path / "saved"))
    assert bench.appliance(bench.params(BACKUP, dest="x")).host in str(caught.value)
    assert files(tmp_path / "saved") == []


def test_a_missing_permission_is_named(given, tmp_path):
    bench = given()
    acts.act(bench.running.simulation, {"do": "set_permission", "permission": "perm_backup", "value": False})
    with pytest.raises(PermissionMissing, match="perm_backup"):
        bench.run(BACKUP, dest=str(tmp_path / "saved"))


def test_check_mode_checks_the_folder_and_saves_nothing(given, tmp_path):
    bench = given()
    assert bench.run(BACKUP, check_mode=True, dest=str(tmp_path / "saved"))["changed"]
    assert files(tmp_path / "saved") == []
    assert not any(entry["path"] == "/api/backup" for entry in bench.running.requests())


def test_a_folder_that_others_may_read_is_refused(given, tmp_path):
    bench, folder = given(), tmp_path / "saved"
    folder.mkdir()
    folder.chmod(0o755)
    with pytest.raises(ApplianceError, match="chmod 700"):
        bench.run(BACKUP, dest=str(folder))
    assert files(folder) == []


def test_a_person_may_bring_the_file(given, tmp_path):
    bench, brought = given(), tmp_path / "brought.nsb"
    assert bench.run(BACKUP, dest=str(tmp_path / "saved"), method="manual")["state"] == "manual"
    brought.write_bytes(os.urandom(4096))
    result = bench.run(BACKUP, dest=str(tmp_path / "saved"), method="manual", file=str(brought))
    assert Path(result["backup"]["path"]).read_bytes() == brought.read_bytes()


def again(bench, folder, **more):
    given = {"dest": str(folder / "saved"), "journal": str(folder / "journal.jsonl"), "max_age": 3600}
    return bench.run(BACKUP, **{**given, **more})


def test_a_backup_that_counts_is_not_saved_again(given, tmp_path):
    bench = given()
    first = again(bench, tmp_path)
    before = len(bench.running.requests())
    second = again(bench, tmp_path)
    assert (first["changed"], second["changed"]) == (True, False)
    assert [second["backup"][name] for name in ("path", "metadata", "sha256")] == [
        first["backup"][name] for name in ("path", "metadata", "sha256")
    ]
    assert not any(entry["path"] == "/api/backup" for entry in bench.running.requests()[before:])
    assert len(files(tmp_path / "saved")) == 2


def aged(bench, folder):
    bench.running.advance(3700)


def edited(bench, folder):
    next((folder / "saved").glob("*.nsb")).write_bytes(b"something else")


def removed(bench, folder):
    next((folder / "saved").glob("*.nsb")).unlink()


def upgraded(bench, folder):
    bench.machine.version = "20.2.1"


@pytest.mark.parametrize("happens", [aged, edited, removed, upgraded])
def test_invalid_backup_is_saved_again(given, tmp_path, happens):
    """A backup that does not count any more is saved again."""
    bench = given()
    first = again(bench, tmp_path)
    happens(bench, tmp_path)
    second = again(bench, tmp_path)
    assert second["changed"] and second["backup"]["path"] != first["backup"]["path"]


@pytest.mark.parametrize("more", [{"max_age": 0}, {"backup_password": "open sesame"}, {"journal": None}])
def test_missing_age_or_new_password_saves_again(given, tmp_path, more):
    bench = given()
    again(bench, tmp_path)
    assert again(bench, tmp_path, **more)["changed"]


def test_brought_file_counts_while_unchanged(given, tmp_path):
    bench, brought = given(), tmp_path / "brought.nsb"
    by_hand = {"method": "manual", "file": str(brought)}
    brought.write_bytes(os.urandom(4096))
    assert again(bench, tmp_path, **by_hand)["changed"]
    assert not again(bench, tmp_path, **by_hand)["changed"]
    assert again(bench, tmp_path, method="manual")["state"] == "saved"
    brought.write_bytes(os.urandom(4096))
    assert again(bench, tmp_path, **by_hand)["changed"]


def test_check_mode_predicts_whether_a_backup_is_saved(given, tmp_path):
    bench = given()
    assert bench.run(BACKUP, check_mode=True, dest=str(tmp_path / "saved"), max_age=3600)["changed"]
    again(bench, tmp_path)
    params = {"dest": str(tmp_path / "saved"), "journal": str(tmp_path / "journal.jsonl"), "max_age": 3600}
    assert not bench.run(BACKUP, check_mode=True, **params)["changed"]
