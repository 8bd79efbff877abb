# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The modules for pairs against simulated ones: roles, data sync, relation, and what they refuse."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Refused, Unsafe, WaitTimeout
from ansible_collections.bomgar.appliance.plugins.module_utils.operations import pair as pairing
from ansible_collections.bomgar.appliance.plugins.modules import failover_info
from ansible_collections.bomgar.appliance.plugins.modules.failover_relation import OPERATION as RELATION
from ansible_collections.bomgar.appliance.plugins.modules.failover_role import OPERATION as ROLE
from ansible_collections.bomgar.appliance.plugins.modules.failover_sync import OPERATION as SYNC
from simulator.acts import act
from simulator.world import SHIPPED

from tests.support.ansible import connection_of
from tests.support.sentences import performed

HOUR = 3600
LAYOUTS = [("classic", "en"), ("classic", "de"), ("modern", "en"), ("modern", "de")]


def world(more="", layout="classic", language="en", name="pair_one_hop"):
    text = (SHIPPED / f"{name}.yml").read_text()
    for node in "ab":
        text = text.replace(f"hostname: {node}.example.com,", f"hostname: {node}.example.com, layout: {layout}, language: {language},")
    return text.replace("sync: {minutes: 5}", f"sync: {{minutes: 5}}{more}")


def roles(bench):
    return [one.failover_role for one in bench.running.pair().nodes]


def info(bench, monkeypatch, *nodes, **given):
    """failover_info as it is run, with the clock of the simulator."""
    monkeypatch.setattr(failover_info, "connect", lambda params, say: bench.appliance(params))
    listed = [dict(connection_of(bench.running, bench.folder, node), name=node) for node in nodes]
    return bench.run(failover_info.OPERATION, nodes=listed, **given)


def upgraded(bench, node):
    for package in ("base-6.2.0", "rs-22.1.4"):
        bench.running.machine(node).start_install(package)
        bench.running.advance(2 * HOUR)


# --- roles


@pytest.mark.parametrize("method", ["api", "web"])
def test_a_swap_never_has_two_primaries(given, method):
    """With a data sync it ends with the roles exchanged."""
    bench = given(world())
    result = bench.on(ROLE, "b", "a", role="primary", method=method)
    assert result["changed"] and roles(bench) == ["backup", "primary"]
    assert bench.running.pair().timeline.two_primaries_seconds(bench.running.pair().now()) == 0
    assert bench.writes() == ["set failover role primary"]
    again = bench.on(ROLE, "b", "a", role="primary", method=method)
    assert not again["changed"] and len(bench.writes()) == 1


def test_cached_health_does_not_stop_swap(given):
    """The JSON generation swaps too, although health comes from a cache."""
    bench = given("pair_json")
    assert bench.on(ROLE, "a", "b", role="backup")["roles"] == {"a": "backup", "b": "primary"}
    assert roles(bench) == ["backup", "primary"]


def test_check_mode_predicts_the_swap_and_writes_nothing(given):
    bench = given(world())
    result = bench.on(ROLE, "b", "a", role="primary", check_mode=True)
    assert result["changed"] and result["diff"] == {"before": {"b": "backup", "a": "primary"}, "after": {"b": "primary", "a": "backup"}}
    assert bench.writes() == []


def test_the_next_run_sees_what_a_person_did(given):
    """The instructions say which button to press."""
    bench = given(world())
    result = bench.on(ROLE, "b", "a", role="primary", method="manual")
    assert result["state"] == "manual" and "Become Primary" in " ".join(result["instructions"]) and bench.writes() == []
    bench.running.pair().set_role(bench.running.machine("b"), "primary", data_sync_first=True)
    bench.running.advance(HOUR)
    assert bench.on(ROLE, "b", "a", role="primary", method="manual")["state"] == "done"


def test_a_lost_answer_is_not_asked_again(given):
    bench = given(world())
    bench.running.fault("drop_after", match={"action": "set_failover_role"})
    assert bench.on(ROLE, "b", "a", role="primary")["changed"] and len(bench.writes()) == 1


