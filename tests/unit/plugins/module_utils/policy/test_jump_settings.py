# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Refused
from ansible_collections.bomgar.appliance.plugins.module_utils.policy import jump_settings as policy

NONE = dict.fromkeys(("max_concurrent", "bandwidth", "connection_rate", "automatic"))


@pytest.mark.parametrize(("key", "lowest", "highest"), [("max_concurrent", 1, 500), ("connection_rate", 1, 300), ("bandwidth", 0.5, 100)])
def test_the_ranges_are_those_of_the_vendor(key, lowest, highest):
    assert policy.read_wanted({**NONE, key: lowest}) == {key: lowest} and policy.read_wanted({**NONE, key: highest}) == {key: highest}
    for value in (0, highest + 1, -1):
        with pytest.raises(InvalidInput, match=key):
            policy.read_wanted({**NONE, key: value})


def test_each_setting_is_restored_by_itself():
    before = {"max_concurrent": 50, "bandwidth": "Unlimited", "automatic": "enabled"}
    after = {"max_concurrent": 10, "bandwidth": 5, "automatic": "cycle"}
    found = policy.plan_restoration({"max_concurrent": 10, "bandwidth": 7, "automatic": "enabled"}, before, after)
    assert found.restore == {"max_concurrent": 50} and found.foreign == {"bandwidth": 7} and found.unknown == ()
    assert "bandwidth 7 MiB/s" in found.note
    assert policy.plan_restoration(before, before, after).restore == {}
    assert policy.unknown_before({}, after) == tuple(after)


def test_other_units_are_refused_for_wanted_settings():
    shown = {"max_concurrent": "50", "bandwidth": "800 KB/s", "connection_rate": "", "automatic": "cycle"}
    policy.refuse_other_units(shown, ["max_concurrent", "connection_rate", "automatic"])
    with pytest.raises(Refused, match="800 KB/s"):
        policy.refuse_other_units(shown, ["bandwidth"])
    assert policy.read_values(shown) == {"max_concurrent": 50, "bandwidth": "800 KB/s", "connection_rate": None, "automatic": "cycle"}
