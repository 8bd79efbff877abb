# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report as JUnit."""

import re
from xml.etree import ElementTree

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.junit import junit

from tests.support import stories
from tests.support.html_elements import ATTACKS
from tests.support.reports import made


def test_junit_counts_failures_and_holds_the_verdict(failed):
    root = ElementTree.fromstring(junit(failed))
    assert root.get("failures") == "2" and root.find("testsuite/testcase/failure").get("message") == failed["verdict"]
    assert int(root.get("tests")) == 1 + len(failed["steps"]) + len(failed["checks"])


@pytest.mark.parametrize("attack", ATTACKS)
def test_names_from_outside_are_inert(attack):
    content = junit(made(stories.hostile(attack)))
    plain, hostile = (list(ElementTree.fromstring(one).iter()) for one in (junit(made(stories.hostile("harmless"))), content))
    assert [(one.tag, sorted(one.attrib)) for one in hostile] == [(one.tag, sorted(one.attrib)) for one in plain]
    texts = [value for one in hostile for value in (one.text or "", *one.attrib.values())]
    assert not [text for text in texts if re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00\x1b]", text)]