@pytest.mark.parametrize(
    ("arrange", "blocker"),
    [
        (lambda a, b: a.pair.claim(b, "primary"), "two_primaries"),
        (lambda a, b: a.pair.claim(a, "backup"), "two_backups"),
        (lambda a, b: a.pair.break_relation(a), "relation_unexpected"),
        (lambda a, b: setattr(b, "health_problem", "disk"), "node_unhealthy"),
        (lambda a, b: setattr(b, "version", "19.1.8"), "versions_differ"),
        (lambda a, b: b.shut_down(), "node_unreachable"),
    ],
)
def test_unsound_pair_quotes_both_nodes(given, arrange, blocker):
    bench = given(world())
    arrange(bench.running.machine("a"), bench.running.machine("b"))
    bench.running.machine("a").writes.clear()
    with pytest.raises(Unsafe) as told:
        bench.on(
            ROLE,
            "b" if blocker != "node_unreachable" else "a",
            "a" if blocker != "node_unreachable" else "b",
            role="primary" if blocker != "node_unreachable" else "backup",
        )
    assert blocker in [one["blocker"] for one in told.value.facts["problems"]]
    assert bench.writes() == []


def test_stuck_swap_names_the_way_out(given):
    bench = given(world(", swap_minutes: 9999"))
    with pytest.raises(WaitTimeout) as told:
        bench.on(ROLE, "b", "a", role="primary")
    assert told.value.facts["outcome"] == "unknown" and "press Become Primary on b" in str(told.value)


def test_force_needs_a_reason(given):
    bench = given(world())
    with pytest.raises(InvalidInput):
        bench.on(ROLE, "a", "b", role="backup", force=True, data_sync_first=False)
    bench.running.pair().cut = True
    forced = {"role": "backup", "force": True, "force_reason": "b burnt down", "data_sync_first": False}
    result = bench.on(ROLE, "a", "b", **forced)
    assert (result["changed"], result["force_reason"], roles(bench)) == (True, "b burnt down", ["backup", "backup"])


# --- data sync


@pytest.mark.parametrize(("layout", "language"), LAYOUTS)
def test_sync_now_is_verified_by_api(given, layout, language):
    bench = given(world(layout=layout, language=language))
    before = bench.running.machine("a").synced_at
    result = bench.on(SYNC, "a", "b")
    assert result["changed"] and result["last_data_sync"] > before and bench.writes() == ["sync now"]
    assert not bench.on(SYNC, "a", "b", max_age=HOUR)["changed"] and len(bench.writes()) == 1


def test_running_sync_is_followed_by_another(given):
    """The running one may have begun before the last change of data, so that the backup lacks it."""
    bench = given(world())
    bench.running.pair().start_sync(bench.running.machine("a"))
    bench.running.machine("a").writes.clear()
    assert bench.on(SYNC, "a", "b")["changed"] and bench.writes() == ["sync now"]
    history = [event["event"] for event in bench.running.machine("a").history if event["event"].startswith("sync_")]
    assert history == ["sync_started", "sync_finished"] * 2


def test_running_sync_is_enough_by_age(given):
    """A running data sync is enough where its age is."""
    bench = given(world())
    bench.running.pair().start_sync(bench.running.machine("a"))
    bench.running.advance(60)
    bench.running.machine("a").writes.clear()
    assert bench.on(SYNC, "a", "b", max_age=HOUR)["state"] == "done" and bench.writes() == []


def test_late_sync_may_have_begun_early(given):
    """A data sync that ended after the change may have begun before it."""
    bench = given(world())
    bench.running.pair().start_sync(bench.running.machine("a"))
    since = bench.running.now()
    bench.running.advance(2 * HOUR)
    bench.running.machine("a").writes.clear()
    assert bench.on(SYNC, "a", "b", since=since)["changed"] and bench.writes() == ["sync now"]


def test_failed_sync_quotes_the_appliance(given):
    bench = given(world())
    bench.running.pair().fails = "No space left"
    with pytest.raises(Refused, match="No space left"):
        bench.on(SYNC, "a", "b")


def test_a_sync_is_refused_between_different_versions(given):
    bench = given(world())
    upgraded(bench, "b")
    with pytest.raises(Unsafe, match="versions_differ"):
        bench.on(SYNC, "a", "b")


# --- relation


@pytest.mark.parametrize(("layout", "language"), LAYOUTS)
def test_broken_relation_returns_with_its_settings(given, layout, language):
    bench = given(world(layout=layout, language=language))
    broken = bench.on(RELATION, "a", "b", state="absent")
    assert (broken["changed"], broken["relation"]) == (True, "absent") and not bench.running.pair().related
    assert broken["settings"]["automatic_failover"] is False and broken["settings"]["sync_interval"].startswith("24")
    assert not bench.on(RELATION, "a", "b", state="absent")["changed"]
    bench.running.pair().settings["automatic_failover"] = True
    given_back = {"state": "present", "public_url": bench.running.public_url(), "settings": broken["settings"]}
    made = bench.on(RELATION, "a", "b", **given_back)
    assert made["changed"] and bench.running.pair().related and roles(bench) == ["primary", "backup"]
    assert made["settings_differ"] == [{"setting": "automatic_failover", "before": False, "now": True}]
    assert not bench.on(RELATION, "a", "b", **given_back)["changed"]
    assert bench.writes() == ["break failover relation", "establish failover relation with a as primary"]


