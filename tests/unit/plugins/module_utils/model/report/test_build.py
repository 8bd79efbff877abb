# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report as data: what it says of an upgrade that is finished, waits, failed, was cut off."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.events import EVENTS
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report import acts, records, scope
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.junit import junit

from tests.support import stories
from tests.support.golden import same_as_golden
from tests.support.reports import made

SCHEMA = json.loads((Path(__file__).parents[6] / "docs/schemas/report.schema.json").read_text())
STORIES = {"finished": stories.finished, "failed": stories.failed}


@pytest.mark.parametrize("name", STORIES)
def test_the_report_is_the_golden_one(name):
    report = made(STORIES[name]())
    same_as_golden(f"report/{name}.json", json.dumps(report, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    same_as_golden(f"report/{name}.junit.xml", junit(report).decode())


@pytest.mark.parametrize("story", [stories.Story(), stories.finished(), stories.failed(), stories.hostile("<b>x</b>")])
def test_the_report_fits_its_schema(story):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(made(story), SCHEMA)


def test_failure_begins_with_first_action(failed):
    assert failed["state"] == "failed" and "DO NOT RESTART" in failed["verdict"]
    assert failed["next"]["first"][0].startswith("Do not restart a.example.com.") and failed["next"]["command"] == stories.COMMAND
    assert failed["open"][0].startswith("Base 7.0.0 was requested on a.example.com") and failed["upgrade"]["ended"] is None


def test_a_run_without_an_end_is_unfinished():
    story = stories.failed()
    story.entries.pop()
    assert made(story)["state"] == "unfinished" and made(story)["verdict"].startswith("The run was cut off")


def test_odd_files_beside_the_journal_do_no_harm():
    odd = {
        "plan": {"steps": [7, {"number": "x"}]},
        "preflight": {"a": [1], "b": {"checks": {"id": 1}}, "c": None},
        "aftercare": {"work_list": [3]},
    }
    report = made(stories.finished(), **odd)
    assert report["checks"] == [] and report["work"] == []


def test_the_target_of_a_plan_replaces_newest():
    story = stories.failed()
    for entry in story.entries:
        if entry["event"] == "plan_recorded":
            entry["data"]["request"]["target_version"] = "the newest that is offered"
    assert made(story)["upgrade"]["to"] == "23.2.1" and made(story)["upgrade"]["plan_hash"].startswith("sha256:")


def test_the_events_that_are_read_exist():
    read = {*records._DECIDED, *records._FILES, *acts._READERS, *scope._WORK}
    for path in Path(acts.__file__).parent.glob("*.py"):
        read |= set(re.findall(r'entry\["event"\] (?:==|!=) "(\w+)"', path.read_text()))
    assert len(read) > 20 and read <= set(EVENTS)
