# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.roles.ranges import range_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("install_poll_interval", (1, 86400)),
        ("catch_up_threshold", (0, 100)),
        ("upgrade_hold_timeout", (1, 31622400)),
        ("upgrade_mode", None),
    ],
)
def test_the_end_of_a_name_decides(name, expected):
    assert range_of(name) == expected
