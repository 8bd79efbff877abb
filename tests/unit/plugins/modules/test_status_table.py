# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The status of all sites as a file: private, for programs, and never in the way of the table."""

import json
import os
import stat

import jsonschema
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.status import unread_row
from ansible_collections.bomgar.appliance.plugins.modules.status_table import OPERATION

from tests.support.ansible import ROOT
from tests.support.journals import performed

SCHEMA = json.loads((ROOT / "docs/schemas/status.schema.json").read_text())
ROW = {**unread_row("b", "x"), "state": "new", "findings": [], "verdict": "No upgrade of this site is recorded."}


def table(**given):
    return performed(OPERATION, **{"sites": [ROW], "unread": {"a": "upgrade_mode is wrong."}, **given})


def test_the_file_is_private_and_fits_the_schema(tmp_path):
    path = tmp_path / "status.json"
    made = table(path=str(path))
    written = json.loads(path.read_text())
    jsonschema.validate(written, SCHEMA)
    assert made["changed"] and written == made["status"] and stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert [site["site"] for site in written["sites"]] == ["a", "b"] and written["unread"] == made["problems"] == ["upgrade_mode is wrong."]


def test_same_status_renews_only_its_time(tmp_path):
    path = tmp_path / "status.json"
    table(path=str(path))
    known = json.loads(path.read_text())
    path.write_text(json.dumps({**known, "made": {}}))
    assert not table(path=str(path))["changed"] and json.loads(path.read_text())["made"]["at"]
    assert table(path=str(path), unread={})["changed"]


def test_check_mode_writes_nothing(tmp_path):
    assert table(path=str(tmp_path / "status.json"), check_mode=True)["changed"] and not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_hides_nothing(tmp_path):
    made = table(path=str(tmp_path / "nowhere" / "status.json"), unread={})
    assert made["lines"][2].startswith("b") and "nowhere/status.json" in made["problems"][0] and not made.get("failed")


def test_waves_are_a_column(tmp_path):
    path = tmp_path / "status.json"
    made = table(path=str(path), waves={"b": "canary"})
    written = json.loads(path.read_text())
    jsonschema.validate(written, SCHEMA)
    assert [site["wave"] for site in written["sites"]] == ["", "canary"] and made["lines"][0].startswith("wave    site")
    assert table()["lines"][0].startswith("site")


def test_names_from_outside_are_inert(tmp_path):
    attack = "\x1b[2J\u202ename\r\nforged line"
    row = {**ROW, "verdict": attack, "findings": [{"source": attack, "target": attack, "text": attack}]}
    made = table(sites=[row], unread={"a": attack}, path=str(tmp_path / "status.json"))
    shown = "\n".join([*made["lines"], *made["problems"]]) + (tmp_path / "status.json").read_text()
    assert not [odd for odd in ("\x1b", "\\u001b", "\u202e", "\\u202e", "\r") if odd in shown]
    assert not [line for line in shown.splitlines() if line.startswith("forged")]
