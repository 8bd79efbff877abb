# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.api.command_xml import CommandXml
from ansible_collections.bomgar.appliance.plugins.module_utils.api.credentials import Legacy
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    AccessDenied,
    InvalidInput,
    NotUnderstood,
    PermissionMissing,
    Refused,
)

from tests.support.command_xml import GUID, URL, give


@pytest.fixture
def command(transport, account):
    return CommandXml(transport, account)


def without(body, name):
    """The document without the element of that name."""
    cut = re.sub(rf"<{name}\b.*?</{name}>", "", body.decode(), flags=re.S)
    assert cut != body.decode()
    return cut


def test_a_command_is_asked_for_by_its_action(answers, command, recorded):
    give(answers, recorded("command_xml/get_api_info.xml"))
    command.info()
    assert answers.calls[0].request.url == f"{URL}?action=get_api_info"
    assert answers.calls[0].request.headers["Authorization"] == "Bearer t1"


def test_old_appliance_gets_name_and_password(answers, transport, recorded):
    answers.post(URL, body=recorded("command_xml/check_health_standalone.xml"))
    assert CommandXml(transport, Legacy("ada", "pw")).health().healthy
    assert answers.calls[0].request.body == "action=check_health&username=ada&password=pw"


def test_info_tells_the_clock_and_the_permissions(answers, command, recorded):
    give(answers, recorded("command_xml/get_api_info.xml"))
    info = command.info()
    assert info.as_dict() == {
        "api_version": "1.19.0",
        "product": "",
        "clock": 1_700_000_000.0,
        "generation": "xml",
        "company": "Example",
        "permissions": {
            "perm_command": "full_access",
            "perm_reporting_support": True,
            "perm_backup": True,
            "perm_scim": False,
        },
    }


def test_the_company_name_is_optional(answers, command, recorded):
    give(answers, without(recorded("command_xml/get_api_info.xml"), "company_name"))
    assert command.info().company == ""


def test_a_standalone_appliance_leaves_the_optional_elements_out(answers, command, recorded):
    give(answers, recorded("command_xml/check_health_standalone.xml"))
    health = command.health()
    assert (health.version, health.build) == ("19.1.8", "37380-749b17ca33d2475427428f263608ae98d69f7a35")
    assert (health.healthy, health.message, health.hostname, health.guid) == (True, "", "support.example.com", GUID)
    assert (health.failover_role, health.cluster_role, health.shared_ips) == ("none", "", ())
    assert (health.last_data_sync, health.last_data_sync_status) == (None, "")


def test_primary_reports_shared_addresses_and_sync(answers, command, recorded):
    give(answers, recorded("command_xml/check_health_primary.xml"))
    health = command.health()
    assert health.guid == GUID
    assert health.as_dict()["shared_ips"] == ["192.0.2.10", "2001:db8::10"]
    assert (health.failover_role, health.last_data_sync, health.last_data_sync_status) == ("primary", 1_700_000_000.0, "Complete")


def test_a_time_without_attribute_is_read_from_text(answers, command, recorded):
    give(answers, recorded("command_xml/check_health_primary.xml").replace(b' ts="1700000000"', b""))
    assert command.health().last_data_sync == 1_700_000_000.0


def test_unhealthy_is_a_response_with_reason(answers, command, recorded):
    give(answers, recorded("command_xml/check_health_unhealthy.xml"))
    health = command.health()
    assert (health.healthy, health.message) == (False, "The database is not running.")


@pytest.mark.parametrize("name", ["version", "success", "failover_role", "appliance"])
def test_health_without_a_required_element_names_it(answers, command, recorded, name):
    give(answers, without(recorded("command_xml/check_health_primary.xml"), name))
    with pytest.raises(NotUnderstood, match=name):
        command.health()


@pytest.mark.parametrize("name", ["api_version", "timestamp", "permissions"])
def test_info_without_a_required_element_names_it(answers, command, recorded, name):
    give(answers, without(recorded("command_xml/get_api_info.xml"), name))
    with pytest.raises(NotUnderstood, match=name):
        command.info()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b">primary<", b">leader<"),
        (b">1<", b">yes<"),
        (b"0123456789ABCDEF0123456789ABCDEF", b"a-guid"),
        (b"23.2.1 (", b"twenty ("),
    ],
)
def test_an_unknown_value_is_not_understood(answers, command, recorded, old, new):
    give(answers, recorded("command_xml/check_health_primary.xml").replace(old, new))
    with pytest.raises(NotUnderstood, match=r"a\.example\.com"):
        command.health()


def test_members_have_the_role_words_of_json(answers, command, recorded):
    give(answers, recorded("command_xml/get_appliances.xml"))
    first, second = command.members()
    assert (first.name, first.cluster_role, first.failover_role, first.accepting, first.timezone_offset) == (
        "A",
        "primary",
        "primary",
        True,
        3600,
    )
    assert (second.name, second.cluster_role, second.accepting, second.timezone_offset) == ("", "single", False, -18000)


def test_clients_are_counted_in_one_request(answers, command, recorded):
    give(answers, recorded("command_xml/get_connected_client_list.xml"))
    assert command.client_counts() == {
        "representative": 5,
        "support_customer": 2,
        "presentation_attendee": 0,
        "push_agent": 3,
        "pinned_client": 1200,
    }
    assert answers.calls[0].request.params == {"action": "get_connected_client_list", "type": "all", "summary_only": "1"}


def test_people_who_are_logged_in_are_listed(answers, command, recorded):
    give(answers, recorded("command_xml/get_logged_in_reps.xml"))
    assert [person.as_dict() for person in command.logged_in()] == [
        {"id": "12", "name": "Ada", "kind": "normal", "since": 1_700_000_000.0, "sessions": 2}
    ]


def test_nobody_logged_in_is_an_empty_answer(answers, command):
    give(answers, '<logged_in_reps xmlns="urn:x"/>')
    assert command.logged_in() == ()


def test_an_error_in_a_200_is_refused(answers, command, recorded):
    give(answers, recorded("command_xml/error_as_root.xml"))
    give(answers, recorded("command_xml/error_as_child.xml"))
    with pytest.raises(Refused, match="check_health was refused.*'Invalid action'.*does not know the command"):
        command.health()
    with pytest.raises(Refused, match="The list is not ready"):
        command.client_counts()


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Invalid credentials", AccessDenied), ("You do not have permission to do this.", PermissionMissing)],
)
def test_the_words_of_an_error_choose_its_class(answers, command, text, kind):
    give(answers, f"<error>{text}</error>")
    with pytest.raises(kind, match=text):
        command.health()


def test_refused_credentials_are_access_denied(answers, command):
    give(answers, "Invalid credentials", 200, "text/plain")
    with pytest.raises(AccessDenied):
        command.health()


def test_a_session_is_ended_by_one_post(answers, command, recorded):
    answers.post(URL, body=recorded("command_xml/success.xml"))
    command.terminate_session(GUID)
    assert answers.calls[0].request.body == f"action=terminate_session&lsid={GUID}"


def test_a_write_without_success_is_not_understood(answers, command):
    answers.post(URL, body="<done/>")
    with pytest.raises(NotUnderstood, match="<done> instead of <success>"):
        command.terminate_session(GUID)


def test_only_a_session_id_is_sent(command):
    with pytest.raises(InvalidInput):
        command.terminate_session("../../user/1")


def test_a_person_is_logged_out_by_id(answers, command, recorded):
    answers.post(URL, body=recorded("command_xml/success.xml"))
    command.logout(12)
    assert answers.calls[0].request.body == "action=logout_rep&user_id=12"
