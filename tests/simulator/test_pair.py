# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A failover pair behaves as the vendor describes it: roles, sync, swap, break, establish, and who serves."""

import pytest
import requests
from simulator.machine import Refused

HOUR = 3600


@pytest.fixture
def pair(run):
    running = run("pair_one_hop")
    return running, running.pair(), running.machine("a"), running.machine("b")


def roles(pair):
    return [one.failover_role for one in pair.nodes]


def refused(code, function, *arguments, **options):
    with pytest.raises(Refused) as told:
        function(*arguments, **options)
    assert told.value.code == code


def upgrade(running, machine, *packages):
    for package in packages:
        machine.start_install(package)
        running.advance(2 * HOUR)


def events(machine, name):
    return [event for event in machine.history if event["event"] == name]


def test_sync_takes_time_and_copies(pair):
    running, both, a, b = pair
    running.advance(HOUR)
    both.start_sync(a)
    running.advance(150)
    assert both.sync_percent == 50 and b.records["a"] == 0
    running.advance(150)
    assert both.syncing is None and a.sync_status == "Success" and b.records["a"] == pytest.approx(32.5, abs=0.1)


def test_running_sync_blocks_sync_and_break(pair):
    running, both, a, b = pair
    both.start_sync(a)
    refused("busy", both.start_sync, b)
    refused("busy", both.break_relation, a)
    refused("busy", both.set_role, b, "primary")


@pytest.mark.parametrize("trouble", ["cut", "restart", "text"])
def test_failed_sync_gives_reason_and_copies_nothing(pair, trouble):
    running, both, a, b = pair
    running.advance(HOUR)
    both.start_sync(a)
    running.advance(60)
    both.cut = trouble == "cut"
    both.fails = "No space left" if trouble == "text" else ""
    if trouble == "restart":
        b.restart()
    running.advance(HOUR)
    assert a.sync_status.startswith("Failed: ") and b.records["a"] == 0 and events(a, "sync_failed")


def test_a_swap_with_sync_exchanges_the_roles(pair):
    """It ends sessions, and both nodes are backup for a moment."""
    running, both, a, b = pair
    assert both.set_role(b, "primary", data_sync_first=True).startswith("Successfully started data sync")
    assert roles(both) == ["primary", "backup"] and not both.accepts() and a.logged_in() == []
    running.advance(5 * 60 + 1)
    assert roles(both) == ["backup", "backup"]
    running.advance(2 * 60)
    assert roles(both) == ["backup", "primary"] and both.timeline.two_primaries_seconds(both.now()) == 0


def test_public_name_follows_only_shared_ip(run):
    """The public name does not follow a swap unless it is a shared IP address."""
    for front, behind in (("dns", "a"), ("nat", "a"), ("shared_ip", "b")):
        running = run(world_with(f"front: {front}"))
        both = running.pair()
        both.set_role(running.machine("b"), "primary", data_sync_first=True)
        running.advance(HOUR)
        assert both.front == behind, front


def world_with(more):
    from simulator.world import SHIPPED

    text = (SHIPPED / "pair_one_hop.yml").read_text()
    return text.replace("sync: {minutes: 5}", f"sync: {{minutes: 5}}, {more}")


def test_public_name_on_backup_is_outage(pair):
    """It is counted even if nobody sent a request meanwhile."""
    running, both, a, b = pair
    both.set_role(b, "primary")
    running.advance(10 * HOUR)
    both.switch("b")
    running.advance(HOUR)
    assert sum(end - begin for begin, end in both.outages()) == 10 * HOUR


def test_only_the_serving_node_causes_an_outage(pair):
    """An installation on the other node is none."""
    running, both, a, b = pair
    both.break_relation(a)
    upgrade(running, b, "base-6.2.0", "rs-22.1.4")
    assert both.outages() == []
    upgrade(running, a, "base-6.2.0", "rs-22.1.4")
    assert sum(end - begin for begin, end in both.outages()) == (5 + 20 + 5) * 60


def test_clients_follow_the_public_name(pair):
    """Clients meet another version when the public name moves, and not before."""
    running, both, a, b = pair
    both.break_relation(a)
    upgrade(running, b, "base-6.2.0", "rs-22.1.4")
    assert both.clients.summary(both.now())["active_pending"] == 0
    both.switch("b")
    assert both.clients.summary(both.now())["active_pending"] == 60 and both.clients.skipped == 0
    upgrade(running, a, "base-6.2.0", "rs-22.1.4")
    running.advance(30 * HOUR)
    assert both.clients.summary(both.now())["active_pending"] == 0


def test_different_builds_refuse_sync_and_mail(pair):
    running, both, a, b = pair
    upgrade(running, b, "base-6.2.0", "rs-22.1.4")
    refused("versions", both.start_sync, a)
    refused("versions", both.set_role, b, "primary", data_sync_first=True)
    assert len(a.mails) == len(b.mails) == 2 and "versions" in a.mails[0]["subject"]
    running.advance(24 * HOUR)
    assert len(a.mails) == 3 and not events(a, "sync_started")


