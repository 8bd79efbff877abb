# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the variables of the role upgrade mean for a plan."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.roles.plan_policies import plan_policies
from ansible_collections.bomgar.appliance.plugins.modules.upgrade_plan import OPTIONS


def test_every_policy_of_a_plan_has_a_value():
    assert set(plan_policies({})) == set(OPTIONS["policies"]["options"])


def test_missing_options_get_their_defaults():
    found = plan_policies({"failover_relation": "keep", "interim": {"max_seconds": 60}, "jump_client_settings": {"bandwidth": 5}})
    assert found["failover_relation_during_upgrade"] == "keep" and found["jump_client_settings"] is True
    assert found["interim"] == {"min_seconds": 0, "max_seconds": 60, "acknowledge": False}
