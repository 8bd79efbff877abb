# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the upgrades of the worlds left becomes one rehearsal: a calendar, and what each assumption changes."""

import json
import time
from pathlib import Path

import jsonschema
from ansible_collections.bomgar.appliance.plugins.module_utils.model.world.rehearsal import Played, build_rehearsal, lines_of

SCHEMA = json.loads((Path(__file__).parents[6] / "docs/schemas/rehearsal.schema.json").read_text())
MINUTES = {"site": {"download": 5, "install": 20, "reboot": 5, "lag": 1}, "base": {"download": 3, "install": 12, "reboot": 5, "lag": 0}}
WORLD = {
    "clock": {"start": "2026-03-02T20:00:00+00:00"},
    "packages": [{"id": f"{kind}-1", "kind": kind, "minutes": minutes} for kind, minutes in MINUTES.items()],
}


def state(*history, **clients):
    return {"appliances": [{"name": "a", "history": [*history], "clients": clients}], "pairs": []}


def event(what, at, **more):
    return {"event": what, "time": f"2026-03-02T{at}:00+00:00", **more}


INSTALLED = (
    event("install_started", "20:10", package="base-1", name="Base 7.0.0"),
    event("installed", "20:30", package="base-1", name="Base 7.0.0"),
    event("install_started", "20:31", package="site-1", name="BeyondTrust 24.1.2"),
    event("installed", "21:01", package="site-1", name="BeyondTrust 24.1.2"),
)
PASSED = {"event": "catch_up_passed", "data": {"package": "BeyondTrust 24.1.2", "at": 1772571660.0}}
REACHED = {
    "state": "reached",
    "verdict": "The upgrade is finished.",
    "runs": [{"why": ""}],
    "upgrade": {"from": "23.3.2", "to": "24.1.2", "mode": "standalone"},
}


def played(identity="expected", happened=INSTALLED, report=None, entries=(PASSED,), **clients):
    return Played(identity, f"title of {identity}", "why", WORLD, state(*happened, **clients), report or REACHED, entries)


def built(*worlds, **more):
    facts = [{"fact": "network", "basis": "cannot_be_known", "value": "It follows", "why": "Caches."}]
    made = build_rehearsal(
        worlds,
        site="support",
        made_at="2026-03-01T08:00:00+00:00",
        collection="1",
        facts=facts,
        node_names={"a.example.com": "a"},
        variables="sha256:" + "0" * 64,
        left_out={"drain_notify_hook": "Nobody is notified."},
        **more,
    )
    jsonschema.Draft202012Validator(SCHEMA).validate(made)
    return made


def test_the_calendar_is_that_of_the_appliance():
    (world,) = built(played())["worlds"]
    shown = [(step["node"], step["title"], step["begins"][11:16], step["ends"][11:16]) for step in world["steps"]]
    assert shown == [
        ("a.example.com", "install Base 7.0.0", "20:10", "20:30"),
        ("a.example.com", "install BeyondTrust 24.1.2", "20:31", "21:01"),
        ("", "wait for the clients after BeyondTrust 24.1.2", "21:01", "21:01"),
    ]
    assert (world["ends"], world["seconds"]) == ("2026-03-03T21:01:00+00:00", 90060.0)


def test_a_standalone_appliance_is_away():
    """While a site package is installed, and while it restarts."""
    (world,) = built(played())["worlds"]
    assert world["outage_seconds"] == 60 * (5 + 25)


def test_who_is_left_behind_is_counted():
    (world,) = built(played(skipped=3, offline_pending=2, lost=0))["worlds"]
    assert [one["count"] for one in world["left_behind"]] == [3, 2]


def test_an_assumption_that_changes_the_end_is_said():
    failed = {
        **REACHED,
        "state": "failed",
        "verdict": "The upgrade failed:",
        "runs": [{"why": "Base is stuck."}],
        "next": {"first": ["Call support."]},
    }
    rehearsal = built(played(), played("base_stuck", INSTALLED[:1], failed, ()))
    stuck = rehearsal["worlds"][1]
    assert stuck["differs"][0] == "It ends failed, not reached." and stuck["stopped_by"] == ["Call support."]
    assert stuck["steps"][0]["ends"] is None and stuck["ends"] is None
    assert stuck["verdict"] == "The upgrade failed: Base is stuck."
    lines = lines_of(rehearsal)
    assert "If title of base_stuck: It ends failed, not reached. Nobody can work for 30 min less." in lines
    assert lines[-1] == "Cannot be known: It follows. Caches."


def test_a_run_that_did_not_begin_says_why():
    world = built(Played("expected", "t", "w", WORLD, state(), {}, (), "upgrade_taget_version is unknown."))["worlds"][0]
    assert (world["state"], world["verdict"]) == ("failed", "The upgrade was not begun. upgrade_taget_version is unknown.")


WAITED = {
    "event": "window_waiting",
    "data": {"what": "install BeyondTrust 24.1.2", "until": "2026-03-02T22:00:00+00:00", "why": "it is closed"},
}


def test_each_step_names_window_and_wait():
    late = (
        *INSTALLED[:2],
        event("install_started", "22:01", package="site-1", name="B"),
        event("installed", "22:31", package="site-1", name="B"),
    )
    begins = {"20:10": None, "22:01": (1772488800.0, 1772496000.0)}
    rehearsal = built(played(happened=late, entries=(WAITED, WAITED)), window_at=lambda at: begins[time.strftime("%H:%M", time.gmtime(at))])
    shown = [(step["title"], step["begins"][11:16], step["ends"][11:16], step["window"]) for step in rehearsal["worlds"][0]["steps"]]
    assert shown == [
        ("install Base 7.0.0", "20:10", "20:30", None),
        ("wait for a maintenance window for install BeyondTrust 24.1.2", "20:30", "22:00", None),
        ("install B", "22:01", "22:31", {"begins": "2026-03-02T22:00:00+00:00", "ends": "2026-03-03T00:00:00+00:00"}),
    ]
    assert " 2026-03-02T22:01 a.example.com install B, in the window from 2026-03-02T22:00 to 2026-03-03T00:00" in lines_of(rehearsal)
