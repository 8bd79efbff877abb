# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.compared import comparison
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.html.states import STATES
from ansible_collections.bomgar.appliance.plugins.module_utils.model.snapshot.area import AREAS
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.comparison.rules import Terms
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.comparison.site import compare_site

from tests.support.snapshots import Area, named, pair_of

AT = "2026-03-07T20:00:00+00:00"


def compared():
    after = {"jump_groups": Area("Configuration API", items=named("Servers"))}
    return compare_site({"a": pair_of(after=after)}, Terms(), made_at=AT)


def test_the_report_has_the_areas_with_their_examples():
    found = comparison(compared(), "2026-03-06T19:00:00+00:00")
    (groups,) = [one for one in found["areas"] if one["area"] == "jump_groups"]
    assert (found["verdict"], groups["verdict"], groups["examples"]) == ("bad", "bad", ["gone: 1 (Kiosks)"])


def test_earlier_upgrades_comparison_is_left_out():
    assert comparison(compared(), "2026-03-08T00:00:00+00:00")["verdict"] == ""


@pytest.mark.parametrize("content", [{}, {"made": AT}, {"made": {"at": 7}, "verdict": "bad"}, {"made": {"at": AT}, "verdict": "fine"}])
def test_another_file_is_no_comparison(content):
    assert comparison(content, "") == {"verdict": "", "summary": "", "at": "", "areas": [], "filters": []}


def test_odd_comparison_data_is_left_out():
    odd = {"made": {"at": AT}, "verdict": "bad", "areas": [7, {"verdict": "fine"}, {"verdict": "bad", "evidence": 7}], "filters": {"a": 1}}
    found = comparison(odd, "")
    assert [one["verdict"] for one in found["areas"]] == ["bad"] and found["filters"] == []


def test_each_area_has_a_german_name():
    assert [name for name in AREAS if f"area.{name}" not in STATES] == []
