# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A typing error in the name of a check is found before the first request."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.preflight.names import refuse_unknown_checks

WAIVER = {"check": "storage", "target_version": "23.2.1", "reason": "r", "by": "Ada Example", "expires": "2020-01-31"}


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("preflight_checks", ["all", "!clok"], "Did you mean 'clock'"),
        ("preflight_checks", [{"clock": {"max_secs": 3}}], "has no option 'max_secs'"),
        ("preflight_skip", ["!storag"], "There is no check 'storag'"),
        ("preflight_confirmed", ["jump_client_upgrade"], "Did you mean 'jump_client_upgrades'"),
        ("preflight_waivers", [{**WAIVER, "check": "storag"}], "There is no check 'storag'"),
        ("preflight_waivers", [{**WAIVER, "expires": "soon"}], "which is not a date"),
    ],
)
def test_a_name_that_is_no_check(variable, value, says):
    with pytest.raises(InvalidInput, match=says):
        refuse_unknown_checks(variable, value)


def test_what_is_known_is_accepted():
    refuse_unknown_checks("preflight_checks", ["all", "!clock", {"storage": {}}])
    refuse_unknown_checks("preflight_waivers", [WAIVER])  # expired: its check says so, where it is made
    refuse_unknown_checks("upgrade_site", "storag")
