# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.model.handed_on import HandedOn, check
from ansible_collections.bomgar.appliance.plugins.modules import fleet_report, rehearsal, status_table, upgrade_plan

FLEET = HandedOn("the module fleet", ("sites", "state"), filled=True)


@pytest.mark.parametrize(
    ("value", "why"),
    [({}, "lacks sites, state"), ({"state": "done"}, "lacks sites"), ([], "is empty"), ([None], "lacks sites"), (["x"], "lacks sites")],
)
def test_incomplete_value_is_refused_by_name(value, why):
    with pytest.raises(InvalidInput, match=f"`fleet` is not what the module fleet returns: it {why}"):
        check({"fleet": FLEET}, {"fleet": value})


def test_whole_value_is_accepted():
    for value in (None, {"sites": [], "state": "done", "more": 1}, [{"sites": [], "state": "done"}]):
        check({"fleet": FLEET}, {"fleet": value})


@pytest.mark.parametrize(
    ("module", "option", "value"),
    [(fleet_report, "fleet", {}), (upgrade_plan, "site", {}), (rehearsal, "worlds", []), (status_table, "sites", [{}])],
)
def test_modules_refuse_what_no_module_returned(module, option, value):
    with pytest.raises(InvalidInput, match=f"`{option}` is not what"):
        module.OPERATION.check({option: value})
