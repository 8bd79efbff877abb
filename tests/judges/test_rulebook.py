# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ansible-rulebook loads the rulebook of the examples and runs it: a waiting site is run again at its time, a failure is handed over."""

import copy
import json
import os
import pathlib
import subprocess

import jsonschema
import pytest
import yaml

from tests.support.ansible import ROOT
from tests.support.waiting import until

from .sites import AUTOMATION, surrounding, write_inventory
from .test_controllers import WORLD

pytestmark = pytest.mark.slow
EDA = ROOT / "examples/automation/eda"


@pytest.fixture(scope="module")
def schema():
    """ansible-rulebook's own JSON schema of rulebooks."""
    found = sorted((AUTOMATION.parent / "lib").glob("python*/site-packages/ansible_rulebook/schema/ruleset_schema.json"))
    return json.loads(found[0].read_text()) if found else pytest.skip("ansible-rulebook is not installed")


def test_the_rulebook_fits_the_schema_of_ansible_rulebook(schema):
    jsonschema.validate(yaml.safe_load((EDA / "upgrades.yml").read_text()), schema)


def test_the_schema_reports_planted_faults(schema):
    good = yaml.safe_load((EDA / "upgrades.yml").read_text())
    for plant in (lambda book: book[0].pop("sources"), lambda book: book[0]["rules"][0].update(conditions="x", action={"run_playbok": {}})):
        bad = copy.deepcopy(good)
        plant(bad)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, schema)


def left_report(folder, state, not_before=""):
    """A report as a run leaves it."""
    folder.mkdir(mode=0o700, parents=True)
    facts = {
        "site": "a",
        "state": state,
        "verdict": f"The site a is {state}.",
        "runs": [{"begun": "2026-03-02T20:00:00+00:00"}],
        "next": {"first": ["Look at the page Updates."], "command": "ansible-playbook ...", "not_before": not_before},
    }
    (folder / "report.json").write_text(json.dumps(facts))


@pytest.fixture
def rulebook(need, tmp_path):
    """rulebook(inventory) -> a function that returns what the started rulebook has printed so far."""
    started = []

    def start(inventory):
        program, java = need("ansible-rulebook", str(AUTOMATION)), pathlib.Path(os.path.realpath(need("java")))
        variables = {
            "reports": [str(tmp_path / "sites/*/report.json")],
            "interval_seconds": 1,
            "notify_playbook": str(EDA / "notify.yml"),
        }
        (tmp_path / "variables.json").write_text(json.dumps(variables))
        log, environment = tmp_path / "rulebook.log", {**surrounding(tmp_path), "JAVA_HOME": str(java.parents[1])}
        asked = [program, "-r", str(EDA / "upgrades.yml"), "-i", str(inventory), "--vars", str(tmp_path / "variables.json")]
        with log.open("w", encoding="utf-8") as said:
            started.append(subprocess.Popen(asked, env=environment, cwd=tmp_path, stdout=said, stderr=said))
        return log.read_text

    yield start
    for process in started:
        process.terminate()
        process.wait(60)


def test_waiting_site_runs_again_when_due(run, rulebook, tmp_path):
    running = run(WORLD, speed=600, idle_speed=28800)
    left_report(tmp_path / "sites/a", "waiting", "2026-03-03T20:00:00+00:00")
    said = rulebook(write_inventory(tmp_path / "hosts.json", running, tmp_path / "sites/a"))
    until(
        lambda: json.loads((tmp_path / "sites/a/report.json").read_text())["state"] == "reached",
        lambda: "failed=1" not in said(),
        said,
        seconds=150,
    )
    assert running.machine().version == "26.2.1"


def test_failure_is_reported_and_future_time_kept(run, rulebook, tmp_path):
    """The planted fault: a site that waits until a far day must not be run."""
    running = run(WORLD)
    inventory = write_inventory(tmp_path / "hosts.json", running, tmp_path / "sites/b")
    left_report(tmp_path / "sites/b", "waiting", "2099-03-03T20:00:00+00:00")
    left_report(tmp_path / "sites/a", "failed")
    said = rulebook(inventory)
    until(lambda: "Look at the page Updates." in said(), lambda: "failed=1" not in said(), said, seconds=150)
    assert running.requests() == [], said()
