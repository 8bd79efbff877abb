# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Health by JSON."""

from __future__ import annotations

import json

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.api.command_json import CommandJson
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    NotUnderstood,
    Unavailable,
)

from tests.support.command_json import GUID, give


@pytest.fixture
def command(transport, account):
    return CommandJson(transport, account)


def test_health_is_read_and_new_fields_are_ignored(answers, command, recorded):
    give(answers, "/health", recorded("command_json/health.json"))
    health = command.health()
    assert (health.version, health.healthy, health.cluster_role, health.failover_role) == ("23.2.1", True, "single", "primary")


@pytest.mark.parametrize("value", [None, [], "absent"])
def test_shared_addresses_may_be_absent_null_or_empty(answers, command, recorded, value):
    body = json.loads(recorded("command_json/health.json"))
    body["enabled_shared_ips"] = value
    if value == "absent":
        del body["enabled_shared_ips"]
    give(answers, "/health", json.dumps(body))
    assert command.health().shared_ips == ()


def test_an_unhealthy_appliance_is_no_error(answers, command, recorded):
    give(answers, "/health", recorded("command_json/health_unhealthy.json"), 500)
    health = command.health()
    assert (health.healthy, health.message, health.version) == (False, "The database is not running.", "26.1.1")
    assert (health.build, health.failover_role, health.guid) == ("", "", GUID)


@pytest.mark.parametrize("body", ['{"message": "Internal error"}', "<h1>Oops</h1>", "", "[]"])
def test_a_500_without_health_fields_fails(answers, command, body):
    give(answers, "/health", body, 500)
    with pytest.raises(Unavailable):
        command.health()


@pytest.mark.parametrize("field", ["version", "build", "appliance_hostname", "appliance_id", "cluster_role", "failover_role"])
def test_health_without_a_required_field_names_it(answers, command, recorded, field):
    body = json.loads(recorded("command_json/health.json"))
    for value in (None, 7):
        body[field] = value
        give(answers, "/health", json.dumps(body))
        with pytest.raises(NotUnderstood, match=f"'{field}'"):
            command.health()


def test_an_unknown_role_is_not_understood_when_unhealthy(answers, command, recorded):
    body = json.loads(recorded("command_json/health_unhealthy.json"))
    body["failover_role"] = "leader"
    give(answers, "/health", json.dumps(body), 500)
    with pytest.raises(NotUnderstood, match="leader"):
        command.health()
