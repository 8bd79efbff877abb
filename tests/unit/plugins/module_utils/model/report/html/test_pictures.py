# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The pictures of the page."""

import re
from zoneinfo import ZoneInfo

from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.build import Sources, build_report
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.html.page import page
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.journal_windows import journal_windows

from tests.support import stories


def report_of(story, **more):
    files = story.files
    known = {
        "plan": files.get("plan.json", {}),
        "preflight": {name[10:-5]: content for name, content in files.items() if name.startswith("preflight/")},
        "aftercare": files.get("aftercare.json", {}),
        "windows": journal_windows(story.entries),
        "zone": "Europe/Berlin",
        "collection": "0.1.0",
    }
    return build_report(Sources(story.entries, story.chain, "support_example_com", stories.MADE_AT, **{**known, **more}))


def html_of(story, language="en", zone="Europe/Berlin", **more):
    local = ZoneInfo(zone)
    return page(report_of(story, zone=zone, **more), language=language, local=lambda moment: moment.astimezone(local)).decode()


def test_a_wait_for_a_window_is_drawn_beside_the_windows():
    story = stories.finished()
    story.entries[-1] = dict(story.entries[-1], event="note", data={"text": "x"})
    story.add("window_waiting", until="2026-03-08T19:00:00+00:00", why="closed", what="install <b>x</b>").add("note", 60, text="y")
    text = html_of(story)
    assert "<title>waits for a maintenance window: install &lt;b&gt;x&lt;/b&gt;</title>" in text
    assert len(re.findall('<rect class="window" x=', text)) == 2, "one in the picture, one in the legend"


def test_a_catch_up_with_one_look_is_a_sentence():
    story = stories.finished()
    story.entries = [entry for entry in story.entries if entry["event"] != "catch_up_waiting"]
    text = html_of(story)
    assert "95 % of the clients after 26 h" in text and "curve-" not in text
