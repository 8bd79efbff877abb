# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Outages and waits."""

from tests.support import stories
from tests.support.reports import made


def test_window_wait_lasts_until_next_run():
    story = stories.Story().add("run_opened").add("window_waiting", until="2026-03-08T19:00:00+00:00", why="closed", what="install x")
    story.end("waiting", {}).add("run_opened", 7200)
    (wait,) = made(story)["timeline"]["windows"]["waits"]
    assert (wait["what"], wait["begun"], wait["ended"]) == ("install x", "2026-03-06T19:00:00+00:00", "2026-03-06T21:00:20+00:00")


def test_outage_of_pair_is_name_move(finished):
    assert [(one["why"], one["seconds"], one["over"]) for one in finished["timeline"]["public"]["outages"]] == [("moved", 74.0, True)]
    assert [one["node"] for one in finished["timeline"]["public"]["serving"]] == ["a.example.com", "b.example.com"]


def test_standalone_outage_is_its_installation():
    story = stories.Story()
    story.add("run_opened").install("a.example.com", "Base 7.0.0", "base", 20, step=1, serves=True)
    outages = made(story)["timeline"]["public"]["outages"]
    assert [(one["why"], one["seconds"]) for one in outages] == [("installed", 1200.0)]


def test_unverified_end_leaves_outage_open(failed):
    story = stories.Story()
    story.add("run_opened").add("step_begun", package="Base 7.0.0", kind="base", host="a").add("step_sent", package="Base 7.0.0").add(
        "note", 60, text="x"
    )
    (outage,) = made(story)["timeline"]["public"]["outages"]
    assert not outage["over"] and outage["seconds"] == 60.0
