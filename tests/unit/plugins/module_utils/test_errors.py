# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    ApplianceError,
    InvalidInput,
    Refused,
    Unreachable,
    Unsafe,
    mark_nothing_sent,
    may_have_happened,
    summary_of,
)


def test_text_is_host_message_evidence_remedy():
    error = ApplianceError("It failed.", host="a", evidence="503", remedy="Wait.")
    assert str(error) == "a: It failed. It answered: 503. Wait."
    assert summary_of(error) == error.summary == "It failed. It answered: 503."


def test_input_errors_label_evidence_as_found():
    assert str(InvalidInput("No such name.", evidence="a, b")) == "No such name. Found: a, b."


def test_other_exceptions_are_their_own_summary():
    assert summary_of(ValueError("odd")) == "odd"


def test_the_first_host_stays():
    assert ApplianceError("x").with_host("a").with_host("b").host == "a"


@pytest.mark.parametrize(
    ("error", "uncertain"),
    [
        (Unreachable("x"), True),
        (Refused("x"), False),
        (InvalidInput("x"), False),
        (Unsafe("x"), False),
        (mark_nothing_sent(Unreachable("x")), False),
    ],
)
def test_only_some_errors_leave_the_effect_open(error, uncertain):
    assert may_have_happened(error) is uncertain


def test_a_marked_refusal_is_uncertain():
    error = Refused("x")
    error.uncertain = True
    assert may_have_happened(error)
