# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.table import (
    ALL,
    PENDING,
    RELEVANT,
    cell,
    jump_client_row,
    jumpoint_row,
    person_row,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.model.health import LoggedIn

ROW = {"id": 7, "name": "PC", "connection_type": "active", "is_lost": False, "needs_update": True}
POINT = {"id": 1, "name": "J", "enabled": True, "connected": False}


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "yes"), (False, "no"), (0, "0"), ("=1+1", "'=1+1"), ("@x", "'@x"), ("a\nb", "a b"), (" -5", "'-5")],
)
def test_a_cell_is_no_formula(value, text):
    assert cell(value) == text


def test_rows_are_selected_by_state():
    states = {"pending": ROW, "done": {**ROW, "needs_update": False}, "lost": {**ROW, "is_lost": True}}
    assert {which: [name for name, row in states.items() if jump_client_row(row, which)] for which in (ALL, PENDING, RELEVANT)} == {
        ALL: ["pending", "done", "lost"],
        PENDING: ["pending"],
        RELEVANT: ["pending", "done"],
    }


def test_a_disconnected_jumpoint_is_pending():
    assert jumpoint_row(POINT, PENDING)[-1] == "pending"
    assert jumpoint_row({**POINT, "connected": True}, PENDING) is None and jumpoint_row({**POINT, "enabled": False}, RELEVANT) is None


def test_consoles_are_never_pending():
    person = LoggedIn("1", "Ada", "normal", None, 0)
    assert person_row(person, ALL)[2] == "Ada" and person_row(person, PENDING) is None
