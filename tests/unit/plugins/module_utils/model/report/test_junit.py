# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report as JUnit."""

from xml.etree import ElementTree

from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.junit import junit


def test_junit_counts_failures_and_holds_the_verdict(failed):
    root = ElementTree.fromstring(junit(failed))
    assert root.get("failures") == "2" and root.find("testsuite/testcase/failure").get("message") == failed["verdict"]
    assert int(root.get("tests")) == 1 + len(failed["steps"]) + len(failed["checks"])
