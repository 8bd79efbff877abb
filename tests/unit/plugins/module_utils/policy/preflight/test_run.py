# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The preflight checks: each with a good, a bad and a missing answer; nothing that is missing or odd ever passes."""

import copy
import json

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.preflight.registry import BLOCKING
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.preflight.run import CHECKS, run_preflight
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import pairs
from tests.support.preflight_facts import GOOD, GUID, NOW, facts, planned


def result(name, made, **options):
    return CHECKS[name].run(made, options)


@pytest.mark.mission("M7")
def test_a_good_appliance_passes_all_checks():
    done = run_preflight(GOOD)
    assert done.passed and not done.blocking
    between = ("pair_reachable", "pair_roles", "pair_public_name", "pair_versions", "pair_sync", "pair_certificates")
    assert {one.id: one.kind for one in done.results if one.kind != "pass"} == dict.fromkeys(("base7_tls", *between), "not_applicable")
    assert len(done.results) >= 24
    assert done.summary() == f"{len(done.results) - 7} pass, 7 not_applicable"
    assert json.loads(json.dumps(done.as_dict()))["passed"] is True


def of_pair(seen, **more):
    """Facts of a node that is upgraded as one of that Pair."""
    return {"mode": "asynchronous", "pair": seen.as_dict(), **more}


