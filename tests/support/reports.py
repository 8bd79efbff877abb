# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report of a story, as data and as a page."""

from zoneinfo import ZoneInfo

from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.build import Sources, build_report
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.html.page import page
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.journal_windows import journal_windows

from tests.support import stories


def made(story, **more):
    files = story.files
    known = {
        "plan": files.get("plan.json", {}),
        "preflight": {name[10:-5]: content for name, content in files.items() if name.startswith("preflight/")},
        "aftercare": files.get("aftercare.json", {}),
        "windows": journal_windows(story.entries),
        "comparison": files.get("comparison.json", {}),
        "rehearsal": files.get("rehearsal/rehearsal.json", {}),
    }
    return build_report(Sources(story.entries, story.chain, "support_example_com", stories.MADE_AT, **{**known, **more}))


def report_of(story, **more):
    """The report as a site in Berlin has it."""
    return made(story, **{"zone": "Europe/Berlin", "collection": "0.1.0", **more})


def html_of(story, language="en", zone="Europe/Berlin", **more):
    local = ZoneInfo(zone)
    return page(report_of(story, zone=zone, **more), language=language, local=lambda moment: moment.astimezone(local)).decode()