def test_after_a_break_each_node_is_alone(pair):
    running, both, a, b = pair
    both.break_relation(b)
    assert roles(both) == ["none", "none"] and a.members() == [a] and a.synced_at is None
    refused("unrelated", both.break_relation, a)
    refused("unrelated", both.set_role, a, "backup")


def test_roles_may_be_kept_after_a_break(run):
    running = run(world_with("roles_after_break: kept"))
    running.pair().break_relation(running.machine("a"))
    assert roles(running.pair()) == ["primary", "backup"] and running.machine("b").members() == [running.machine("b")]


def test_establishing_from_wrong_node_destroys_records(pair):
    running, both, a, b = pair
    both.break_relation(a)
    running.advance(10 * HOUR)
    both.establish(b, a)
    assert events(a, "data_overwritten")[0]["lost"] == 300 and a.records["a"] == 0 and not both.accepts()


def test_establishing_from_right_node_loses_nothing(pair):
    running, both, a, b = pair
    both.break_relation(a)
    running.advance(10 * HOUR)
    both.establish(a, b)
    assert events(b, "data_overwritten")[0]["lost"] == 0 and a.synced_at is None
    running.advance(60 + 5 * 60)
    assert a.sync_status == "Success" and roles(both) == ["primary", "backup"]


def test_different_inter_appliance_keys_refuse_sync_and_relation(pair):
    running, both, a, b = pair
    b.inter_appliance_key = "another"
    refused("key", both.start_sync, a)
    both.break_relation(a)
    refused("key", both.establish, a, b)


def test_only_the_address_of_the_peer_reaches_it(pair):
    running, both, a, b = pair
    assert both.resolve(a, "b.example.com", 443) is b
    assert both.resolve(a, "127.0.0.1", running.url_of("b").rpartition(":")[2]) is b
    for host, port in (("a.example.com", 443), ("c.example.com", 443), ("127.0.0.1", 1)):
        refused("unreachable", both.resolve, a, host, port)


def test_a_silent_peer_stops_a_swap(pair):
    """With force, the primary becomes backup, and nothing else happens."""
    running, both, a, b = pair
    both.cut = True
    refused("peer", both.set_role, b, "primary")
    refused("peer", both.set_role, b, "primary", force=True)
    refused("peer", both.set_role, a, "backup")
    both.set_role(a, "backup", force=True)
    assert roles(both) == ["backup", "backup"]


def test_automatic_failover_leaves_two_primaries(run):
    """The peer takes over, and the old primary still claims its role."""
    running = run(world_with("automatic_failover: true"))
    both = running.pair()
    both.cut = True
    running.advance(1)
    running.advance(11 * 60)
    assert roles(both) == ["primary", "primary"] and both.timeline.two_primaries_seconds(both.now()) == 0
    running.advance(60)
    assert both.timeline.two_primaries_seconds(both.now()) == 60


def test_backup_operations_that_are_off_refuse_a_swap(pair):
    running, both, a, b = pair
    both.settings["backup_operations"] = False
    refused("disabled", both.set_role, b, "primary")


def test_public_port_answers_as_its_node(pair, caller):
    running, both, a, b = pair
    for node in ("a", "b"):
        both.switch(node)
        answer = requests.get(running.public_url() + "/check_health", verify=running.ca_file, timeout=60)
        assert answer.status_code == 200
        entry = running.requests()[-1]
        assert (entry["appliance"], entry["via"]) == (node, "public")


def test_both_apis_set_role_and_list_members(run, caller):
    running = run("pair_one_hop")
    client = account(caller(running))
    assert client.command("get_appliances").text.count("<appliance ") == 2
    assert "Successfully changed role." in client.command("set_failover_role", role="backup").text
    running.advance(HOUR)
    assert roles(running.pair()) == ["backup", "primary"]
    client.token = None
    assert "<error" in client.command("set_failover_role", role="king").text
    running = run("pair_json")
    client = account(caller(running))
    answer = client.call("POST", "/api/command/v2/failover-role", json={"role": "backup", "data_sync_first": True})
    assert answer.status_code == 200 and answer.json()["message"].startswith("Successfully started data sync")
    assert client.call("POST", "/api/command/v2/failover-role", json={"role": "backup"}).status_code == 422
    assert len(client.get("/api/command/v2/appliance").json()) == 2


def account(client):
    spec = client.running.world["accounts"]["api"][0]
    client.client_id, client.secret = spec["client_id"], spec["client_secret"]
    return client


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("nodes: [a, x]", "no appliance is called 'x'"),
        ("nodes: [a, a]", "non-unique"),
        ("nodes: [a]", "too short"),
        ("nodes: [a, b], front: carrier", "'carrier' is not one of"),
    ],
)
def test_impossible_pair_is_refused_with_its_place(change, sentence):
    from simulator import world

    with pytest.raises(world.WorldError, match=sentence):
        world.parse((world.SHIPPED / "pair_one_hop.yml").read_text().replace("nodes: [a, b]", change))