MEMBER = GOOD["members"][0]
CERTIFICATE = {"fingerprint_sha256": "aa", "subject": "CN=support", "names": [], "days_left": 99, "distrust": ""}
OTHER_CERTIFICATE = {"fingerprint_sha256": "ff", "subject": "CN=b", "names": [], "days_left": 99, "distrust": "no authority"}
BAD = [
    ("pair_roles", of_pair(pairs.pair([pairs.node("a", "primary"), pairs.node("b", "primary")], "a")), "fail_upgrade"),
    ("pair_roles", of_pair(pairs.related()), "pass"),
    ("pair_public_name", of_pair(pairs.related(public="b")), "fail_outage"),
    ("pair_public_name", of_pair(pairs.related(public="none")), "fail_outage"),
    ("pair_public_name", of_pair(pairs.related()), "pass"),
    ("pair_versions", of_pair(pairs.pair([pairs.node("a", "primary"), pairs.node("b", "backup", version="22.1.4")], "a")), "fail_upgrade"),
    ("pair_versions", of_pair(pairs.broken(versions=("20.2.1", "22.1.4"))), "pass"),
    ("pair_sync", of_pair(pairs.related(last_data_sync_status="Failed: disk")), "fail_upgrade"),
    ("pair_sync", of_pair(pairs.related(last_data_sync=pairs.NOW - 8 * 86400)), "fail_upgrade"),
    ("pair_sync", of_pair(pairs.related()), "pass"),
    ("pair_sync", of_pair(pairs.broken()), "not_applicable"),
    ("pair_certificates", of_pair(pairs.related(certificate=OTHER_CERTIFICATE)), "fail_outage"),
    ("pair_certificates", of_pair(pairs.related()), "manual"),
    ("pair_certificates", of_pair(pairs.related(certificate=CERTIFICATE)), "pass"),
    ("pair_certificates", of_pair(pairs.related(certificate={**CERTIFICATE, "days_left": 29})), "fail_outage"),
    ("pair_certificates", of_pair(pairs.related(certificate={**CERTIFICATE, "days_left": "many"})), "error"),
    ("pair_reachable", of_pair(pairs.related(reachable=False, why="It timed out.")), "fail_upgrade"),
    ("pair_reachable", of_pair(pairs.pair([pairs.node("a", "primary")], "a")), "fail_upgrade"),
    ("pair_reachable", of_pair(pairs.related()), "pass"),
    ("pair_reachable", {"mode": "synchronous"}, "manual"),
    ("dns", {"names": []}, "not_applicable"),
    ("dns", {"names": [{"name": "a.example.com", "addresses": [], "why": "Name or service not known."}]}, "fail_outage"),
    ("dns", {"names": [{"name": "a.example.com", "addresses": "192.0.2.1", "why": ""}]}, "error"),
    ("certificate_chain", {"certificate": {"validated": False}}, "manual"),
    ("certificate_chain", {"certificate": {"issuer": None}}, "error"),
    ("update_list", {"updates": {"packages": [], "message": "No updates available."}}, "manual"),
    ("update_list", {"updates": {"packages": [], "message": "None."}, "plan": {"next": None, "reached": True}}, "pass"),
    ("update_list", {"updates": {"message": "The update server could not be reached."}}, "manual"),
    ("update_list", {"updates": {"packages": [{"state": "odd"}]}}, "error"),
    ("maintenance", {"updates": {"packages": []}}, "manual"),
    ("maintenance", {"updates": {"packages": [{"state": "installed"}]}, "plan": {"next": None, "reached": True}}, "not_applicable"),
    ("maintenance", {"updates": {"packages": [{"name": "Base 6.2.0"}]}}, "error"),
    ("automatic_updates", {"updates": {"automatic": True}}, "fail_outage"),
    ("automatic_updates", {"updates": {"automatic": None}}, "manual"),
    ("automatic_updates", {"updates": {"automatic": "no"}}, "error"),
    ("state_durable", {"state_folder": {"durable": False, "filesystem": "tmpfs"}}, "fail_upgrade"),
    ("state_durable", {"state_folder": {"durable": None, "filesystem": "overlay"}}, "manual"),
    ("state_durable", {"state_folder": {"durable": "yes"}}, "error"),
    ("half_of_pair", {"pair_signs": ["The journal x has it as one of a pair."]}, "fail_upgrade"),
    ("half_of_pair", {"pair_signs": ["The journal x has it as one of a pair."], "standalone_reason": "Ada: b is scrapped"}, "pass"),
    ("identity", {"health": {"guid": "unknown"}}, "error"),
    ("identity", {"health": {"guid": "f" * 32}}, "error"),
    ("identity", {"info": {"product": "beekeeper"}}, "error"),
    ("pages", {"basics": {"guid": "f" * 32}}, "fail_upgrade"),
    ("pages", {"basics": {"guid": ""}}, "not_applicable"),
    ("healthy", {"health": {"healthy": False, "message": "raid degraded"}}, "fail_upgrade"),
    ("permissions", {"info": {"permissions": {**GOOD["info"]["permissions"], "perm_backup": False}}}, "fail_upgrade"),
    ("permissions", {"info": {"permissions": {**GOOD["info"]["permissions"], "perm_command": "deny"}}}, "fail_upgrade"),
    ("permissions", {"info": {"permissions": {**GOOD["info"]["permissions"], "perm_command": "all"}}}, "fail_upgrade"),
    ("permissions", {"info": {"permissions": {"perm_command": "read_only", "perm_backup": True}}}, "manual"),
    ("permissions", {"info": {"generation": "json", "permissions": {"perm_command": "read_only", "perm_backup": True}}}, "error"),
    ("permissions", {"info": {"permissions": {}}}, "error"),
    ("cluster_role", {"members": [MEMBER, {**MEMBER, "cluster_role": "traffic"}]}, "fail_upgrade"),
    ("cluster_role", {"health": {"cluster_role": "primary"}}, "fail_upgrade"),
    ("cluster_role", {"members": [{**MEMBER, "cluster_role": "queen"}]}, "error"),
    ("cluster_role", {"members": []}, "error"),
    ("failover_role", {"health": {"failover_role": "primary"}}, "fail_upgrade"),
    ("failover_role", {"members": [MEMBER, MEMBER]}, "fail_upgrade"),
    ("failover_role", {"health": {"failover_role": "solo"}}, "error"),
    ("failover_role", {"mode": "synchronous", "members": [MEMBER, MEMBER, MEMBER]}, "fail_upgrade"),
    ("failover_role", {"mode": "asynchronous", "health": {"failover_role": "solo"}}, "error"),
    ("clock", {"controller_time": NOW + 301}, "fail_upgrade"),
    ("clock", {"controller_time": NOW - 301}, "fail_upgrade"),
    ("target_path", {"plan_error": "Version 99.1 is not offered."}, "fail_upgrade"),
    ("target_path", {"plan": {"next": None, "reached": False}}, "error"),
    ("window", {"window": {"seconds": 4 * 3600}}, "fail_upgrade"),
    ("window", {"window": {"seconds": "long"}}, "error"),
    ("window", {"window": {"seconds": 0, "step": "", "basis": ""}}, "not_applicable"),
    ("window", {"window": {"windows": {"list": [], "blackouts": [], "margin": 900, "zone": "UTC"}}}, "not_applicable"),
    ("window", {"window": {"windows": {"list": [], "blackouts": [], "margin": 900, "zone": "Nowhere"}}}, "error"),
    ("no_installation", {"updates": {"installing": True}}, "fail_upgrade"),
    ("certificate", {"certificate": {"days_left": 29}}, "fail_outage"),
    ("certificate", {"certificate": {"days_left": -3}}, "fail_outage"),
    ("tls", {"tls": {"version": "TLSv1.1"}}, "post"),
    ("storage", {"storage": {"percent_used": 91.0}}, "fail_upgrade"),
    ("storage", {"storage": {"percent_used": None}}, "manual"),
    ("storage", {"storage": {"percent_used": 140}}, "error"),
    ("storage", {"basics": {"model": ""}}, "manual"),
    ("storage", {"basics": {"model": "", "base_version": "7.0.0"}}, "pass"),
    ("storage", {"storage": {"percent_used": 95.0}, "basics": {"model": "Virtual Appliance"}}, "manual"),
    ("storage", {"storage": {"percent_used": 95.0}, "basics": {"model": "Virtual Appliance", "base_version": "7.0.0"}}, "fail_upgrade"),
    ("jump_client_upgrades", {"jump_settings": {"automatic": "disabled"}}, "fail_upgrade"),
    ("jump_client_upgrades", {"jump_settings": {"automatic": None}}, "manual"),
    ("jump_client_upgrades", {"jump_settings": {"automatic": "perhaps"}}, "error"),
    ("clients_followed", {"jump_clients": {"updated": 189, "pending": 11}}, "fail_outage"),
    ("clients_followed", {"jump_clients": {"updated": 200, "pending": 10}}, "error"),
    ("clients_followed", {"jump_clients": {"updated": 190, "pending": 10, "unread": 1}}, "fail_outage"),
    ("clients_followed", {"jump_clients": None}, "not_applicable"),
    ("people_logged_in", {"logged_in": [{"id": "1", "name": "Ada", "kind": "normal", "since": None, "sessions": 2}]}, "post"),
    ("jump_client_load", {"jump_clients": {"relevant": 5000}}, "post"),
    ("jump_client_load", {"jump_clients": {"relevant": 5000}, "jump_settings": {"max_concurrent": None, "bandwidth": ""}}, "post"),
    ("jump_client_load", {"jump_clients": {"relevant": "many"}}, "error"),
    ("jump_client_load", {"jump_clients": {"relevant": 5000}, "jump_settings": {"bandwidth": 100}}, "error"),
    ("jump_client_load", {"jump_clients": None}, "not_applicable"),
    ("console_msi", {"consoles": []}, "post"),
    ("console_msi", {"consoles": [{"which": "present", "version": "17.1.1", "path": "/srv/upgrade/old.msi"}]}, "post"),
    ("console_msi", {"consoles": [{"which": "present"}]}, "error"),
    ("rebuilt_package_certificates", {"rebuilt": ["bomgar  19.1.8"]}, "manual"),
    ("rebuilt_package_certificates", {"rebuilt": ["Bomgar 19.1.8"], "plan_error": "no path"}, "not_applicable"),
    ("rebuilt_package_certificates", {"rebuilt": []}, "not_applicable"),
    ("rebuilt_package_certificates", {"rebuilt": [19.1]}, "error"),
    ("rebuilt_package_certificates", {"rebuilt": None}, "error"),
    ("base7_tls", {"plan": planned("Base 7.0.0", "Bomgar 19.1.8")}, "post"),
    ("base7_tls", {"basics": {"base_version": "7.0.1"}}, "not_applicable"),
    ("version_start", {"version_start": {"start": "unobserved"}, "jump_clients": None}, "manual"),
    ("version_start", {"version_start": {"start": "unobserved"}, "jump_clients": {"updated": 100, "pending": 100}}, "manual"),
    ("version_start", {"version_start": {"start": "unobserved"}}, "pass"),
    ("version_start", {"version_start": {"start": "declared", "declared": "2025-03-01, says Ada: ticket 1"}}, "pass"),
    ("version_start", {"version_start": {"start": "seen"}}, "pass"),
    ("state_folder", {"state_folder": {"writable": False}}, "fail_upgrade"),
    ("state_folder", {"state_folder": {"private": False}}, "fail_upgrade"),
    ("state_folder", {"state_folder": {"free_bytes": 2**20}}, "fail_upgrade"),
]


