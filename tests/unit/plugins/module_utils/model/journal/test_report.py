# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report: what a person reads after a run, and what a program gets."""

import json

from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.report import report

from tests.support.entries import BASE, SITE

CLOSED = dict(SITE, reasons=["3:00:00 of the waiting time remain"], next_run_at="2026-03-03T12:40:00+00:00")


def entries(*events):
    made, run = [], 0
    for number, (event, data) in enumerate(events):
        run += event == "run_opened"
        made.append(
            {
                "seq": number + 1,
                "time": f"2026-03-02T{12 + number // 60}:{number % 60:02d}:00+00:00",
                "run": run,
                "event": event,
                "data": data,
            }
        )
    return made


STORY = entries(
    ("run_opened", {}),
    ("backup_taken", {"path": "/srv/a.nsb", "sha256": "ab", "bytes": 5000}),
    ("certificate_saved", {"path": "/srv/a.p12", "sha256": "cd", "name": "a.example.com"}),
    ("step_begun", BASE),
    ("step_done", dict(BASE, evidence={"base_version": "6.2.0"})),
    ("step_begun", SITE),
    ("step_done", dict(SITE, appliance_time=1.0, evidence={"version": "19.1.8"})),
    ("catch_up_waiting", CLOSED),
    ("run_ended", {"state": "waiting"}),
)


def test_people_read_events_and_open_work():
    assert report(STORY)["lines"] == [
        "2026-03-02 12:00:00  run 1 began",
        "2026-03-02 12:01:00  backup saved: /srv/a.nsb, 5000 bytes, SHA-256 ab",
        "2026-03-02 12:02:00  certificate a.example.com saved: /srv/a.p12, SHA-256 cd",
        "2026-03-02 12:03:00  Base 6.2.0: installation begun",
        "2026-03-02 12:04:00  Base 6.2.0: installed, verified by base_version 6.2.0",
        "2026-03-02 12:05:00  Bomgar 19.1.8: installation begun",
        "2026-03-02 12:06:00  Bomgar 19.1.8: installed, verified by version 19.1.8",
        "2026-03-02 12:07:00  Bomgar 19.1.8: catch-up closed: 3:00:00 of the waiting time remain; "
        "run again at 2026-03-03T12:40:00+00:00 (the appliance's clock)",
        "2026-03-02 12:08:00  run 1 ended: waiting",
        "Open: clients have not caught up with Bomgar 19.1.8.",
    ]


def test_programs_get_steps_runs_and_open_work():
    made = json.loads(json.dumps(report(STORY)))
    assert [(step["package"], step["state"], step["seconds"]) for step in made["steps"]] == [
        ("Base 6.2.0", "done", 60.0),
        ("Bomgar 19.1.8", "done", 60.0),
    ]
    assert made["runs"] == [{"run": 1, "begun": "2026-03-02T12:00:00+00:00", "ended": "2026-03-02T12:08:00+00:00", "state": "waiting"}]
    assert made["duration_seconds"] == 480.0 and made["catch_up"]["waited"] == 1 and made["open_step"] is None


def test_many_readings_are_one_line():
    looks = [("run_opened", {}), ("catch_up_waiting", CLOSED), ("run_ended", {"state": "waiting"})] * 30
    lines = report(entries(("step_done", dict(SITE, appliance_time=1.0)), *looks, ("catch_up_passed", SITE)))["lines"]
    assert sum("catch-up closed" in line for line in lines) == 1
    assert any("(30 readings)" in line for line in lines)
    assert len(lines) <= 6


def test_an_unverified_step_stays_open():
    """The report has its reason."""
    made = report(entries(("step_begun", BASE), ("step_unverified", dict(BASE, why="time-out\nafter 7200 s"))))
    assert made["lines"][-2:] == [
        "2026-03-02 12:01:00  Base 6.2.0: NOT VERIFIED to be installed: time-out after 7200 s",
        "Open: Base 6.2.0 was begun at 2026-03-02 12:00:00 and is not verified.",
    ]
    assert made["steps"][0]["seconds"] is None


def test_unfinished_run_is_listed_without_end():
    made = report(entries(("run_opened", {}), ("run_opened", {}), ("run_ended", {})))
    assert [run["ended"] is None for run in made["runs"]] == [True, False]


def test_nothing_yet_is_a_sentence_too():
    made = report([])
    assert made["lines"] == ["Nothing has happened yet."] and made["duration_seconds"] == 0.0


def test_report_names_who_decided():
    """The report names who ran, waived, accepted and released."""
    who = {"user": "ada", "person": "Ada Example", "host": "controller", "process": 7, "collection": "0.1.0"}
    events = [
        ("run_opened", {"took_over": "bob@old"}),
        (
            "step_begun",
            {
                "package": "Base 6.2.0",
                "kind": "base",
                "keys_waiver": "in the vault",
                "not_default": {"saved_max_age": 9000},
                "upload": {"path": "/p/base.nss", "sha256": "ab"},
            },
        ),
        ("step_released", {"package": "Base 6.2.0", "reason": "case 1234", "by": "Bob"}),
        ("catch_up_waived", {"package": "RS 22.1.4", "why": "CVE-2026-1"}),
        ("catch_up_passed", {"package": "RS 22.1.4", "not_default": {"threshold": 50.0}, "stragglers": [{}, {}]}),
        ("drained", {"host": "a", "state": "quiet", "terminated": 2, "logged_out": 0, "reason": "window"}),
    ]
    lines = report([dict(entry, who=who) for entry in entries(*events)])["lines"]
    assert [line.partition("  ")[2] for line in lines[:6]] == [
        "run 1 began by ada for Ada Example at controller (process 7), bomgar.appliance 0.1.0; it took over the lock of bob@old",
        "Base 6.2.0: installation begun from /p/base.nss, SHA-256 ab, without exported keys: in the vault"
        "; other than usual: saved_max_age 9000 (by Ada Example)",
        "Base 6.2.0: settled by a person: case 1234 (by Bob)",
        "RS 22.1.4: installed before the clients had their time: CVE-2026-1 (by Ada Example)",
        "RS 22.1.4: catch-up open, without 2 clients; other than usual: threshold 50 (by Ada Example)",
        "drain of a: quiet, 2 terminated (window)",
    ]
