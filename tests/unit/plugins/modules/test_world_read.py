# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A site is read and written as a world that upgrades as the site would, and that names nobody."""

import json
from pathlib import Path

import pytest
import yaml
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, PlanError, Unsafe
from ansible_collections.bomgar.appliance.plugins.modules import site_info, upgrade_plan, world_read
from simulator import world as worlds
from simulator.testing import Running

from tests.support.ansible import connection_of
from tests.support.appliances import Bench

ALONE = ["far_outdated", "clients_one_hop", "release_names", "release_names_pra", "modern_layout", "json_generation", "blocked_target"]
PAIRS = ["pair_far_outdated", "pair_json"]


def nodes_of(bench):
    """{name in the world: connection options}; a pair has two."""
    names = [one["name"] for one in bench.running.world["appliances"]]
    return [dict(connection_of(bench.running, bench.folder, name), name=name) for name in names]


def public_of(bench):
    pairs = bench.running.world["pairs"]
    return {"public_url": bench.running.public_url(pairs[0]["name"])} if pairs else {}


def read(bench, monkeypatch, tmp_path, **given):
    for module in (world_read, site_info):
        monkeypatch.setattr(module, "connect", lambda params, say: bench.appliance(params))
    return bench.run(world_read.OPERATION, nodes=nodes_of(bench), dest=str(tmp_path / "worlds"), **public_of(bench), **given)


def planned(bench, target="newest"):
    """The steps of the plan: [(node, title, who is disturbed)], or the blockers."""
    pair = len(nodes_of(bench)) > 1
    mode = {"mode": "asynchronous" if pair else "standalone"}
    seen = bench.run(site_info.OPERATION, nodes=nodes_of(bench), read_offers=True, **mode, **public_of(bench))
    policies = {"data_gap": "accept"} if pair else {}
    try:
        plan = bench.run(upgrade_plan.OPERATION, site=seen["site"], memory=seen["memory"], target_version=target, policies=policies, **mode)
    except PlanError as exc:
        return exc.message, []
    return [(one["node"], one["title"], one["disturbs"]) for one in plan["steps"]], [one["blocker"] for one in plan["blockers"]]


def in_world(plan, found):
    """The plan of the site with the names of the world."""
    steps, blockers = plan
    names = {folded.casefold(): name for folded, name in found["package_names"].items()}

    def renamed(title):
        old = title.removeprefix("install ")
        return f"install {names.get(old.casefold(), old)}" if title.startswith("install ") else title

    return (steps if isinstance(steps, str) else [(node, renamed(title), who) for node, title, who in steps]), blockers


@pytest.mark.parametrize("name", [*ALONE, *PAIRS])
def test_read_world_gives_the_same_plan(name, given, monkeypatch, tmp_path):
    bench = given(name)
    found = read(bench, monkeypatch, tmp_path)
    assert bench.writes() == []
    with Running(found["worlds"][0]["path"]) as again:
        copy = Bench(again, tmp_path / "again")
        assert planned(copy) == in_world(planned(bench), found)
        assert planned(copy) != ([], [])


@pytest.mark.parametrize("name", ["clients_one_hop", "pair_json"])
def test_second_reading_is_the_same(name, given, monkeypatch, tmp_path):
    first = read(given(name), monkeypatch, tmp_path)["world"]
    with Running(worlds.parse(yaml.safe_dump(first))) as again:
        second = read(Bench(again, tmp_path / "again"), monkeypatch, tmp_path / "again")["world"]
    assert {**second, "clock": None} == {**first, "clock": None}


def test_every_kind_of_client_is_counted(given, monkeypatch, tmp_path):
    found = read(given("clients_one_hop"), monkeypatch, tmp_path)["world"]["clients"]
    counts = {kind: found["jump_clients"][kind] for kind in ("active", "passive", "lost", "disabled", "offline", "personal")}
    assert counts == {"active": 30, "passive": 20, "lost": 2, "disabled": 1, "offline": 3, "personal": 4}
    assert [one["sessions"] for one in found["representatives"]] == [2, 0]


@pytest.mark.parametrize("name", ["clients_one_hop", "pair_far_outdated", "mixed_fleet"])
def test_world_has_no_name_and_secret(name, given, monkeypatch, tmp_path):
    bench = given(name)
    found = read(bench, monkeypatch, tmp_path) if name != "mixed_fleet" else None
    if found is None:
        bench.running.world["appliances"] = bench.running.world["appliances"][:1]
        bench.running.world["pairs"] = []
        found = read(bench, monkeypatch, tmp_path)
    texts = [Path(one["path"]).read_text(encoding="utf-8") for one in found["worlds"]]
    world = bench.running.world
    secret = [one[key] for one in world["accounts"]["api"] for key in ("client_id", "client_secret")]
    secret += [one[key] for area in ("appliance", "login") for one in world["accounts"][area] for key in ("username", "password")]
    names = [one[key] for one in world["appliances"] for key in ("hostname", "guid", "serial")]
    names += [one["public_hostname"] for one in world["pairs"]] + [one["name"] for one in world["clients"]["representatives"]]
    names += [one["name"] for one in (*world["clients"]["jumpoints"], *world["certificates"])] + [world["company"], "client-0"]
    for text in texts:
        assert [one for one in (*secret, *names) if one in text] == []