@pytest.mark.parametrize(("name", "changes", "expected"), BAD)
def test_each_fault_is_found_for_what_it_is(name, changes, expected):
    found = result(name, facts(**changes))
    assert found.kind == expected, found
    assert found.message and found.title
    if expected in BLOCKING:
        assert found.remedy, "what blocks says what to do"


def test_every_check_has_a_bad_case():
    assert {name for name, _changes, _expected in BAD} == set(CHECKS)


@pytest.mark.parametrize(
    ("name", "changes", "options", "expected"),
    [
        ("certificate", {"certificate": {"days_left": 30}}, {}, "pass"),
        ("certificate", {"certificate": {"days_left": 30}}, {"min_days": 31}, "fail_outage"),
        ("clock", {"controller_time": NOW + 300}, {}, "pass"),
        ("clock", {"controller_time": NOW + 300}, {"max_seconds": 299}, "fail_upgrade"),
        ("storage", {"storage": {"percent_used": 90}}, {}, "pass"),
        ("storage", {"storage": {"percent_used": 90}}, {"max_percent": 89.9}, "fail_upgrade"),
        ("state_folder", {"state_folder": {"free_bytes": 2**30}}, {}, "pass"),
        ("identity", {}, {"guid": "f" * 32}, "fail_upgrade"),
        ("identity", {}, {"guid": GUID.upper(), "product": "rs"}, "pass"),
        ("identity", {}, {"product": "pra"}, "fail_upgrade"),
        ("clients_followed", {"client_threshold": 95.01}, {}, "fail_outage"),
        ("clients_followed", {"jump_clients": {"relevant": 0, "updated": 0, "pending": 0}}, {}, "pass"),
        ("people_logged_in", {"logged_in": [{"sessions": 2}]}, {"max_sessions": 2}, "post"),
        ("people_logged_in", {"logged_in": [{"sessions": 2}]}, {"max_sessions": 1}, "fail_outage"),
        ("permissions", {"info": {"api_version": "1.14.0", "permissions": {}}}, {}, "pass"),
        (
            "permissions",
            {"info": {"api_version": "1.19.0", "permissions": {"perm_command": "full_access", "perm_backup": True}}},
            {},
            "pass",
        ),
        ("target_path", {"plan": {"next": None, "reached": True}}, {}, "pass"),
        ("storage", {"storage": {"percent_used": 40}, "basics": {"model": "VMware"}}, {}, "pass"),
        ("base7_tls", {"plan_error": "no path"}, {}, "not_applicable"),
        ("jump_client_load", {"jump_clients": {"relevant": 200}}, {}, "pass"),
        ("jump_client_load", {"jump_clients": {"relevant": 201}}, {}, "post"),
        ("jump_client_load", {"jump_clients": {"relevant": 201}}, {"few": 201}, "pass"),
    ],
)
def test_limits_are_exact_and_options_act(name, changes, options, expected):
    assert result(name, facts(**changes), **options).kind == expected


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"max_concurrent": 50, "bandwidth": "100 MiB/s"}, "50 at a time and 100 MiB/s at most they need about 20.0 hours"),
        ({"max_concurrent": 500, "bandwidth": "1 MiB/s"}, "about 166.7 hours"),
        ({"max_concurrent": 50, "bandwidth": "800 KB/s"}, "with 50 at a time at most"),
        ({"max_concurrent": None, "bandwidth": "Unlimited"}, "are not known"),
    ],
)
def test_the_load_is_estimated_from_the_limits(settings, words):
    found = result("jump_client_load", facts(jump_clients={"relevant": 12000}, jump_settings=settings))
    assert found.kind == "post" and words in found.message and "jump_client_settings" in found.remedy


