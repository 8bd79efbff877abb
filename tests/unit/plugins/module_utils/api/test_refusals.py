# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Responses without data become errors with an action."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.api.command_xml import CommandXml
from ansible_collections.bomgar.appliance.plugins.module_utils.api.credentials import Legacy
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    NotFound,
    NotUnderstood,
    PermissionMissing,
    Unavailable,
)

from tests.support.command_xml import GUID, URL, give


@pytest.fixture
def command(transport, account):
    return CommandXml(transport, account)


def test_document_not_found_names_permission_and_switch(answers, command, recorded):
    for status in (200, 404):
        give(answers, recorded("pages_instead/document_not_found.html"), status, "text/html")
        with pytest.raises(PermissionMissing) as caught:
            command.health()
        text = str(caught.value)
        assert "a.example.com: GET /api/command was not found: the API account 'robot' lacks perm_command" in text
        assert "Enable XML API" in text and "API Configuration" in text
        assert caught.value.facts == {"permission": "perm_command"}


def test_403_names_the_permission(answers, command):
    give(answers, "no", 403)
    with pytest.raises(PermissionMissing, match=r"API account 'robot' may not use .* lacks perm_command \(read_only\)"):
        command.health()


def test_refused_write_names_full_access(answers, command):
    answers.post(URL, status=403, body="no")
    with pytest.raises(PermissionMissing, match=r"lacks perm_command \(full_access\)"):
        command.terminate_session(GUID)


def test_a_user_without_permission_sees_the_page_wording(answers, transport, recorded):
    answers.post(URL, body=recorded("pages_instead/document_not_found.html"), status=404)
    with pytest.raises(PermissionMissing, match="Allowed to Use Command API"):
        CommandXml(transport, Legacy("ada", "pw")).health()


def test_a_login_page_instead_of_data_is_named(answers, command, recorded):
    give(answers, recorded("pages_instead/login.html"), 200, "text/html")
    with pytest.raises(NotUnderstood, match="returned a login page instead of data"):
        command.health()


def test_another_page_is_named_by_its_title(answers, command, recorded):
    give(answers, recorded("pages_instead/portal.html"), 200, "text/html")
    with pytest.raises(NotUnderstood, match="the web page 'Support Portal' instead of data.*url"):
        command.health()


@pytest.mark.parametrize("body", ["", " \n"])
def test_an_empty_body_is_said_to_be_empty(answers, command, body):
    give(answers, body)
    with pytest.raises(NotUnderstood, match="GET /api/command returned an empty response"):
        command.health()


def test_an_appliance_that_is_starting_is_unavailable(answers, command):
    give(answers, "starting", 502)
    with pytest.raises(Unavailable):
        command.health()


def test_an_address_without_the_api_is_not_found(answers, command):
    give(answers, "nothing here", 404, "text/plain")
    with pytest.raises(NotFound, match="check url"):
        command.health()
