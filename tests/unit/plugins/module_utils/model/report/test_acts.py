# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What people did."""

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


def test_people_are_named_with_what_they_decided(finished):
    (person,) = finished["people"]
    assert person["name"] == "Ada Example" and person["account"] == "ada@controller"
    assert [act["event"] for act in person["acts"]].count("decided") == 4
