# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which part of the journal a report is about."""

from tests.support import stories
from tests.support.reports import made


def test_idle_run_belongs_to_previous_upgrade():
    """A run that finds nothing to do belongs to the upgrade before it."""
    story = stories.finished()
    steps = made(story)["steps"]
    story.add("run_opened").add("run_ended", state="reached")
    assert made(story)["steps"] == steps and len(made(story)["runs"]) == 5


def test_next_upgrade_has_its_own_report():
    story = stories.finished()
    story.add("run_opened").add("run_ended", state="failed", why="no route")
    report = made(story)
    assert report["steps"] == [] and report["work"] == [] and len(report["runs"]) == 1 and report["upgrade"]["from"] == "23.2.1"


def test_earlier_preflight_is_left_out():
    checks = [{"id": "health", "kind": "pass"}]
    old, new = ({"time": time, "checks": checks} for time in ("2026-01-01T00:00:00+00:00", "2026-03-06T19:00:01+00:00"))
    assert [one["node"] for one in made(stories.finished(), preflight={"a": old, "b": new})["checks"]] == ["b"]
