# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Every blocker has a remedy."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.blockers import Blocker


@pytest.mark.parametrize("blocker", Blocker)
def test_every_blocker_has_a_remedy_sentence(blocker):
    assert blocker.remedy.endswith(".") and len(blocker.remedy) > 20
