# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.api.command_json import CommandJson
from ansible_collections.bomgar.appliance.plugins.module_utils.api.command_xml import CommandXml
from ansible_collections.bomgar.appliance.plugins.module_utils.api.credentials import Legacy
from ansible_collections.bomgar.appliance.plugins.module_utils.api.site_lists import SiteLists
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotFound, NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.model.site_lists import LISTS

BASE = "https://a.example.com/api/config/v1"
PATHS = {
    "jump_groups": "jump-group",
    "jump_clients": "jump-client",
    "jumpoints": "jumpoint",
    "installers": "jump-client/installer",
    "users": "user",
    "teams": "team",
    "api_accounts": "api-account",
}
TEAMS = '<support_teams xmlns="urn:x"><support_team id="1"><name>General</name></support_team>{}</support_teams>'


@pytest.mark.parametrize("name", LISTS)
def test_each_list_has_its_address(answers, transport, account, name):
    answers.get(f"{BASE}/{PATHS[name]}", json=[{"id": 7}])
    assert list(SiteLists(transport, account).rows(name)) == [{"id": 7}]


def test_a_user_with_a_password_has_no_lists(transport):
    with pytest.raises(NotFound):
        SiteLists(transport, Legacy("ada", "secret")).rows("users")


def test_support_teams_are_read_by_xml(answers, transport, account):
    answers.get("https://a.example.com/api/command", body=TEAMS.format(""), content_type="text/xml")
    assert CommandXml(transport, account).support_teams() == (("1", "General"),)
    answers.get("https://a.example.com/api/command", body=TEAMS.format('<support_team id="2"/>'), content_type="text/xml")
    with pytest.raises(NotUnderstood):
        CommandXml(transport, account).support_teams()
    assert CommandJson(transport, account).support_teams() is None
