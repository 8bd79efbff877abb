# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The pictures of the page."""

import re

from tests.support import stories
from tests.support.reports import html_of


def test_window_wait_is_drawn_beside_windows():
    story = stories.finished()
    story.entries[-1] = dict(story.entries[-1], event="note", data={"text": "x"})
    story.add("window_waiting", until="2026-03-08T19:00:00+00:00", why="closed", what="install <b>x</b>").add("note", 60, text="y")
    text = html_of(story)
    assert "<title>waits for a maintenance window: install &lt;b&gt;x&lt;/b&gt;</title>" in text
    assert len(re.findall('<rect class="window" x=', text)) == 2, "one in the picture, one in the legend"


def test_catch_up_with_one_reading_is_sentence():
    story = stories.finished()
    story.entries = [entry for entry in story.entries if entry["event"] != "catch_up_waiting"]
    text = html_of(story)
    assert "95 % of the clients after 26 h" in text and "curve-" not in text
