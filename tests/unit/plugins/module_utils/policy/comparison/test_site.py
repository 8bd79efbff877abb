# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import dataclasses
import json
import time
from pathlib import Path

import jsonschema
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.model.snapshot.area import AREAS, SITE, Area, unknown
from ansible_collections.bomgar.appliance.plugins.module_utils.model.snapshot.document import AFTER, BEFORE, read_snapshot, write_snapshot
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.comparison.limits import THRESHOLDS, Filter, Thresholds, read_filters
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.comparison.rules import Terms
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.comparison.site import compare_site

from tests.support.snapshots import clients, named, pair_of, snapshot

SCHEMA = json.loads((Path(__file__).parents[6] / "docs/schemas/comparison.schema.json").read_text())
MADE = "2026-03-07T20:00:00+00:00"
ON_PRIMARY = {name: unknown("This node is the backup.") for name, (scope, _title) in AREAS.items() if scope == SITE}


def compare(sides, **terms):
    found = compare_site(sides, Terms(**{"mode": "standalone", **terms}), made_at=MADE)
    jsonschema.validate(json.loads(json.dumps(found)), SCHEMA)
    return found


def row(found, name, node=None):
    return next(one for one in found["areas"] if one["area"] == name and node in (None, one["node"]))


def exchanged():
    """A pair whose roles are exchanged."""
    return {
        "a": (snapshot(BEFORE, "a", "primary"), snapshot(AFTER, "a", "backup", **ON_PRIMARY)),
        "b": (snapshot(BEFORE, "b", "backup", **ON_PRIMARY), snapshot(AFTER, "b", "primary")),
    }


def test_a_comparison_has_a_row_for_each_area():
    found = compare({"a": pair_of()})
    assert [one["area"] for one in found["areas"]] == list(AREAS) and len(AREAS) >= 12
    assert (found["verdict"], found["counts"]["bad"]) == ("changed_as_expected", 0)
    assert "17 the same" in found["summary"]


def test_bad_area_decides_verdict_and_summary():
    found = compare({"a": pair_of(after={"jump_groups": Area("Configuration API", items=named("Servers"))})})
    assert found["verdict"] == "bad" and "Jump Groups of a: 1 of 2 Jump Groups are gone: Kiosks." in found["summary"]


def test_unknown_is_the_verdict_if_nothing_is_bad():
    found = compare({"a": pair_of(after={"teams": unknown("It lacks perm_configuration.")})})
    assert (found["verdict"], row(found, "teams")["sentence"]) == ("unknown", "After: It lacks perm_configuration.")


def test_primaries_are_compared_for_site_lists():
    found = compare(exchanged(), mode="asynchronous")
    assert (row(found, "jump_clients")["node"], row(found, "jump_clients")["verdict"]) == ("a, then b", "same")
    assert [row(found, "failover_role", node)["verdict"] for node in "ab"] == ["changed_as_expected"] * 2
    assert found["verdict"] == "changed_as_expected"


def test_without_one_primary_the_site_is_unknown():
    sides = exchanged()
    sides["b"] = (sides["b"][0], dataclasses.replace(sides["b"][1], role="backup"))
    assert row(compare(sides, mode="asynchronous"), "users")["verdict"] == "unknown"


def test_unrelated_nodes_are_compared_alone():
    found = compare({node: pair_of(node=node, role="none") for node in "ab"})
    assert [one["node"] for one in found["areas"] if one["area"] == "users"] == ["a", "b"]


def test_another_appliance_and_another_order_are_refused():
    before, after = pair_of()
    with pytest.raises(Unsafe, match="is of another appliance than"):
        compare({"a": (before, snapshot(AFTER, "b"))})
    with pytest.raises(Unsafe, match="is older than"):
        compare({"a": (after, before)})


def test_an_area_is_left_out_with_its_reason():
    filters = (Filter("jump_groups", "", "The groups are sorted anew."), Filter("users", "nobody", "ticket 2"))
    found = compare({"a": pair_of(after={"jump_groups": Area("x", items={})})}, filters=filters)
    assert "jump_groups" not in [one["area"] for one in found["areas"]] and found["verdict"] != "bad"
    assert [(one["reason"], one["used"]) for one in found["filters"]] == [("The groups are sorted anew.", True), ("ticket 2", False)]


def test_filter_needs_area_and_reason():
    for given, word in (({"area": "jump_group", "reason": "x"}, "jump_groups"), ({"area": "users", "reason": " "}, "no reason")):
        with pytest.raises(InvalidInput, match=word):
            read_filters([given])


def test_the_thresholds_have_their_defaults_once():
    assert {name: option["default"] for name, option in THRESHOLDS.items()} == Thresholds().as_dict()


@pytest.mark.parametrize(("number", "most"), [(10_000, 5), pytest.param(200_000, 60, marks=pytest.mark.slow)], ids=["ten_thousand", "most"])
def test_many_clients_are_compared_fast(number, most):
    many = {key: {**one, "state": "offline"} if int(key) <= 500 else one for key, one in clients(number).items()}
    sides = pair_of(before={"jump_clients": Area("x", items=clients(number))}, after={"jump_clients": Area("x", items=many)})
    files = [write_snapshot(one) for one in sides]
    began = time.process_time()
    before, after = (read_snapshot(content, f"/{name}") for name, content in zip(("before", "after"), files))
    found = compare({"a": (before, after)})
    seconds = time.process_time() - began
    print(f"\n{number:,} clients in two files of {len(files[0]) / 2**20:.1f} MiB: {seconds:.2f} s of processor time")
    assert row(found, "jump_clients")["evidence"]["worse"]["count"] == 500
    assert seconds < most
