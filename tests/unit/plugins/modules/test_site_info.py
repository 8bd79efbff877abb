# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A site as it is read before each step, and as it is described at the end of a run."""

import os

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Unreachable, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import lock
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules import appliance_info, failover_info, site_info, update_info

from tests.support.ansible import connection_of
from tests.support.journals import Kept


def described(bench, monkeypatch, *names, check_mode=False, **given):
    monkeypatch.setattr(site_info, "connect", lambda params, say: bench.appliance(params))
    nodes = [dict(connection_of(bench.running, bench.folder, name), name=name) for name in names]
    return bench.run(site_info.OPERATION, check_mode=check_mode, nodes=nodes, **given)


def read(bench, monkeypatch, *names, **given):
    """As before each step of an upgrade."""
    public = {"public_url": bench.running.public_url()} if len(names) > 1 else {}
    return described(bench, monkeypatch, *names, **{"read_offers": True, **public, **given})


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.delenv(lock.VARIABLE, raising=False)
    return str(tmp_path / "site" / "journal.jsonl")


@pytest.fixture
def running(path, monkeypatch):
    """The journal of a run that owns the lock of its site."""
    held = Journal(path)
    held.lock.acquire()
    monkeypatch.setenv(lock.VARIABLE, held.lock.token)
    held = Journal(path)
    held.append("run_opened")
    return held


def requests(bench):
    """What is new in the log, without tokens and sessions, which depend on what is remembered."""
    found = [(entry["appliance"], entry["method"], entry["path"]) for entry in bench.running.requests()]
    return [one for one in found if "login" not in one[2] and one[2] not in ("/oauth2/token", "/api/command/v2/info")]


def events(journal):
    return [entry["event"] for entry in journal.read()]


# --- before each step


def test_one_appliance_reads_as_single_modules(given, monkeypatch):
    """One appliance is read as the modules for one appliance read it."""
    bench = given()
    login = connection_of(bench.running, bench.folder, "a")
    for operation in (appliance_info.OPERATION, update_info.OPERATION):
        bench.run(operation, **login)
    before = requests(bench)
    seen = read(bench, monkeypatch, "a")
    assert requests(bench)[len(before) :] == before and bench.writes() == []
    site = seen["site"]
    assert (site["relation"], site["primary"], site["serving"], site["nodes"][0]["version"]) == ("none", "", "a", "19.1.8")
    assert site["offers"]["a"]["base_version"] == "5.4.0" and site["offers"]["a"]["packages"]


def test_pair_reads_as_pair_modules(given, monkeypatch):
    """A pair is read as the modules for a pair read it."""
    bench = given("pair_one_hop")
    monkeypatch.setattr(failover_info, "connect", lambda params, say: bench.appliance(params))
    nodes = [dict(connection_of(bench.running, bench.folder, name), name=name) for name in "ab"]
    bench.run(failover_info.OPERATION, nodes=nodes, public_url=bench.running.public_url(), certificates=True)
    for node in nodes:
        bench.run(update_info.OPERATION, **{name: value for name, value in node.items() if name != "name"})
    before = requests(bench)
    seen = read(bench, monkeypatch, "a", "b")
    assert requests(bench)[len(before) :] == before
    assert seen["site"]["serving"] == seen["site"]["primary"] == "a" and seen["site"]["problems"] == []
    assert set(seen["site"]["offers"]) == {"a", "b"} and seen["site"]["nodes"][0]["certificate"]


def test_known_offer_is_not_read_again(given, monkeypatch):
    bench = given("pair_one_hop")
    known = read(bench, monkeypatch, "a", "b")["site"]["offers"]
    before = len(requests(bench))
    again = read(bench, monkeypatch, "a", "b", known_offers={"a": known["a"]})["site"]["offers"]
    pages = [who for who, _method, page in requests(bench)[before:] if page.startswith("/appliance")]
    assert set(pages) == {"b"} and again == known


