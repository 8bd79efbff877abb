# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The rows of the steps."""

from tests.support import stories
from tests.support.reports import made


def test_each_step_of_the_plan_has_its_row(finished):
    assert [row["number"] for row in finished["steps"]] == [None, *range(1, 10)]
    assert {row["state"] for row in finished["steps"]} == {"done"}
    assert finished["steps"][3]["seconds"] == 15 + 24 * 60 and finished["steps"][3]["estimate"]["seconds"] == 3600


def test_steps_that_were_not_begun_are_planned():
    """Those that were left out were not needed."""
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


def test_text_only_plan_gives_rows():
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
