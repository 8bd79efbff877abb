# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report as data: what it says of an upgrade that is finished, waits, failed, was cut off."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.events import EVENTS
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report import acts, records, scope
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.build import Sources, build_report
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.junit import junit
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.journal_windows import journal_windows

from tests.support import stories
from tests.support.golden import same_as_golden

SCHEMA = json.loads((Path(__file__).parents[6] / "docs/schemas/report.schema.json").read_text())
STORIES = {"finished": stories.finished, "failed": stories.failed}


def made(story, **more):
    files = story.files
    known = {
        "plan": files.get("plan.json", {}),
        "preflight": {name[10:-5]: content for name, content in files.items() if name.startswith("preflight/")},
        "aftercare": files.get("aftercare.json", {}),
        "windows": journal_windows(story.entries),
    }
    return build_report(Sources(story.entries, story.chain, "support_example_com", stories.MADE_AT, **{**known, **more}))


@pytest.fixture(scope="module")
def finished():
    return made(stories.finished())


@pytest.fixture(scope="module")
def failed():
    return made(stories.failed())


@pytest.mark.parametrize("name", STORIES)
def test_the_report_is_the_golden_one(name):
    report = made(STORIES[name]())
    same_as_golden(f"report/{name}.json", json.dumps(report, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    same_as_golden(f"report/{name}.junit.xml", junit(report).decode())


@pytest.mark.parametrize("story", [stories.Story(), stories.finished(), stories.failed(), stories.hostile("<b>x</b>")])
def test_the_report_fits_its_schema(story):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(made(story), SCHEMA)


def test_a_wait_for_a_window_lasts_until_the_next_run():
    story = stories.Story().add("run_opened").add("window_waiting", until="2026-03-08T19:00:00+00:00", why="closed", what="install x")
    story.end("waiting", {}).add("run_opened", 7200)
    (wait,) = made(story)["timeline"]["windows"]["waits"]
    assert (wait["what"], wait["begun"], wait["ended"]) == ("install x", "2026-03-06T19:00:00+00:00", "2026-03-06T21:00:20+00:00")


def test_the_outage_of_a_pair_is_the_move_of_the_public_name(finished):
    assert [(one["why"], one["seconds"], one["over"]) for one in finished["timeline"]["public"]["outages"]] == [("moved", 74.0, True)]
    assert [one["node"] for one in finished["timeline"]["public"]["serving"]] == ["a.example.com", "b.example.com"]


def test_each_step_of_the_plan_has_its_row(finished):
    assert [row["number"] for row in finished["steps"]] == [None, *range(1, 10)]
    assert {row["state"] for row in finished["steps"]} == {"done"}
    assert finished["steps"][3]["seconds"] == 15 + 24 * 60 and finished["steps"][3]["estimate"]["seconds"] == 3600


def test_what_was_not_begun_is_planned_and_what_was_left_out_was_not_needed():
    story = stories.failed()
    story.entries = [entry for entry in story.entries if entry["data"].get("step") != 1]
    states = {row["number"]: row["state"] for row in made(story)["steps"]}
    assert states == {
        None: "done",
        1: "not_needed",
        2: "done",
        3: "done",
        4: "done",
        5: "done",
        6: "unverified",
        7: "planned",
        8: "planned",
        9: "planned",
    }


def test_a_failure_begins_with_what_a_person_does_first(failed):
    assert failed["state"] == "failed" and "DO NOT RESTART" in failed["verdict"]
    assert failed["next"]["first"][0].startswith("Do not restart a.example.com.") and failed["next"]["command"] == stories.COMMAND
    assert failed["open"][0].startswith("Base 7.0.0 was requested on a.example.com") and failed["upgrade"]["ended"] is None


def test_the_curve_of_a_catch_up_has_all_looks(finished):
    assert [look["percent"] for look in finished["catch_ups"][-1]["looks"]] == [9.5, 43.6, 59.5, 95.0]
    assert finished["catch_ups"][-1]["stragglers"] == 11


def test_people_are_named_with_what_they_decided(finished):
    (person,) = finished["people"]
    assert person["name"] == "Ada Example" and person["account"] == "ada@controller"
    assert [act["event"] for act in person["acts"]].count("decided") == 4


def test_a_run_without_an_end_is_unfinished():
    story = stories.failed()
    story.entries.pop()
    assert made(story)["state"] == "unfinished" and made(story)["verdict"].startswith("The run was cut off")


def test_a_run_that_finds_nothing_to_do_belongs_to_the_upgrade_before():
    story = stories.finished()
    steps = made(story)["steps"]
    story.add("run_opened").add("run_ended", state="reached")
    assert made(story)["steps"] == steps and len(made(story)["runs"]) == 5


def test_the_next_upgrade_has_a_report_of_its_own():
    story = stories.finished()
    story.add("run_opened").add("run_ended", state="failed", why="no route")
    report = made(story)
    assert report["steps"] == [] and report["work"] == [] and len(report["runs"]) == 1 and report["upgrade"]["from"] == "23.2.1"


def test_a_standalone_appliance_is_out_while_it_is_installed():
    story = stories.Story()
    story.add("run_opened").install("a.example.com", "Base 7.0.0", "base", 20, step=1, serves=True)
    outages = made(story)["timeline"]["public"]["outages"]
    assert [(one["why"], one["seconds"]) for one in outages] == [("installed", 1200.0)]


def test_an_outage_whose_end_nobody_verified_is_not_over(failed):
    story = stories.Story()
    story.add("run_opened").add("step_begun", package="Base 7.0.0", kind="base", host="a").add("step_sent", package="Base 7.0.0").add(
        "note", 60, text="x"
    )
    (outage,) = made(story)["timeline"]["public"]["outages"]
    assert not outage["over"] and outage["seconds"] == 60.0


def test_a_plan_that_is_text_only_gives_rows_too():
    story = stories.Story()
    lines = [
        "Hop 1 of 1",
        "  1. synchronize the data from a",
        "  2. install Base 7.0.0 on b (needed)",
        "  3. b takes over from a; the public name moves",
    ]
    story.add("run_opened").add("plan_recorded", request={}, lines=lines)
    story.add("action_begun", action="sync", node="a").add("action_done", 9, action="sync", node="a")
    assert [(row["number"], row["state"]) for row in made(story)["steps"]] == [(1, "done"), (2, "planned"), (3, "planned")]


def test_odd_files_beside_the_journal_do_no_harm():
    odd = {
        "plan": {"steps": [7, {"number": "x"}]},
        "preflight": {"a": [1], "b": {"checks": {"id": 1}}, "c": None},
        "aftercare": {"work_list": [3]},
    }
    report = made(stories.finished(), **odd)
    assert report["checks"] == [] and report["work"] == []


def test_junit_counts_failures_and_holds_the_verdict(failed):
    root = ElementTree.fromstring(junit(failed))
    assert root.get("failures") == "2" and root.find("testsuite/testcase/failure").get("message") == failed["verdict"]
    assert int(root.get("tests")) == 1 + len(failed["steps"]) + len(failed["checks"])


def test_a_preflight_of_an_upgrade_before_is_left_out():
    checks = [{"id": "health", "kind": "pass"}]
    old, new = ({"time": time, "checks": checks} for time in ("2026-01-01T00:00:00+00:00", "2026-03-06T19:00:01+00:00"))
    assert [one["node"] for one in made(stories.finished(), preflight={"a": old, "b": new})["checks"]] == ["b"]


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
