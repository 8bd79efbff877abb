# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a preflight stores, prints and records, against a simulated appliance."""

import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules.preflight import OPERATION

from .test_preflight_clients import LOGIN, world

SCHEMA = json.loads((Path(__file__).parents[4] / "docs/schemas/preflight.schema.json").read_text())
WAIVER = {
    "check": "jump_client_upgrades",
    "target_version": "22.1.4",
    "reason": "clients are redeployed",
    "by": "Ada Example",
    "expires": "2099-12-31",
}


@pytest.fixture
def bench(given):
    return given(world(automatic="disabled"))


def run(bench, folder, **more):
    options = {**LOGIN, "checks": ["all", "!clock", "!state_durable"], "state_dir": str(folder / "site"), "node": "a.example.com", **more}
    return bench.run(OPERATION, **options)


def stored(folder):
    return json.loads((folder / "site/preflight/a.example.com.json").read_text())


def test_results_are_stored_as_the_schema_says(bench, tmp_path):
    result = run(bench, tmp_path)
    content = stored(tmp_path)
    jsonschema.validate(content, SCHEMA)
    assert result["files"] == [str(tmp_path / "site/preflight/a.example.com") + end for end in (".json", ".junit.xml")]
    assert content["passed"] is False and content["target_version"] == "22.1.4" and len(content["checks"]) >= 24
    assert bench.writes() == []
    modes = {path.name: path.stat().st_mode & 0o777 for path in [tmp_path / "site/preflight", *(tmp_path / "site/preflight").iterdir()]}
    assert modes == {"preflight": 0o700, "a.example.com.json": 0o600, "a.example.com.junit.xml": 0o600}


def test_junit_counts_what_fails(bench, tmp_path):
    run(bench, tmp_path)
    root = ElementTree.parse(tmp_path / "site/preflight/a.example.com.junit.xml").getroot()
    assert root.get("failures") == "2" and int(root.get("tests")) == len(stored(tmp_path)["checks"]) + 1
    assert [case.get("name") for case in root.iter("testcase") if case.find("failure") is not None] == ["passed", "jump_client_upgrades"]


def test_each_check_is_one_line(bench, tmp_path):
    result = run(bench, tmp_path)
    assert len(bench.lines) == len(result["results"]) + 1
    assert any(line.startswith("[FAIL_UPGRADE] jump_client_upgrades: Automatic") for line in bench.lines)
    assert any(line.startswith("[PASS] storage: ") for line in bench.lines)
    bench.lines.clear()
    run(bench, tmp_path, show="findings")
    assert not [line for line in bench.lines if line.startswith(("[PASS]", "[NOT_APPLICABLE]"))] and len(bench.lines) > 1


def test_a_used_waiver_is_stored_and_recorded(bench, tmp_path):
    journal = tmp_path / "site/journal.jsonl"
    result = run(bench, tmp_path, waivers=[WAIVER], journal=str(journal))
    content = stored(tmp_path)
    assert result["passed"] and content["passed"] and content["waivers"] == [{**WAIVER, "used": True}]
    (entry,) = Journal(str(journal)).read()
    assert entry["event"] == "waiver_used"
    assert {**WAIVER, "node": "a.example.com", "kind": "fail_upgrade"}.items() <= entry["data"].items()
    root = ElementTree.parse(tmp_path / "site/preflight/a.example.com.junit.xml").getroot()
    assert root.get("failures") == "0" and "Ada Example" in root.find(".//testcase[@name='jump_client_upgrades']/skipped").get("message")


def test_an_unneeded_waiver_is_not_recorded(bench, tmp_path):
    journal = tmp_path / "site/journal.jsonl"
    run(bench, tmp_path, waivers=[{**WAIVER, "check": "storage"}], journal=str(journal))
    assert not journal.exists()


def test_an_expired_waiver_is_refused_before_any_request(bench, tmp_path):
    with pytest.raises(InvalidInput, match="by Ada Example expired at the end of 2020-01-01"):
        run(bench, tmp_path, waivers=[{**WAIVER, "expires": "2020-01-01"}])
    assert bench.running.requests() == [] and not (tmp_path / "site").exists()


def test_check_mode_stores_nothing(bench, tmp_path):
    result = run(bench, tmp_path, check_mode=True, waivers=[WAIVER], journal=str(tmp_path / "site/journal.jsonl"))
    assert result["passed"] and result["files"] == [] and not (tmp_path / "site").exists()


def test_open_folder_hides_no_result(bench, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site").chmod(0o755)
    result = run(bench, tmp_path)
    assert "were not stored" in result["warnings"][0] and result["files"] == []
    assert {one["id"]: one["kind"] for one in result["results"]}["state_folder"] == "fail_upgrade"
