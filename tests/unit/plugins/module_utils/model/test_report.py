# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report: what a person reads after a run, and what a program gets."""

import json

from ansible_collections.bomgar.appliance.plugins.module_utils.model.history import EVENTS
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report import _TELLERS, report

BASE = {"package": "Base 6.2.0", "kind": "base", "version": "6.2.0"}
SITE = {"package": "Bomgar 19.1.8", "kind": "site", "version": "19.1.8"}
CLOSED = dict(SITE, reasons=["3:00:00 of the waiting time are left"], next_run_at="2026-03-03T12:40:00+00:00")


def entries(*events):
    made, run = [], 0
    for number, (event, data) in enumerate(events):
        run += event == "run_opened"
        made.append({"seq": number + 1, "time": f"2026-03-02T{12 + number // 60}:{number % 60:02d}:00+00:00", "run": run, "event": event,
                     "data": data})  # fmt: skip
    return made


STORY = entries(
    ("run_opened", {}),
    ("backup_taken", {"path": "/srv/a.nsb", "sha256": "ab", "bytes": 5000}),
    ("certificate_saved", {"path": "/srv/a.p12", "sha256": "cd", "name": "a.example.com"}),
    ("step_begun", BASE),
    ("step_done", dict(BASE, proof={"base_version": "6.2.0"})),
    ("step_begun", SITE),
    ("step_done", dict(SITE, appliance_time=1.0, proof={"version": "19.1.8"})),
    ("gate_waiting", CLOSED),
    ("run_ended", {"outcome": "waiting"}),
)


def test_people_read_one_line_for_each_event_and_what_is_open():
    assert report(STORY)["lines"] == [
        "2026-03-02 12:00:00  run 1 began",
        "2026-03-02 12:01:00  backup saved: /srv/a.nsb, 5000 bytes, SHA-256 ab",
        "2026-03-02 12:02:00  certificate a.example.com saved: /srv/a.p12, SHA-256 cd",
        "2026-03-02 12:03:00  Base 6.2.0: installation begun",
        "2026-03-02 12:04:00  Base 6.2.0: installed, proved by base_version 6.2.0",
        "2026-03-02 12:05:00  Bomgar 19.1.8: installation begun",
        "2026-03-02 12:06:00  Bomgar 19.1.8: installed, proved by version 19.1.8",
        "2026-03-02 12:07:00  Bomgar 19.1.8: gate closed: 3:00:00 of the waiting time are left; "
        "run again at 2026-03-03T12:40:00+00:00 (the appliance's clock)",
        "2026-03-02 12:08:00  run 1 ended: waiting",
        "Open: the gate after Bomgar 19.1.8 is not passed.",
    ]


def test_programs_get_steps_with_their_times_runs_and_what_is_open():
    made = json.loads(json.dumps(report(STORY)))
    assert [(step["package"], step["outcome"], step["seconds"]) for step in made["steps"]] == [
        ("Base 6.2.0", "done", 60.0), ("Bomgar 19.1.8", "done", 60.0),
    ]  # fmt: skip
    assert made["runs"] == [{"run": 1, "begun": "2026-03-02T12:00:00+00:00", "ended": "2026-03-02T12:08:00+00:00",
                             "outcome": "waiting"}]  # fmt: skip
    assert made["duration_seconds"] == 480.0 and made["gate"]["waited"] == 1 and made["open_step"] is None


def test_many_looks_at_one_closed_gate_are_one_line():
    looks = [("run_opened", {}), ("gate_waiting", CLOSED), ("run_ended", {"outcome": "waiting"})] * 30
    lines = report(entries(("step_done", dict(SITE, appliance_time=1.0)), *looks, ("gate_passed", SITE)))["lines"]
    assert sum("gate closed" in line for line in lines) == 1
    assert any("(30 looks)" in line for line in lines)
    assert len(lines) <= 6


def test_a_step_that_did_not_prove_itself_is_told_with_its_reason_and_stays_open():
    made = report(entries(("step_begun", BASE), ("step_unproved", dict(BASE, why="time-out\nafter 7200 s"))))
    assert made["lines"][-2:] == [
        "2026-03-02 12:01:00  Base 6.2.0: NOT PROVED to be installed: time-out after 7200 s",
        "Open: Base 6.2.0 was begun at 2026-03-02 12:00:00 and is not proved.",
    ]
    assert made["steps"][0]["seconds"] is None


def test_a_run_without_an_end_is_listed_without_one():
    made = report(entries(("run_opened", {}), ("run_opened", {}), ("run_ended", {})))
    assert [run["ended"] is None for run in made["runs"]] == [True, False]


def test_nothing_yet_is_a_sentence_too():
    made = report([])
    assert made["lines"] == ["Nothing has happened yet."] and made["duration_seconds"] == 0.0


def test_every_event_of_the_journal_has_words():
    assert set(_TELLERS) == set(EVENTS)