def test_establishing_from_other_node_is_refused(given):
    bench = given(world())
    bench.running.pair().break_relation(bench.running.machine("a"))
    bench.running.advance(HOUR)
    with pytest.raises(Unsafe, match="would overwrite"):
        bench.on(RELATION, "b", "a", state="present", public_url=bench.running.public_url())
    assert not bench.running.pair().related and bench.running.machine("a").records["a"] > 0


def test_establishing_needs_a_public_name_and_equal_versions(given):
    bench = given(world())
    bench.running.pair().break_relation(bench.running.machine("a"))
    with pytest.raises(Unsafe, match="public_missing"):
        bench.on(RELATION, "a", "b", state="present")
    upgraded(bench, "b")
    with pytest.raises(Unsafe, match="versions_differ"):
        bench.on(RELATION, "a", "b", state="present", public_url=bench.running.public_url())


def test_different_keys_quote_the_page(given):
    bench = given(world())
    bench.running.pair().break_relation(bench.running.machine("a"))
    bench.running.machine("b").inter_appliance_key = "another"
    with pytest.raises(Refused, match="do not match"):
        bench.on(RELATION, "a", "b", state="present", public_url=bench.running.public_url())


@pytest.mark.parametrize("wanted", ["absent", "present"])
def test_check_mode_and_an_operator_write_nothing(given, wanted):
    bench = given(world())
    if wanted == "present":
        bench.running.pair().break_relation(bench.running.machine("a"))
        bench.running.machine("a").writes.clear()
    options = {"state": wanted, "public_url": bench.running.public_url()}
    assert bench.on(RELATION, "a", "b", check_mode=True, **options)["changed"]
    assert bench.on(RELATION, "a", "b", method="manual", **options)["state"] == "manual"
    assert bench.writes() == []


# --- what both say


def test_a_sound_pair_has_no_problems(given, monkeypatch):
    bench = given(world())
    seen = info(bench, monkeypatch, "a", "b", public_url=bench.running.public_url(), mode="asynchronous", certificates=True)
    assert (seen["relation"], seen["primary"], seen["serving"], seen["problems"]) == ("present", "a", "a", [])


@pytest.mark.parametrize(
    ("chosen", "nodes", "mode", "blockers"),
    [
        ("pair_one_hop", "a", "asynchronous", {"mode_needs_pair"}),
        ("pair_one_hop", "", "synchronous", {"node_count"}),
        ("mixed_fleet", "abc", "synchronous", {"node_count"}),
        ("pair_two_primaries", "ab", "synchronous", {"two_primaries"}),
        ("pair_certificates_differ", "ab", "synchronous", {"certificates_differ"}),
        ("mixed_fleet", "cd", "asynchronous", {"public_elsewhere"}),
    ],
)
def test_unpaired_site_lists_every_problem(given, monkeypatch, chosen, nodes, mode, blockers):
    bench = given(chosen)
    options = {"public_url": bench.running.public_url(), "mode": mode, "certificates": True}
    seen = info(bench, monkeypatch, *nodes, **options)
    assert blockers <= {one["blocker"] for one in seen["problems"]}
    with pytest.raises(Unsafe) as told:
        info(bench, monkeypatch, *nodes, refuse=True, **options)
    assert all(blocker in str(told.value) for blocker in blockers) and bench.writes() == []


def test_an_appliance_under_two_names_is_seen(given, monkeypatch):
    bench = given(world())
    monkeypatch.setattr(failover_info, "connect", lambda params, say: bench.appliance(params))
    one = connection_of(bench.running, bench.folder, "a")
    seen = bench.run(failover_info.OPERATION, nodes=[dict(one, name="a"), dict(one, name="b")], mode="synchronous")
    assert {"same_appliance", "public_missing"} <= {problem["blocker"] for problem in seen["problems"]}


def test_atlas_cluster_is_refused(given, monkeypatch):
    seen = info(given("atlas"), monkeypatch, "a", "b", mode="synchronous")
    assert "cluster" in {problem["blocker"] for problem in seen["problems"]} and len(seen["pair"]["nodes"]) == 2


