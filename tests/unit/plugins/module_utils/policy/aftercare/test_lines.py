# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.bomgar.appliance.plugins.module_utils.policy.aftercare.lines import lines, markdown

OPEN = {
    "id": "a",
    "title": "Do it",
    "state": "open",
    "reason": "It is open.",
    "owner": "Ada",
    "action": ["First.", "Second."],
    "link": "/login",
}
DONE = dict(OPEN, id="b", title="Did it", state="done", reason="It is done.")
COUNTS = {"lines": ["Jumpoints: 2 before, 2 now"]}


def test_open_items_come_first_with_their_steps():
    assert lines([DONE, OPEN], COUNTS) == [
        "Open (1)",
        "- Do it [Ada] (a): It is open.",
        "  1. First.",
        "  2. Second.",
        "  Where: /login",
        "Done (1)",
        "- Did it (b): It is done.",
        "Clients before and after",
        "- Jumpoints: 2 before, 2 now",
    ]


def test_groups_are_headings_in_markdown():
    text = markdown([OPEN], COUNTS)
    assert text.startswith("# Work that is left after the upgrade\n\n## Open (1)\n\n- Do it") and text.endswith("2 now\n")
