# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The module preparation: package files are verified, and what is ready is recorded once for each run."""

import hashlib

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules.preparation import OPERATION as PREPARATION

from tests.support.preparations import plan_with


def record(bench, folder, *, check_mode=False, **given):
    return bench.run(PREPARATION, check_mode=check_mode, journal=str(folder / "journal.jsonl"), **given)


@pytest.fixture
def bench(given):
    return given()


def test_what_is_ready_is_recorded(bench, tmp_path):
    found = record(bench, tmp_path, parts=[{"do": "preflight", "node": "a"}], plan=plan_with(), command="go")
    assert (found["changed"], found["state"], found["reason"]) == (False, "prepared", "")
    (entry,) = Journal(str(tmp_path / "journal.jsonl")).read()
    assert (entry["event"], entry["data"]["preparation"]) == ("prepared", found["preparation"])
    assert found["command"].startswith("go -e upgrade_approved_plan=sha256:")


def test_check_mode_records_nothing(bench, tmp_path):
    assert record(bench, tmp_path, check_mode=True, plan=plan_with())["state"] == "prepared"
    assert not (tmp_path / "journal.jsonl").exists()


def test_a_part_that_failed_fails_and_says_why(bench, tmp_path):
    found = record(bench, tmp_path, parts=[{"do": "backup", "node": "a", "why": "no space left"}, {"do": "snapshot", "node": "a"}])
    assert (found["state"], found["reason"]) == ("failed", "the backup of a: no space left")
    assert len(found["preparation"]["ready"]) == 1


def test_first_work_of_person_is_manual(bench, tmp_path):
    found = record(bench, tmp_path, parts=[{"do": "backup", "node": "a", "instructions": ["1. Save it."]}])
    assert (found["state"], found["preparation"]["ready"]) == ("manual", []) and "1. Save it." in found["preparation"]["person"]


def test_an_approved_plan_is_known_from_the_journal(bench, tmp_path):
    plan = plan_with()
    Journal(str(tmp_path / "journal.jsonl")).append("plan_approved", hash=plan["hash"], by="Ada Example")
    found = record(bench, tmp_path, plan=plan, command="go")
    assert "approved" in found["preparation"]["ready"][-1] and found["command"] == "go"


@pytest.mark.parametrize(
    ("content", "named", "why"),
    [
        (b"the package", b"the package", ""),
        (b"another one", b"the package", "the SHA-256 of"),
        (b"the package", None, "has no SHA-256 for"),
        (None, b"the package", "No such file"),
    ],
)
def test_a_package_file_is_what_the_manifest_says(bench, tmp_path, content, named, why):
    path = tmp_path / "base.nss"
    if content:
        path.write_bytes(content)
    digests = {"Base 6.2.0": hashlib.sha256(named).hexdigest()} if named else {}
    found = record(bench, tmp_path, plan=plan_with(digests), files={"Base 6.2.0": str(path), "Base 9.9.9": "/not/planned"})
    assert found["state"] == ("failed" if why else "prepared")
    assert why in found["reason"] and bool(found["reason"]) == bool(why)
