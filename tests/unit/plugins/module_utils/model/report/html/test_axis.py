# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The axis of a picture."""

from datetime import timezone

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


def test_a_summer_time_zone_moves_the_times_on_the_axis():
    local = timezone.utc
    assert page(report_of(stories.finished(), zone="UTC"), language="en", local=lambda moment: moment.astimezone(local)).count(b"<svg") >= 2
