# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a rehearsal predicts is held against the upgrade, its windows are those that the steps use, and the next one knows more."""

import datetime
import json

import pytest
import yaml
from simulator.testing import Running
from simulator.world import SHIPPED

from tests.support import rehearsals
from tests.support.appliances import Bench
from tests.support.rehearsals import SUM, Variables, calendar, read, rehearse, upgrade_whole

OTHER = "sha256:" + "b" * 64
SLOW = 1.9  # times the usual length of an installation


def evening():
    return datetime.datetime.now(datetime.timezone.utc).replace(hour=18, minute=30, second=0, microsecond=0)


def world(name="modern_layout", **more):
    given = yaml.safe_load((SHIPPED / f"{name}.yml").read_text())
    return yaml.safe_dump({**given, "clock": {"start": evening().isoformat()}, **more})


def slow_packages():
    """Two hops that take long; the second one is offered by the test."""
    minutes = {"download": 5 * SLOW, "install": 20 * SLOW, "reboot": 5 * SLOW, "lag": 1 * SLOW}
    rows = (("23.2.1", True, []), ("23.3.2", False, ["rs-23.2.1"]))
    return [
        {
            "id": f"rs-{version}",
            "name": f"BeyondTrust Remote Support {version}",
            "kind": "site",
            "version": version,
            "offered": offered,
            "requires": requires,
            "minutes": minutes,
        }
        for version, offered, requires in rows
    ]


def test_measured_times_improve_next_prediction(tmp_path):
    """The report holds the truth."""
    variables = Variables(target={"target_version": "newest"})
    folder = tmp_path / "site/rehearsal"
    with Running(world(packages=slow_packages())) as running:
        bench = Bench(running, tmp_path)
        found = [rehearsed(bench, folder, variables)]
        running.simulation.machine("a").packages.offer("rs-23.3.2")
        found.append(rehearsed(bench, folder, variables, journal=str(tmp_path / "site/journal.jsonl")))
    bases, wrong = zip(*found)
    assert bases == ("assumed", "measured")
    assert wrong[0] > 0.4 and wrong[1] < 0.05, "seconds of an installation, of the truth"


def rehearsed(bench, folder, variables, **given):
    """(on what the length of a site package rests, by how much of the truth it was wrong) of a rehearsal and the upgrade after it."""
    found = read(bench, folder, variables, variants=[], **given)
    rehearse(found, folder, variables)
    report = upgrade_whole(bench, variables).report["rehearsal"]
    (install,) = report["installs"]
    assert report["truth"]["state"] == report["expected"]["state"] == "reached" and report["same_variables"] is True
    basis = next(one["basis"] for one in found["facts"] if one["fact"] == "installation_site")
    return basis, abs(install["expected_seconds"] - install["seconds"]) / install["seconds"]


@pytest.mark.parametrize(("checksum", "marked"), [(SUM, False), (OTHER, True)])
def test_other_variables_are_marked(checksum, marked, tmp_path, monkeypatch):
    """An upgrade with other variables than its rehearsal is marked."""
    variables, folder = Variables(), tmp_path / "site/rehearsal"
    with Running(world("already_current")) as running:
        bench = Bench(running, tmp_path)
        rehearse(read(bench, folder, variables, variants=[]), folder, variables)
        monkeypatch.setattr(rehearsals, "SUM", checksum)
        report = upgrade_whole(bench, variables).report
    said = "The upgrade had other variables than its rehearsal, so the rehearsal may not tell what happened."
    assert report["rehearsal"]["same_variables"] is not marked
    assert (said in report["rehearsal"]["sentences"]) is (said in (tmp_path / "site/report.html").read_text()) is marked


def test_the_calendar_says_which_window_each_step_uses(tmp_path):
    """The window of this evening is closed at half past six, and too short for both packages; the rehearsal says what comes tomorrow."""
    variables = Variables(windows={"list": [{"start": "20:00", "end": "21:30"}]})
    with Running(world()) as running:
        bench, begins = Bench(running, tmp_path), running.now()
        found = read(bench, tmp_path / "site/rehearsal", variables, variants=[])
        steps = rehearse(found, tmp_path / "site/rehearsal", variables)["worlds"][0]["steps"]
        truth = calendar(upgrade_whole(bench, variables), begins, windows=variables.windows)
    windows = [window_of(evening().date() + datetime.timedelta(day)) for day in (0, 1)]
    used = [(step["title"], step["window"]) for step in steps if step["node"]]
    assert used == [("install Base 7.0.0", windows[0]), ("install BeyondTrust Remote Support 23.2.1", windows[1])]
    waits = [(step["begins"], step["ends"]) for step in steps if "maintenance window" in step["title"]]
    assert waits[0] == (evening().isoformat(), windows[0]["begins"]) and waits[1][1] == windows[1]["begins"]
    assert [(step[1], step[4]) for step in truth if step[0]] == used, "the upgrade used other windows"


def window_of(day):
    return {"begins": f"{day}T20:00:00+00:00", "ends": f"{day}T21:30:00+00:00"}


def test_sessions_that_stay_are_another_world(tmp_path):
    """A drain that stops at its limit ends the upgrade only where sessions do not end by themselves."""
    variables = Variables(more={"policies": {"drain": True}, "drain": {"policy": "stop", "wait_timeout": 1800}})
    with Running(world()) as running:
        found = read(Bench(running, tmp_path), tmp_path / "rehearsal", variables, variants=["sessions_stay"])
        worlds = rehearse(found, tmp_path / "rehearsal", variables)["worlds"]
    assert [(one["id"], one["state"]) for one in worlds] == [("expected", "reached"), ("sessions_stay", "failed")]
    assert "1 session runs" in worlds[1]["verdict"] and worlds[1]["differs"][0] == "It ends failed, not reached."
    assert json.loads((tmp_path / "rehearsal/rehearsal.json").read_text())["worlds"][1]["title"] == "the sessions that run do not end"
