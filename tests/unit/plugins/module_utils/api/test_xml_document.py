# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""XML documents of the Command API, in any namespace."""

from __future__ import annotations

import re

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.api.command_xml import CommandXml
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    NotUnderstood,
)

from tests.support.command_xml import GUID, NAMESPACES, URL, give


@pytest.fixture
def command(transport, account):
    return CommandXml(transport, account)


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_the_namespace_is_nobodys_business(answers, command, recorded, namespace):
    body = recorded("command_xml/check_health_primary.xml").decode()
    give(answers, re.sub(r'xmlns="[^"]*"', f'xmlns="{namespace}"', body))
    assert command.health().version == "23.2.1"


def test_prefixed_and_missing_namespaces_are_read(answers, command):
    answers.post(URL, body='<a:success xmlns:a="urn:x">Successfully terminated</a:success>')
    give(
        answers,
        f'<appliances><appliance id="{GUID}"><cluster_role>single</cluster_role>'
        "<failover_role>none</failover_role><accepting_connections>1</accepting_connections>"
        "<timezone_offset>0</timezone_offset></appliance></appliances>",
    )
    command.terminate_session(GUID)
    assert command.members()[0].guid == GUID


@pytest.mark.parametrize("body", ["<health_check><version>", "hello", '{"version": "1"}'])
def test_what_is_no_xml_is_not_understood(answers, command, body):
    give(answers, body)
    with pytest.raises(NotUnderstood, match="check_health did not return XML"):
        command.health()


def test_another_document_than_asked_for_is_named(answers, command, recorded):
    give(answers, recorded("command_xml/get_api_info.xml"))
    with pytest.raises(NotUnderstood, match="<api_information> instead of <health_check>"):
        command.health()


def test_entities_are_not_expanded(answers, command):
    give(answers, '<!DOCTYPE x [<!ENTITY a "aaaa">]><health_check><version>&a;</version></health_check>')
    with pytest.raises(NotUnderstood, match="did not return XML"):
        command.health()
