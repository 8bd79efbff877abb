# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Steps of the journal: open, done, released."""

import pytest

from tests.support.entries import BASE, DONE, SITE, state


def test_step_is_open_until_verified():
    assert state(("step_begun", BASE)).open_step["package"] == "Base 6.2.0"
    made = state(("step_begun", BASE), ("step_done", BASE))
    assert made.open_step is None and made.done == 1
    assert made.history == [
        {
            "package": "Base 6.2.0",
            "kind": "base",
            "version": "6.2.0",
            "host": "",
            "begun": "t1",
            "ended": "t2",
            "state": "done",
            "why": "",
            "evidence": {},
            "run": 0,
        }
    ]


def test_unverified_step_keeps_its_reason():
    made = state(("step_begun", BASE), ("step_unverified", {"package": "Base 6.2.0", "why": "time-out"}))
    assert made.open_step["unverified"] and made.open_step["why"] == "time-out"
    assert made.history[0]["state"] == "unverified" and made.history[0]["ended"] is None


@pytest.mark.parametrize(("event", "ended_as"), [("step_withdrawn", "withdrawn"), ("step_released", "released")])
def test_a_step_may_close_without_being_done(event, ended_as):
    """When it was never sent, or when a person releases it."""
    made = state(("step_begun", BASE), (event, {"package": "Base 6.2.0", "reason": "case 1234", "why": None}))
    assert made.open_step is None and made.done == 0
    assert made.history[0]["state"] == ended_as
    assert made.history[0]["why"] == ("case 1234" if event == "step_released" else "")


def test_foreign_events_do_not_close_step():
    made = state(("step_begun", BASE), ("step_done", DONE), ("step_withdrawn", SITE), ("step_unverified", SITE))
    assert made.open_step["package"] == "Base 6.2.0" and not made.open_step["unverified"]
    assert [step["state"] for step in made.history] == ["open", "done"]


def test_repeated_step_was_interrupted_at_first():
    made = state(("step_begun", BASE), ("step_begun", BASE), ("step_done", BASE))
    assert [step["state"] for step in made.history] == ["cut off", "done"]


A, B = {"host": "a", "guid": "aa"}, {"host": "b", "guid": "bb"}


def test_one_package_on_two_nodes_is_two_steps():
    made = state(("run_opened", {"guids": ["aa", "bb"]}), ("step_begun", {**BASE, **B}), ("step_done", {**BASE, **A}))
    assert made.open_step["host"] == "b"
    assert [(step["host"], step["state"]) for step in made.history] == [("b", "open"), ("a", "done")]
