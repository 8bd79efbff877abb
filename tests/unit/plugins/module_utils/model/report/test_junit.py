# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report as JUnit."""

from xml.etree import ElementTree

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.build import Sources, build_report
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.junit import junit
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
def failed():
    return made(stories.failed())


def test_junit_counts_failures_and_holds_the_verdict(failed):
    root = ElementTree.fromstring(junit(failed))
    assert root.get("failures") == "2" and root.find("testsuite/testcase/failure").get("message") == failed["verdict"]
    assert int(root.get("tests")) == 1 + len(failed["steps"]) + len(failed["checks"])
