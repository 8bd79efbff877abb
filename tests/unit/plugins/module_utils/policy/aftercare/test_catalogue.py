# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.aftercare.catalogue import ALL, check_ids


def test_known_ids_are_accepted():
    check_ids(ALL, "confirmed")


@pytest.mark.parametrize(("name", "hint"), [("straglers", "Did you mean 'stragglers'"), ("nonsense", "The items are: integration_clients")])
def test_unknown_ids_are_rejected_with_a_hint(name, hint):
    with pytest.raises(InvalidInput, match=hint):
        check_ids([name], "confirmed")
