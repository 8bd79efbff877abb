# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The curve of a catch-up."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.build import Sources, build_report
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.journal_windows import journal_windows

from tests.support import stories


def made(story, **more):
    files = story.files
    known = {
        "plan": files.get("plan.json", {}),
        "preflight": {name[10:-5]: content for name, content in files.items() if name.startswith("preflight/")},
        "aftercare": files.get("aftercare.json", {}),
        "windows": journal_windows(story.entries),
    }
    return build_report(Sources(story.entries, story.chain, "support_example_com", stories.MADE_AT, **{**known, **more}))


@pytest.fixture(scope="module")
def finished():
    return made(stories.finished())


def test_the_curve_of_a_catch_up_has_all_looks(finished):
    assert [look["percent"] for look in finished["catch_ups"][-1]["looks"]] == [9.5, 43.6, 59.5, 95.0]
    assert finished["catch_ups"][-1]["stragglers"] == 11
