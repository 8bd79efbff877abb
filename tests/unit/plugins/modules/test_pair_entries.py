# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The modules for pairs write their own journal entries: the beginning before the request, the end when it is verified."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError
from ansible_collections.bomgar.appliance.plugins.modules.client_info import OPERATION as CLIENTS
from ansible_collections.bomgar.appliance.plugins.modules.failover_relation import OPERATION as RELATION
from ansible_collections.bomgar.appliance.plugins.modules.failover_role import OPERATION as ROLE
from ansible_collections.bomgar.appliance.plugins.modules.failover_sync import OPERATION as SYNC

ACTS = [
    (SYNC, "sync", "a", "b", {}),
    (RELATION, "break", "a", "b", {"state": "absent"}),
    (ROLE, "swap", "b", "a", {"role": "primary"}),
]
NAMES = [act[1] for act in ACTS]


@pytest.fixture
def bench(given):
    return given("pair_one_hop")


def entries(journal):
    return [(entry["event"], entry["data"]["action"], entry["data"]["node"]) for entry in journal.read()]


def test_a_verified_sync_is_recorded(bench, journal):
    """With the clock of the primary."""
    before = bench.running.now()
    bench.on(SYNC, "a", "b", journal=journal.path)
    assert entries(journal) == [("action_begun", "sync", "a"), ("action_done", "sync", "a")]
    assert abs(journal.read()[0]["data"]["appliance_time"] - before) < 60


def test_due_sync_keeps_its_moment(bench, journal):
    bench.on(SYNC, "a", "b", journal=journal.path, since=1_700_000_000.0)
    assert journal.read()[0]["data"]["appliance_time"] == 1_700_000_000.0


def test_establishing_compares_the_broken_settings(bench, journal):
    """A break keeps the settings, and establishing compares with them."""
    settings = bench.on(RELATION, "a", "b", state="absent", journal=journal.path)["settings"]
    assert settings and journal.read()[-1]["data"]["data"] == {"settings": settings}
    bench.running.advance(3600)
    result = bench.on(RELATION, "a", "b", state="present", public_url=bench.running.public_url(), journal=journal.path)
    assert entries(journal)[2:] == [("action_begun", "establish", "a"), ("action_done", "establish", "a")]
    assert journal.read()[-1]["data"]["data"] == {"settings_differ": result["settings_differ"]}


def test_given_settings_precede_the_journal(bench, journal):
    journal.append("action_begun", action="break", node="a")
    journal.append("action_done", action="break", node="a", data={"settings": {"no such setting": 1}})
    bench.on(RELATION, "a", "b", state="absent")
    bench.running.advance(3600)
    options = {"state": "present", "public_url": bench.running.public_url(), "journal": journal.path}
    assert [one["setting"] for one in bench.on(RELATION, "a", "b", **options)["settings_differ"]] == ["no such setting"]
    given = bench.on(RELATION, "a", "b", settings={"another one": 2}, **options)
    assert [one["setting"] for one in given["settings_differ"]] == ["another one"]


@pytest.mark.parametrize(("operation", "action", "node", "peer", "options"), ACTS, ids=NAMES)
def test_acting_person_is_recorded_as_begun(bench, journal, operation, action, node, peer, options):
    for _run in range(2):
        assert bench.on(operation, node, peer, method="manual", journal=journal.path, **options)["state"] == "manual"
    assert set(entries(journal)) == {("action_begun", action, node)}


@pytest.mark.parametrize(("operation", "action", "node", "peer", "options"), ACTS, ids=NAMES)
def test_check_mode_and_unsound_pair_record_nothing(bench, journal, operation, action, node, peer, options):
    bench.on(operation, node, peer, check_mode=True, journal=journal.path, **options)
    bench.running.machine("b").failover_role = "primary"
    with pytest.raises(ApplianceError):
        bench.on(operation, node, peer, journal=journal.path, **options)
    assert journal.read() == [] and bench.writes() == []


def test_beginning_is_on_disk_before_request(bench, journal, monkeypatch):
    from ansible_collections.bomgar.appliance.plugins.module_utils.appliance import Appliance

    seen = []
    send = Appliance.set_failover_role
    monkeypatch.setattr(Appliance, "set_failover_role", lambda *args, **more: seen.append(entries(journal)) or send(*args, **more))
    bench.on(ROLE, "b", "a", role="primary", journal=journal.path)
    assert seen == [[("action_begun", "swap", "b")]] and entries(journal) == seen[0]


def test_begun_swap_is_not_begun_again(bench, journal):
    journal.append("action_begun", action="take_over", node="b", data={"online_before": 3})
    bench.on(ROLE, "a", "b", role="backup", journal=journal.path, action="take_over")
    assert entries(journal) == [("action_begun", "take_over", "b")]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_counts_are_kept_for_their_moment(bench, journal, moment):
    result = bench.run(CLIENTS, full=False, journal=journal.path, count=moment)
    counted = journal.state().clients.counted
    assert counted[moment] == {name: result[name] for name in ("kinds", "jump_clients", "connected")}
    bench.run(CLIENTS, full=False, journal=journal.path)
    bench.run(CLIENTS, full=False, journal=journal.path, count=moment, check_mode=True)
    assert len(journal.read()) == 1
