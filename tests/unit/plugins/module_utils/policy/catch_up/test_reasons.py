# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The reasons of a catch-up for people."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.catch_up.reasons import span


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00:00"), (59.2, "0:01:00"), (86400, "24:00:00"), (3661, "1:01:01")])
def test_seconds_are_read_as_hours(seconds, text):
    assert span(seconds) == text