@pytest.mark.parametrize(
    ("mode", "size"), [("standalone", "1 hop and 1 maintenance window"), ("synchronous", "1 hop and 2 maintenance windows")]
)
def test_a_pair_needs_a_window_for_each_node(mode, size):
    assert f"needs {size}" in result("target_path", facts(mode=mode)).message


def test_optional_facts_block_nobody():
    made = facts(jump_clients={"relevant": 12000, "updated": 12000, "pending": 0}, consoles=[], rebuilt=[])
    assert run_preflight(made).passed
    del made["consoles"], made["jump_settings"], made["state_folder"], made["version_start"]
    assert [one.id for one in run_preflight(made).blocking] == ["jump_client_upgrades"]  # as ever without an account for /login


def paths_of(value, path=()):
    """Every path to a value inside nested dicts and lists."""
    if path:
        yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from paths_of(child, (*path, key))


def parent_of(made, path):
    for step in path[:-1]:
        made = made[step]
    return made


BUSY = facts(
    logged_in=[{"id": "1", "name": "Ada", "kind": "normal", "since": None, "sessions": 0}],
    plan=planned("Base 7.0.0", "Bomgar 19.1.8"),
)


PAIR = facts(**of_pair(pairs.related(certificate=CERTIFICATE)), health={"failover_role": "primary"}, members=[MEMBER, MEMBER])


STARTS = pytest.mark.parametrize("start", [GOOD, BUSY, PAIR], ids=["quiet", "busy", "pair"])


