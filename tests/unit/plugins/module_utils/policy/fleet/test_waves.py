# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How a fleet is divided into waves."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.fleet.waves import plan_waves, wave_of

SITES = {"pair": ("a", "b"), **{name: (name,) for name in "cdefgh"}}
GROUPS = {"north": ["b", "c", "elsewhere"], "empty": []}


def shape(**given):
    return [
        (wave.name, "".join("P" if site == "pair" else site for site in wave.sites)) for wave in plan_waves(SITES, groups=GROUPS, **given)
    ]


def test_without_variables_all_sites_are_one_batch():
    assert shape() == [("batch 1", "Pcdefgh")]


@pytest.mark.parametrize("name", ["pair", "a", "b"])
def test_a_pair_is_one_site_by_whatever_name(name):
    assert shape(canary=[name]) == [("canary", "P"), ("batch 1", "cdefgh")]


def test_group_expands_in_inventory_order():
    assert shape(canary=["c", "north"]) == [("canary", "Pc"), ("batch 1", "defgh")]
    assert shape(canary=["empty"]) == [("batch 1", "Pcdefgh")]


@pytest.mark.parametrize(
    ("batches", "found"),
    [
        ([1, 2], ["c", "de", "fg", "h"]),
        ([4], ["cdef", "gh"]),
        (["50%"], ["cde", "fgh"]),
        (["10 %", "100%"], ["c", "defgh"]),
        (["1", "north"], ["c", "defgh"]),
        (["h", 2], ["h", "cd", "ef", "g"]),
        ([10], ["cdefgh"]),
    ],
)
def test_last_batch_size_is_repeated(batches, found):
    assert shape(canary=["pair"], batches=batches) == [("canary", "P"), *((f"batch {n}", sites) for n, sites in enumerate(found, 1))]


def test_each_site_is_in_one_wave():
    waves = plan_waves(SITES, canary=["north"], batches=["pair", "c", 1, "north"], groups=GROUPS)
    assert sorted(site for wave in waves for site in wave.sites) == sorted(SITES)
    assert {site: wave.number for site, wave in wave_of(waves).items()}["pair"] == 1
    assert [wave.number for wave in waves] == list(range(1, len(waves) + 1))


@pytest.mark.parametrize("batches", [["nobody"], [0], [-1], ["0%"], ["101%"], [""], ["1.5"], [True]])
def test_a_batch_that_nobody_understands_is_refused(batches):
    with pytest.raises(InvalidInput, match="fleet_batches"):
        plan_waves(SITES, batches=batches, groups=GROUPS)


def test_a_canary_that_nobody_knows_is_refused():
    with pytest.raises(InvalidInput, match="fleet_canary names 'canari'"):
        plan_waves(SITES, canary=["canari"], groups=GROUPS)
