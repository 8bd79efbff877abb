# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.digits import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        (" 007 ", 7),
        ("9" * 18, int("9" * 18)),
        ("9" * 19, None),
        ("", None),
        ("-1", None),
        ("1.0", None),
        ("²", None),
        ("٣", None),
        (7, None),
    ],
)
def test_only_ascii_digits_are_a_number(text, number):
    assert whole_number(text) == number