def test_manifest_offers_without_the_pages(given, monkeypatch):
    """Without the pages the manifest and a person say what is offered."""
    bench, base = given(), {"packages": [{"name": "Base 6.0.2"}]}
    asked = read(bench, monkeypatch, "a", method="manual", manifest=base)
    assert asked["state"] == "manual" and "Read the Base version" in asked["instructions"][1] and asked["site"]["offers"] == {}
    stated = read(bench, monkeypatch, "a", method="manual", manifest=base, base_versions={"a": "5.4.0"})
    assert stated["state"] == "read" and stated["site"]["offers"]["a"]["packages"][0]["state"] == "available"
    with pytest.raises(InvalidInput, match="manifest"):
        read(bench, monkeypatch, "a", method="manual")
    assert not any(page.startswith("/appliance") for _who, _method, page in requests(bench))


def test_silent_appliance_is_an_error(given, monkeypatch):
    bench = given()
    bench.running.machine("a").shut_down()
    for options in ({}, {"read_offers": False, "refuse": True}):
        with pytest.raises(Unreachable):
            read(bench, monkeypatch, "a", **options)


# --- the journal


def test_run_records_what_nodes_run(given, monkeypatch, running):
    bench = given("pair_one_hop")
    seen = read(bench, monkeypatch, "a", "b", journal=running.path)
    assert events(running) == ["run_opened", "version_seen", "version_seen", "site_seen"]
    assert seen["memory"]["catch_up"]["version"] == "20.2.1" and seen["memory"]["done"] == 0
    read(bench, monkeypatch, "a", "b", journal=running.path)
    assert len(events(running)) == 4 and seen["memory"]["origin"] == "a" and len(seen["memory"]["guids"]) == 2


def test_a_run_notes_that_somebody_swapped_the_roles(given, monkeypatch, running):
    bench = given("pair_one_hop")
    running.append("run_opened", origin="b")
    read(bench, monkeypatch, "a", "b", journal=running.path)
    assert "swap_seen" in events(running)


@pytest.mark.parametrize("options", [{"check_mode": True}, {"read_offers": False}, {"read_offers": False, "refuse": True}])
def test_check_mode_and_a_description_write_nothing(given, monkeypatch, running, options):
    bench = given()
    seen = read(bench, monkeypatch, "a", journal=running.path, **options)
    assert events(running) == ["run_opened"]
    assert bool(seen["memory"]["catch_up"]) == ("check_mode" in options)


def test_only_a_run_of_site_writes(given, monkeypatch, path):
    seen = read(given(), monkeypatch, "a", journal=path)
    assert seen["memory"]["catch_up"]["version"] == "19.1.8" and not os.path.exists(path)


def test_without_a_journal_nothing_is_remembered(given, monkeypatch):
    assert read(given(), monkeypatch, "a")["memory"] == {}


def test_damaged_journal_stops_upgrade_not_description(given, monkeypatch, running):
    bench = given()
    with open(running.path, "a", encoding="ascii") as stream:
        stream.write("no journal\n")
    with pytest.raises(Unsafe, match="is damaged"):
        read(bench, monkeypatch, "a", journal=running.path)
    assert described(bench, monkeypatch, "a", journal=running.path)["memory"]["runs"] == 1


# --- what is refused


@pytest.mark.parametrize("options", [{}, {"read_offers": False, "refuse": True}])
def test_the_journal_of_another_appliance_is_refused(given, monkeypatch, running, options):
    bench = given()
    running.append("version_seen", guid="f" * 32, version="19.1.8", appliance_time=1.0)
    with pytest.raises(Unsafe, match=f"is of the appliance {'f' * 32}"):
        read(bench, monkeypatch, "a", journal=running.path, **options)
    assert described(bench, monkeypatch, "a", journal=running.path)["state"] == "read"


def test_journal_of_other_pair_is_refused(given, monkeypatch, running):
    bench = given("pair_one_hop")
    running.append("run_opened", guids=["e" * 32, "f" * 32])
    with pytest.raises(Unsafe, match="foreign_journal"):
        read(bench, monkeypatch, "a", "b", journal=running.path)
    assert events(running) == ["run_opened", "run_opened"]