def test_a_silent_node_is_described(given, monkeypatch):
    """Beside the one that responds."""
    bench = given(world())
    bench.running.machine("b").shut_down()
    seen = info(bench, monkeypatch, "a", "b", public_url=bench.running.public_url())
    assert seen["relation"] == "unknown" and [one["reachable"] for one in seen["pair"]["nodes"]] == [True, False]
    assert [problem["blocker"] for problem in seen["problems"]] == ["node_unreachable"]


def test_a_break_waits_for_a_running_sync(given):
    """The appliance also begins data syncs by itself."""
    bench = given(world())
    bench.running.pair().start_sync(bench.running.machine("a"))
    bench.running.machine("a").writes.clear()
    assert bench.on(RELATION, "a", "b", state="absent")["relation"] == "absent"
    assert bench.running.machine("a").history[-1]["event"] == "relation_broken" and bench.writes() == ["break failover relation"]


def test_different_products_are_reported_without_xml(given, monkeypatch):
    """Although the XML API names none."""
    bench = given(world().replace("20.2.1", "21.3.1"))  # PRA lists its members from 21.2 on
    bench.running.machine("b").product = "pra"
    seen = info(bench, monkeypatch, "a", "b", public_url=bench.running.public_url())
    assert "mixed_product" in {problem["blocker"] for problem in seen["problems"]}


# --- somebody else acts between look and press


@pytest.mark.parametrize(
    ("operation", "options", "order"),
    [
        (ROLE, {"role": "primary"}, {"do": "break_relation"}),
        (ROLE, {"role": "primary", "method": "web"}, {"do": "break_relation"}),
        (ROLE, {"role": "primary"}, {"do": "set_role", "appliance": "b", "role": "primary"}),
        (SYNC, {}, {"do": "set_role", "appliance": "b", "role": "primary"}),
        (SYNC, {}, {"do": "break_relation"}),
        (RELATION, {"state": "absent"}, {"do": "set_role", "appliance": "b", "role": "primary"}),
        (RELATION, {"state": "absent"}, {"do": "switch_public", "node": "b"}),
        (RELATION, {"state": "present"}, {"do": "switch_public", "node": "b"}),
        (RELATION, {"state": "present"}, {"do": "establish", "appliance": "b"}),
    ],
    ids=[
        "swap, broken",
        "swap by page, broken",
        "swap, swapped",
        "sync, swapped",
        "sync, broken",
        "break, swapped",
        "break, name moved",
        "establish, name moved",
        "establish, established",
    ],
)
def test_changed_pair_gets_no_request(given, monkeypatch, operation, options, order):
    """Nothing is sent to a pair that changed since it was read."""
    bench = given(world())
    if options.get("state") == "present":
        bench.running.pair().break_relation(bench.running.machine("a"))
    send = pairing.Nodes.send

    def late(self, *given):
        act(bench.running.simulation, dict(order))
        return send(self, *given)

    monkeypatch.setattr(pairing.Nodes, "send", late)
    node, peer = ("b", "a") if operation is ROLE else ("a", "b")
    where = {
        **connection_of(bench.running, bench.folder, node),
        "name": node,
        "peer": dict(connection_of(bench.running, bench.folder, peer), name=peer),
    }
    where = {**where, "public_url": bench.running.public_url()} if operation is RELATION else where
    result = performed(bench, operation, **where, **options)
    assert (result["error"], result["outcome"]) == ("Unsafe", "nothing_done"), result
    assert bench.writes() == []


@pytest.mark.parametrize(("operation", "options"), [(ROLE, {"role": "primary"}), (SYNC, {}), (RELATION, {"state": "absent"})])
def test_a_lost_request_is_left_open(given, operation, options):
    """Within minutes, if nothing shows that it was taken."""
    bench = given(world())
    node, peer = ("b", "a") if operation is ROLE else ("a", "b")
    match = {"method": "POST", "path": "/login/management/*"} if operation is not ROLE else {"action": "set_failover_role"}
    fault = bench.running.fault("drop_before", match=match)
    before = bench.seconds_asleep
    with pytest.raises(WaitTimeout, match="was lost. In .* readings") as caught:
        bench.on(operation, node, peer, **options)
    assert fault.hits == 1 and bench.writes() == [] and caught.value.facts["outcome"] == "unknown"
    assert bench.seconds_asleep - before < 600
    assert bench.on(operation, node, peer, **options)["changed"]
