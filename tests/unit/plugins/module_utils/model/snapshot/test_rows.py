# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.moments import iso
from ansible_collections.bomgar.appliance.plugins.module_utils.model.snapshot.rows import items_of, reader_of

NOW = 1772823600.0
CLIENT = {"id": 7, "name": "till", "hostname": "TILL", "connection_type": "active", "is_lost": False, "needs_update": False}
SEEN = {"last_connect_timestamp": iso(NOW - 60)}
ROWS = {
    "jump_clients": ({**CLIENT, **SEEN}, {"name": "till", "state": "online", "host": "TILL"}),
    "jumpoints": ({"id": 7, "name": "One", "enabled": True, "connected": True}, {"name": "One", "state": "connected"}),
    "users": (
        {"id": 7, "username": "ada", "enabled": True, "perm_admin": False},
        {"name": "ada", "state": "enabled", "administrator": False},
    ),
    "teams": ({"id": 7, "name": "General"}, {"name": "General"}),
    "jump_groups": ({"id": 7, "name": "Servers"}, {"name": "Servers"}),
    "api_accounts": ({"id": 7, "name": "automation", "enabled": False}, {"name": "automation", "state": "disabled"}),
    "installers": ({"id": 7, "name": "One", "expiration_timestamp": iso(NOW + 60)}, {"name": "One", "state": "valid"}),
}
OPTIONAL = {("jump_clients", "hostname"), ("jump_clients", "last_connect_timestamp"), ("installers", "name")}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_an_item_by_its_id(name):
    row, item = ROWS[name]
    assert items_of([row], reader_of(name, NOW)) == ({"7": item}, [])


@pytest.mark.parametrize(("name", "field"), [(name, field) for name, (row, _item) in ROWS.items() for field in row])
@pytest.mark.parametrize("wrong", ["gone", None, {}])
def test_a_row_without_a_field_is_a_gap(name, field, wrong):
    row, item = ROWS[name]
    broken = {key: wrong if key == field else value for key, value in row.items() if key != field or wrong != "gone"}
    items, gaps = items_of([broken, {**row, "id": 8}], reader_of(name, NOW))
    if (name, field) in OPTIONAL and wrong != {}:
        assert items["7"] != item
    else:
        assert list(items) == ["8"] and gaps[0].startswith("1 rows were not understood")


@pytest.mark.parametrize(
    ("state", "changed"),
    [
        ("offline", {"last_disconnect_timestamp": iso(NOW)}),
        ("never_connected", {"last_connect_timestamp": None}),
        ("lost", {"is_lost": True}),
        ("disabled", {"unavailable_reason": "disabled", "is_lost": True}),
        ("passive", {"connection_type": "passive"}),
        ("uninstalled", {"connection_type": "uninstalled"}),
    ],
)
def test_a_client_has_one_state(state, changed):
    items, _gaps = items_of([{**CLIENT, **SEEN, **changed}], reader_of("jump_clients", NOW))
    assert items["7"]["state"] == state