def test_unsound_pair_is_refused_if_asked(given, monkeypatch):
    bench = given("pair_two_primaries")
    with pytest.raises(Unsafe, match="Nothing is done to this site.*two_primaries") as caught:
        read(bench, monkeypatch, "a", "b", refuse=True)
    assert caught.value.facts["problems"][0]["blocker"] == "two_primaries"
    assert read(bench, monkeypatch, "a", "b")["site"]["problems"][0]["blocker"] == "two_primaries"


def begun(journal, host):
    journal.append("step_begun", package="Base 6.2.0", kind="base", host=host)


def test_an_open_step_explains_a_silent_node(given, monkeypatch, running):
    """It is not refused."""
    bench = given("pair_one_hop")
    bench.running.machine("b").shut_down()
    options = {"read_offers": False, "refuse": True, "journal": running.path}
    with pytest.raises(Unsafe, match="node_unreachable"):
        read(bench, monkeypatch, "a", "b", **options)
    begun(running, "b.example.com")
    seen = read(bench, monkeypatch, "a", "b", **options)
    assert seen["memory"]["open_step"]["package"] == "Base 6.2.0" and seen["site"]["nodes"][1]["reachable"] is False


@pytest.mark.parametrize(("name", "nodes"), [("pair_one_hop", "ab"), ("far_outdated", "a")])
def test_an_open_step_prevents_offers_and_records(given, monkeypatch, running, name, nodes):
    """No offer is read, and nothing is recorded."""
    bench = given(name)
    begun(running, "a.example.com")
    bench.running.machine("a").shut_down()
    seen = read(bench, monkeypatch, *nodes, journal=running.path, refuse=True)
    assert (seen["site"]["offers"], seen["state"], seen["memory"]["catch_up"]) == ({}, "read", {})
    assert not any(page.startswith("/appliance") for _who, _method, page in requests(bench))
    assert events(running) == ["run_opened", "step_begun"]


def test_failed_data_sync_is_no_problem(given, monkeypatch):
    """It is no problem, since another data sync follows."""
    bench = given("pair_one_hop")
    bench.running.machine("a").sync_status = "Failed: disk"
    assert read(bench, monkeypatch, "a", "b", refuse=True)["site"]["problems"] == []


def test_unhealthy_appliance_is_left_to_preflight(given, monkeypatch):
    bench = given()
    bench.machine.health_problem = "disk"
    seen = read(bench, monkeypatch, "a", refuse=True)
    assert [one["blocker"] for one in seen["site"]["problems"]] == ["node_unhealthy"]


# --- the description at the end of a run


def test_pair_describes_bases_relation_and_server(given, monkeypatch):
    bench = given("pair_one_hop")
    said = described(bench, monkeypatch, "a", "b", public_url=bench.running.public_url())["site"]["description"]
    assert said["nodes"] == [
        f"{name} runs version 20.2.1 on Base 6.0.2; failover role {role}." for name, role in (("a", "primary"), ("b", "backup"))
    ]
    assert "exists" in said["relation"] and said["serving"].startswith("a serves")
    assert bench.writes() == []


def test_silent_node_and_damage_are_described(given, monkeypatch):
    """A node that is away and a damaged journal are described."""
    bench = given("pair_one_hop")
    bench.running.machine("b").shut_down()
    path = bench.folder / "journal.jsonl"
    path.write_text("no journal\nat all\n")
    path.chmod(0o600)
    said = described(bench, monkeypatch, "a", "b", public_url=bench.running.public_url(), journal=str(path))["site"]["description"]
    assert said["nodes"][1].startswith("b could not be read") and "journal could not be read" in said["open"][0]


def test_report_ends_with_open_work(tmp_path):
    kept = Kept(str(tmp_path / "site" / "journal.jsonl"))
    kept.open()
    Journal(kept.path).lock.remove()
    result = kept.close(run_state="failed", reason="a test", lines=["a serves", "Next: go on"])
    assert result["report"][-2:] == ["Run 1 left: a serves", "Run 1 left: Next: go on"]
    kept.open()
    assert not any("left:" in line for line in kept.read()["report"])
