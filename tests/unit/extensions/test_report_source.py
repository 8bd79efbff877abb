# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The event source: one event for each end of a run and for each time that has come, whatever the files look like meanwhile."""

import asyncio
import datetime
import importlib.util
import json
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "extensions/eda/plugins/event_source/report.py"
GOLDEN = ROOT / "tests/unit/fixtures/golden/report"
UTC = datetime.timezone.utc
NOW = datetime.datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def source():
    spec = importlib.util.spec_from_file_location("report_source", SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write(path, state="waiting", not_before="", begun="2026-03-02T20:00:00+00:00"):
    facts = {
        "site": path.parent.name,
        "state": state,
        "verdict": f"The site is {state}.",
        "runs": [{"begun": begun}],
        "next": {"first": [], "command": "ansible-playbook ...", "not_before": not_before},
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(facts))
    return path


def told(reports, *paths, now=NOW):
    return [(one["bomgar"]["event"], one["bomgar"]["site"], one["bomgar"]["state"]) for one in reports.events(list(paths), now)]


def test_waiting_site_is_due_once(source, tmp_path):
    reports, path = source.Reports(), write(tmp_path / "one/report.json", not_before="2026-03-03T20:00:00+00:00")
    assert told(reports, path) == [("closed", "one", "waiting")]
    assert told(reports, path, now=NOW + datetime.timedelta(hours=7)) == []
    assert told(reports, path, now=NOW + datetime.timedelta(hours=8)) == [("due", "one", "waiting")]
    assert told(reports, path, now=NOW + datetime.timedelta(hours=9)) == []


def test_running_site_is_not_reported_again(source, tmp_path):
    """The next run is reported again; one at work is not."""
    reports, path = source.Reports(), write(tmp_path / "one/report.json", state="failed")
    assert told(reports, path) == [("closed", "one", "failed")]
    write(path, state="unfinished", begun="2026-03-03T11:00:00+00:00")
    assert told(reports, path) == []
    write(path, state="reached", begun="2026-03-03T11:00:00+00:00")
    assert told(reports, path) == [("closed", "one", "reached")]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"site": "one"}', "null"])
def test_foreign_file_hides_no_report(source, tmp_path, text):
    reports, good, bad = source.Reports(), write(tmp_path / "one/report.json"), tmp_path / "bad.json"
    bad.write_text(text)
    assert told(reports, bad, tmp_path / "missing.json", good) == [("closed", "one", "waiting")]


def test_a_time_without_a_zone_is_no_time(source, tmp_path):
    assert told(source.Reports(), write(tmp_path / "one/report.json", not_before="2026-03-03T20:00:00")) == []


@pytest.mark.parametrize("name", sorted(one.name for one in GOLDEN.glob("*.json")))
def test_reports_of_real_runs_are_read(source, tmp_path, name):
    shutil.copy(GOLDEN / name, tmp_path / "report.json")
    report = json.loads((GOLDEN / name).read_text())
    (first, *_due) = source.Reports().events([tmp_path / "report.json"], NOW) or [None]
    assert first is None if report["state"] == "unfinished" else first["bomgar"]["verdict"] == report["verdict"]


def test_the_source_sends_and_keeps_looking(source, tmp_path):
    async def first_two():
        queue = asyncio.Queue()
        task = asyncio.create_task(source.main(queue, {"paths": [str(tmp_path / "*/report.json")], "interval": 0.01, "known": False}))
        await asyncio.sleep(0.05)
        write(tmp_path / "two/report.json", state="failed")
        one = await asyncio.wait_for(queue.get(), 10)
        write(tmp_path / "three/report.json", state="manual")
        two = await asyncio.wait_for(queue.get(), 10)
        task.cancel()
        return [one["bomgar"]["site"], two["bomgar"]["site"]]

    write(tmp_path / "known/report.json", state="failed")
    assert asyncio.run(first_two()) == ["two", "three"]
