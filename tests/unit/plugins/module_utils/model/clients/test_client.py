# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.client import (
    exclusion_reason,
    read_jump_client,
    read_jumpoint,
)

from tests.support.client_rows import ROW

EARLIER = "2023-11-14T20:00:00+00:00"


def client(**changes):
    return read_jump_client({**ROW, **changes})


def test_a_documented_row_is_read(recorded):
    (row,) = json.loads(recorded("configuration/jump_client.json"))
    read = read_jump_client(row)
    assert (read.id, read.name, read.hostname, read.group, read.connection_type) == (7, "Till 7", "till7", 1, "active")
    assert (read.is_lost, read.needs_update, read.disabled, read.online) == (False, True, False, True)
    assert read.as_dict()["last_connect"] == 1_700_000_000.0


@pytest.mark.parametrize(
    ("connected", "disconnected", "online"),
    [
        (ROW["last_connect_timestamp"], None, True),
        (ROW["last_connect_timestamp"], EARLIER, True),
        (EARLIER, ROW["last_connect_timestamp"], False),
        (None, EARLIER, False),
        (None, None, None),
    ],
)
def test_online_is_a_connect_later_than_the_disconnect(connected, disconnected, online):
    assert client(last_connect_timestamp=connected, last_disconnect_timestamp=disconnected).online is online


@pytest.mark.parametrize("field", ["id", "connection_type", "is_lost", "needs_update"])
def test_a_missing_deciding_field_is_not_understood(field):
    row = {name: value for name, value in ROW.items() if name != field}
    with pytest.raises(NotUnderstood, match=rf"a\.example\.com: .*'{field}'"):
        read_jump_client(row, host="a.example.com")


@pytest.mark.parametrize("field", ["is_lost", "needs_update"])
def test_a_word_is_no_boolean(field):
    with pytest.raises(NotUnderstood, match=field):
        client(**{field: "false"})


def test_a_client_without_a_reason_is_eligible():
    row = {name: value for name, value in ROW.items() if name != "unavailable_reason"}
    assert not exclusion_reason(read_jump_client(row))


@pytest.mark.parametrize("changes", [{"is_lost": True}, {"unavailable_reason": "disabled"}, {"connection_type": "uninstalled"}])
def test_clients_that_can_never_follow_are_not_relevant(changes):
    assert not exclusion_reason(client()) and exclusion_reason(client(**changes))


def test_a_documented_jumpoint_is_read(recorded):
    (row,) = json.loads(recorded("configuration/jumpoint.json"))
    assert read_jumpoint(row).as_dict() == {"id": 3, "name": "Branch", "enabled": True, "connected": False, "platform": "windows-x86"}


@pytest.mark.parametrize("field", ["id", "enabled", "connected"])
def test_an_incomplete_jumpoint_is_not_understood(field):
    row = {"id": 3, "name": "Branch", "enabled": True, "connected": True}
    del row[field]
    with pytest.raises(NotUnderstood, match=field):
        read_jumpoint(row)