@STARTS
@pytest.mark.parametrize("name", list(CHECKS))
def test_an_unread_section_is_an_error(name, start):
    sections = {path.split(".")[0] for path in result(name, start).facts_read}
    for section in sections:
        made = copy.deepcopy(start)
        del made[section]
        made["errors"] = {section: "a.example.com: connection timed out."}
        found = result(name, made)
        assert found.kind == "error" and "timed out" in found.message


@STARTS
@pytest.mark.parametrize("name", list(CHECKS))
def test_a_missing_field_never_passes(name, start):
    for path in paths_of(start):
        if isinstance(path[-1], int):
            continue  # a row less is another list, not a missing field
        before = result(name, start)
        made = copy.deepcopy(start)
        del parent_of(made, path)[path[-1]]
        after = result(name, made)
        reads = ".".join(map(str, path))
        touched = any(seen == reads or seen.startswith(reads + ".") for seen in before.facts_read)
        assert after.kind != "pass" if touched else after.kind == before.kind, (path, after)


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from([p for p in paths_of(GOOD) if p[0] != "errors"]), JUNK)
def test_junk_passes_only_with_the_right_type(path, junk):
    made = facts()
    old = parent_of(made, path)[path[-1]]
    parent_of(made, path)[path[-1]] = junk
    for name in CHECKS:
        found = result(name, made)
        reads = ".".join(map(str, path))
        if found.kind == "pass" and reads in found.facts_read:
            numbers = (int, float)
            assert isinstance(junk, type(old)) or (isinstance(junk, numbers) and isinstance(old, numbers)), (name, found)


@settings(max_examples=200, deadline=None)
@given(JUNK)
def test_junk_instead_of_facts_passes_nothing(junk):
    for name in CHECKS:
        assert result(name, junk).kind != "pass"


@pytest.mark.mission("M5")
def test_nothing_offered_may_mean_lapsed_maintenance():
    found = result("maintenance", facts(updates={"packages": []}))
    assert found.kind == "manual" and "maintenance contract has lapsed" in found.message


@pytest.mark.mission("M20")
def test_a_step_that_fits_into_no_window_blocks():
    done = run_preflight(facts(window={"seconds": 4 * 3600}))
    assert [one.id for one in done.blocking] == ["window"] and (
        "The longest step, install Base 6.2.0, takes 240 minutes (vendor). With a margin of 15 minutes it never fits: the longest "
        "maintenance window of the next year has 240 minutes."
    ) in done.as_dict()["blocking"][0]


@pytest.mark.mission("M39")
def test_an_unverified_chain_is_left_to_a_person():
    assert result("certificate_chain", facts(certificate={"validated": False})).kind == "manual"


def test_manual_results_block_until_confirmed():
    made = facts(jump_settings={"automatic": None})
    blocked = run_preflight(made)
    assert [one.id for one in blocked.blocking] == ["jump_client_upgrades"]
    assert "Then confirm" in blocked.as_dict()["blocking"][0]
    assert run_preflight(made, confirmed=["jump_client_upgrades"]).passed


def test_only_manual_results_can_be_confirmed():
    made = facts(health={"healthy": False})
    assert not run_preflight(made, confirmed=["healthy"]).passed
    with pytest.raises(InvalidInput, match="There is no check 'helthy' [(]preflight_checks or preflight_confirmed[)]"):
        run_preflight(made, confirmed=["helthy"])


def test_without_a_login_account_a_person_checks():
    made = facts()
    del made["jump_settings"]
    assert result("jump_client_upgrades", made).kind == "manual"


def test_check_needs_a_state_folder():
    made = facts()
    del made["state_folder"]
    assert result("state_folder", made).kind == "not_applicable"


@pytest.mark.parametrize("name", ["jump_client_upgrades", "clients_followed"])
def test_a_backup_is_not_asked_about_clients(name):
    backup = {"health": {"failover_role": "backup"}, "jump_settings": {"automatic": "disabled"}, "jump_clients": {"pending": 99}}
    assert result(name, facts(mode="synchronous", **backup)).kind == "not_applicable"
    assert result(name, facts(mode="synchronous", **{**backup, "health": {"failover_role": "primary"}})).kind in ("fail_upgrade", "error")


@pytest.mark.parametrize("role", ["primary", "backup", "none"])
def test_a_node_of_an_upgraded_pair_passes(role):
    made = facts(mode="asynchronous", health={"failover_role": role}, members=[MEMBER, MEMBER] if role != "none" else [MEMBER])
    assert result("failover_role", made).kind == "pass"
