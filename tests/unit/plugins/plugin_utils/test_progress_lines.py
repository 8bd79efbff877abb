# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The lines of the callback `progress`, made of values."""

from zoneinfo import ZoneInfo

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.plan_table import plan_table
from ansible_collections.bomgar.appliance.plugins.plugin_utils.progress_lines import (
    Spoken,
    clock,
    debug_lines,
    failure_lines,
    failure_texts,
    moment,
    plan_lines,
    spoken,
)
from ansible_collections.bomgar.appliance.plugins.plugin_utils.progress_summary import summary_lines

HOSTILE = "\x1b[2J\x1b]0;owned\x07Base\r\n[ 1/2] done"


def texts(lines):
    return [line.text for line in lines]


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("Base 6.2.0: 35 % Installing Base 6.2.0", Spoken("Installing Base 6.2.0", 35)),
        ("Base 6.2.0: 35 %", Spoken("", 35)),
        ("waiting for 'Base' installed: 0:00 passed, 1:59:59 left; last seen: 1 % Downloading", Spoken("Downloading", 1)),
        ("waiting for a data sync: 0:00 passed, 1:59:59 left; last seen: a: role primary", Spoken("a: role primary")),
        ("waiting for a sign of it: 0:00 passed, 9:59 left", Spoken("waiting for a sign of it")),
        ("An installation is under way; waiting for its end.", Spoken("An installation is under way; waiting for its end.", passing=False)),
        ("no cache: the disk is full", Spoken("no cache: the disk is full", passing=False)),
    ],
)
def test_a_line_of_progress_is_understood(said, means):
    assert spoken(said) == means


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00:00"), (725, "0:12:05"), (90061, "25:01:01"), (-3, "0:00:00")])
def test_a_clock_has_hours(seconds, shown):
    assert clock(seconds) == shown


@pytest.mark.parametrize(
    ("text", "zone", "shown"),
    [
        ("2026-03-03T20:00:00+00:00", "Europe/Berlin", "2026-03-03 21:00 CET (20:00 UTC)"),
        ("2026-07-03T23:30:00Z", "Europe/Berlin", "2026-07-04 01:30 CEST (2026-07-03 23:30 UTC)"),
        ("2026-03-03T20:00:00+00:00", "UTC", "2026-03-03 20:00 UTC"),
        ("tomorrow", "UTC", "tomorrow"),
    ],
)
def test_moment_is_local_and_utc(text, zone, shown):
    assert moment(text, ZoneInfo(zone)) == shown


def step(number, title="install Base 6.2.0", node="a.example.com", hop=1, disturbs="users and clients", **more):
    estimate = {"seconds": 3600, "least": 900, "basis": "vendor"}
    return {"number": number, "total": 2, "hop": hop, "title": title, "node": node, "disturbs": disturbs, "estimate": estimate, **more}


def planned(*steps):
    titles = {steps[0]["number"]: "Hop 1 of 1, to 22.1.4"}
    return {"steps": list(steps), "lines": ["From 20.2.1 to 22.1.4: 2 steps.", *plan_table(steps, titles), "Downtime: each installation."]}


PLAN = planned(step(1), step(2, "install BeyondTrust Remote Support 22.1.4", kind="site", version="22.1.4"))


def test_wide_terminal_shows_the_plan_table():
    assert texts(plan_lines(PLAN, 100)) == PLAN["lines"]


@pytest.mark.parametrize("width", [60, 80, 85])
def test_a_narrow_terminal_has_the_whole_plan(width):
    shown = texts(plan_lines(PLAN, width))
    assert max(map(len, shown)) <= width
    words = " ".join(" ".join(shown).split())
    assert all(
        word in words for word in ("a.example.com", "Base 6.2.0", "15-60 min (vendor)", "Downtime: each installation.", "Hop 1 of 1")
    )


def test_a_plan_without_steps_is_its_lines():
    assert texts(plan_lines({"steps": [], "lines": ["Both nodes run 23.2.1: nothing to do."]}, 100)) == [
        "Both nodes run 23.2.1: nothing to do."
    ]


SUMMARY = {
    "state": "waiting",
    "verdict": "The upgrade waits: clients have to catch up after Bomgar 20.2.1.",
    "public": "support.example.com",
    "nodes": [
        {"name": "a.example.com", "role": "backup", "version": "20.2.1", "base": "6.0.2", "reachable": False, "serves": False},
        {"name": "b.example.com", "role": "primary", "version": "20.2.1", "base": "", "reachable": True, "serves": True},
    ],
    "open": ["The failover relation is broken."],
    "next": {"first": ["Look at a."], "command": "ansible-playbook x", "not_before": "2026-03-03T20:00:00+00:00"},
}


def test_summary_has_state_and_next_command():
    assert texts(summary_lines("a", SUMMARY, ZoneInfo("Europe/Berlin"), 120)) == [
        "a.example.com, b.example.com: The upgrade waits: clients have to catch up after Bomgar 20.2.1.",
        "  a.example.com  20.2.1, Base 6.0.2  backup  NOT REACHABLE",
        "  b.example.com  20.2.1, Base unknown  primary  serves support.example.com",
        "  open:  The failover relation is broken.",
        "  first: Look at a.",
        "  next:  ansible-playbook x",
        "         not before 2026-03-03 21:00 CET (20:00 UTC), by the appliance's clock",
    ]


def test_what_a_person_copies_is_in_one_line():
    digest, path = f"sha256:{'0123456789abcdef' * 4}", f"/srv/{'folder/' * 12}plan.json"
    assert texts(plan_lines({"lines": [f"Plan {digest}"]}, 60)) == ["Plan", f"  {digest}"]
    assert f"    {path}" in texts(failure_lines("a", "Read", {"msg": f"Cannot read {path} now."}, 60))


def test_a_failure_is_shown_whole():
    result = {
        "msg": "Cannot install.\nRead the log.",
        "instructions": ["Call support."],
        "rc": 3,
        "stderr": "Cannot install.",
        "outcome": "unknown",
    }
    assert texts(failure_lines("a", "Install the package", result, 100)) == [
        "FAILED  a  Install the package",
        "  Cannot install.",
        "  Read the log.",
        "  Call support.",
        "  exit status 3",
        "  outcome: unknown. What was asked for may go on there.",
    ]


def test_a_failure_without_words_says_so():
    assert failure_texts({}) == ["no message"]
    assert failure_texts({"censored": "the output has been hidden", "changed": False}) == ["the output has been hidden"]


def test_debug_shows_a_message_or_a_variable():
    assert texts(debug_lines({"msg": ["one", "two\nthree"]}, 100)) == ["  one", "  two", "  three"]
    assert texts(debug_lines({"upgrade_state": "reached", "changed": False}, 100)) == ["  upgrade_state: reached"]


def test_hostile_names_are_inert():
    shown = [
        *plan_lines(planned(step(1, HOSTILE), step(2, node=HOSTILE, disturbs=HOSTILE)), 60),
        *summary_lines(HOSTILE, {"verdict": HOSTILE, "nodes": [{"name": HOSTILE}], "open": [HOSTILE]}, None, 100),
        *failure_lines(HOSTILE, HOSTILE, {"msg": HOSTILE}, 100),
        *debug_lines({"msg": HOSTILE}, 100),
    ]
    assert shown and all(line.text.isprintable() for line in shown)
    assert not [line for line in shown if line.text.startswith("[ 1/2]")]
