# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils import outcome
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError


@pytest.mark.parametrize(
    ("result", "word"),
    [
        ({"changed": True}, "done"),
        ({"changed": False}, "unchanged"),
        ({}, "unchanged"),
        ({"state": "waiting", "changed": True}, "waiting"),
        ({"state": "manual"}, "manual"),
        ({"state": "not_started"}, "not_started"),
        ({"state": "present", "changed": True}, "done"),
    ],
)
def test_a_result_has_one_outcome(result, word):
    assert outcome.of_result(result) == word


@pytest.mark.parametrize(
    ("facts", "sent", "word"),
    [({}, False, "nothing_done"), ({}, True, "unknown"), ({"outcome": "failed"}, True, "failed"), ({"outcome": "failed"}, False, "failed")],
)
def test_an_error_has_one_outcome(facts, sent, word):
    assert outcome.of_error(ApplianceError("x", facts=facts), sent=sent) == word