def test_what_nobody_knows_is_said_and_rehearsed_otherwise(given, monkeypatch, tmp_path):
    found = read(given("pair_far_outdated"), monkeypatch, tmp_path)
    assert [one["id"] for one in found["worlds"]] == ["expected", *world_read.VARIANTS]
    assumed = {one["fact"]: one for one in found["facts"]}
    assert assumed["relation_after_break"]["basis"] == "assumed" and assumed["later_packages"]["basis"] == "cannot_be_known"
    assert "no Configuration API" in assumed["jump_clients"]["why"]
    assert assumed["sessions"]["value"] == "The session that ran when the site was read ends within 15 minutes"
    for one in found["worlds"]:
        worlds.load(one["path"])


class Tagged(str):
    """As Ansible hands texts on since 2.19: a subclass, which YAML does not write."""


def test_a_person_may_know_better(given, monkeypatch, tmp_path):
    declared = {"clients": {"jump_clients": {"passive": 40}}, "packages": [{Tagged("id"): "site-20.2.1", "eula": Tagged("Agree.")}]}
    found = read(given(), monkeypatch, tmp_path, declared=declared, estimates={"site": 1800})["world"]
    assert found["clients"]["jump_clients"] == {"active": 180, "passive": 40}
    package = next(one for one in found["packages"] if one["id"] == "site-20.2.1")
    assert package["eula"] == "Agree." and sum(package["minutes"].values()) == pytest.approx(30, abs=0.1)


def test_a_manifest_names_what_comes_later(given, monkeypatch, tmp_path):
    manifest = {"packages": [{"name": "BeyondTrust Remote Support 24.1.2", "requires": ["BeyondTrust Remote Support 23.2.1"]}]}
    found = read(given("clients_one_hop"), monkeypatch, tmp_path, manifest=manifest)
    later = found["world"]["packages"][-1]
    assert (later["id"], later["after"]) == ("site-24.1.2", ["site-23.2.1"])
    assert "24.1.2" in next(one["value"] for one in found["facts"] if one["fact"] == "later_packages")


def test_a_node_that_cannot_be_read_is_refused(given, monkeypatch, tmp_path):
    bench = given("pair_far_outdated")
    bench.running.fault("drop_before", times=None, match={"appliance": "b"})
    with pytest.raises(Unsafe, match=r"could not be read completely.*b:"):
        read(bench, monkeypatch, tmp_path)
    assert not (tmp_path / "worlds").exists()


def test_cluster_node_is_one_in_world(given, monkeypatch, tmp_path):
    bench = given("atlas")
    bench.running.world["appliances"] = bench.running.world["appliances"][:1]
    assert read(bench, monkeypatch, tmp_path)["world"]["appliances"][0]["cluster_role"] == "primary"


def test_two_primaries_are_two_in_their_world(given, monkeypatch, tmp_path):
    found = read(given("pair_two_primaries"), monkeypatch, tmp_path)["world"]["appliances"]
    assert [one.get("failover_role") for one in found] == [None, "primary"], "the first one of a pair is primary anyway"


def test_site_without_pages_needs_a_person(given, monkeypatch, tmp_path):
    """Each sentence names the node and what could not be read; the remedy names the variables that replace it."""
    bench = given("clients_one_hop")
    bench.running.fault("status", times=None, status=500, match={"path": "/appliance*"})
    with pytest.raises(Unsafe) as caught:
        read(bench, monkeypatch, tmp_path)
    text = str(caught.value)
    assert text.startswith("The site cannot be rehearsed, because it could not be read completely. [1] a: ")
    assert "give upgrade_manifest and upgrade_base_versions" in text and not (tmp_path / "worlds").exists()
    manifest = {"packages": [{"name": "BeyondTrust Remote Support 23.2.1"}]}
    assert read(bench, monkeypatch, tmp_path, method="manual", manifest=manifest, base_versions={"a": "7.0.0"})["worlds"]


def test_unknown_variant_writes_no_file(given, monkeypatch, tmp_path):
    with pytest.raises(InvalidInput, match="relation_kept"):
        read(given("clients_one_hop"), monkeypatch, tmp_path, variants=["relation_keept"])


def test_the_result_is_plain_data(given, monkeypatch, tmp_path):
    json.dumps(read(given("clients_one_hop"), monkeypatch, tmp_path))
