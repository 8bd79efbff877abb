# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.model.fields import Fields
from ansible_collections.bomgar.appliance.plugins.module_utils.model.health import ApiInfo, Health, read_member

ROW = {"id": "A" * 32, "cluster_role": "master", "failover_role": "primary", "accepting_connections": "1", "timezone_offset": "3600"}


def test_a_member_has_the_roles_of_json():
    member = read_member(Fields(ROW, what="x"))
    assert (member.guid, member.name, member.cluster_role, member.accepting, member.timezone_offset) == (
        "a" * 32,
        "",
        "primary",
        True,
        3600,
    )


def test_an_unknown_role_is_not_understood():
    with pytest.raises(NotUnderstood, match="failover_role"):
        read_member(Fields({**ROW, "failover_role": "spare"}, what="x"))


def test_values_become_dicts_for_json():
    health = Health("24.3.1", "", True, "", "a", "g", "single", "none", shared_ips=("10.0.0.1",))
    assert health.as_dict()["shared_ips"] == ["10.0.0.1"]
    assert ApiInfo("1.2", "rs", 5.0, {"perm_backup": True}, "json").as_dict()["permissions"] == {"perm_backup": True}
