# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import dataclasses

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.moments import iso
from ansible_collections.bomgar.appliance.plugins.module_utils.model.snapshot.area import AREAS, Area, unknown
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.comparison.limits import Filter, Thresholds
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.comparison.rules import Terms, compare_area

from tests.support.snapshots import DAY, NOW, areas, clients, named

TERMS = Terms("asynchronous", clock=NOW + DAY)
SAME, EXPECTED, BAD, UNKNOWN = "same", "changed_as_expected", "bad", "unknown"


def values(**given):
    return {"values": given}


def rows(items):
    return {"items": items}


def user(name, state="enabled", administrator=False):
    return {"name": name, "state": state, "administrator": administrator}


ADMIN = user("admin", administrator=True)
CERTIFICATE = areas()["certificates"].items["its own name"]
SYNC = areas()["data_sync"].values


def sync(**changed):
    return values(**{**SYNC, "clock": NOW + DAY, "time": NOW + DAY - 60, **changed})


CASES = [
    # area, how the second one differs, verdict, words of the sentence
    ("version", values(version="23.2.1", build="57000-cd", api_version="1.23.1"), EXPECTED, "version was 22.1.4, is 23.2.1"),
    ("version", values(version="22.1.4", build="52129-ff", api_version="1.22.1"), EXPECTED, "build"),
    ("version", values(version="21.3.1", build="52128-ab", api_version="1.22.1"), BAD, "version was 22.1.4, is 21.3.1"),
    ("version", values(version="none", build="52128-ab", api_version="1.22.1"), UNKNOWN, "no version"),
    ("version", values(version="22.1.4", build=None, api_version="1.22.1"), UNKNOWN, "build was not read after"),
    ("base", values(base="7.0.0"), EXPECTED, "7.0.0"),
    ("base", values(base="6.0.2"), BAD, "6.0.2"),
    ("health", values(healthy=False, message="Storage"), BAD, "unhealthy: Storage"),
    ("health", values(), UNKNOWN, "not reported"),
    ("failover_role", values(**{**areas()["failover_role"].values, "role": "backup"}), EXPECTED, "role was primary, is backup"),
    ("failover_role", values(**{**areas()["failover_role"].values, "role": "none"}), BAD, "role was primary, is none"),
    ("failover_role", values(**{**areas()["failover_role"].values, "members": "aa"}), BAD, "members"),
    ("failover_role", values(role="primary", members="x"), BAD, "members"),
    ("certificates", rows({"its own name": {**CERTIFICATE, "fingerprint": "cd" * 32}}), BAD, "Another certificate"),
    ("certificates", rows({"its own name": {**CERTIFICATE, "not_after": iso(NOW)}}), BAD, "ends on"),
    ("certificates", rows({"its own name": {**CERTIFICATE, "not_after": "soon"}}), UNKNOWN, "not known"),
    ("certificates", rows({"its own name": {**CERTIFICATE, "fingerprint": ""}}), UNKNOWN, "no fingerprint"),
    ("certificates", rows({}), UNKNOWN, "not read after"),
    ("certificate_list", rows({}), BAD, "1 of 1 Certificates are gone: support.example.com"),
    ("certificate_list", rows(named("support.example.com", **{"support.example.com": ""})), BAD, "worse"),
    (
        "certificate_list",
        rows({**named("support.example.com", **{"support.example.com": "default"}), "9": {"name": "new"}}),
        EXPECTED,
        "1 are new",
    ),
    ("permissions", values(perm_command="read_only", perm_backup=True, perm_ecm=False), BAD, "perm_command was full_access, is read_only"),
    ("permissions", values(perm_command="full_access", perm_backup=False, perm_ecm=False), BAD, "perm_backup was yes, is no"),
    ("permissions", values(perm_command="full_access", perm_ecm=False), UNKNOWN, "No longer reported: perm_backup"),
    ("permissions", values(perm_command="full_access", perm_backup=True), EXPECTED, "Not granted, and no longer reported: perm_ecm"),
    ("permissions", values(perm_command="full_access", perm_backup=True, perm_ecm=True), EXPECTED, "perm_ecm was no, is yes"),
    ("permissions", values(perm_command="full_access", perm_backup=True, perm_ecm=False, perm_new=True), EXPECTED, "New: perm_new"),
    ("permissions", values(), UNKNOWN, "perm_backup, perm_command"),
    ("data_sync", sync(), EXPECTED, "newer"),
    ("data_sync", sync(time=SYNC["time"], clock=NOW), SAME, "the one of before"),
    ("data_sync", sync(time=SYNC["time"] - 1), BAD, "older than before"),
    ("data_sync", sync(time=NOW, clock=NOW + 2 * DAY), BAD, "48.0 hours old; 26 are allowed"),
    ("data_sync", sync(status="Failed"), BAD, "failed: Failed"),
    ("data_sync", sync(status="Done"), UNKNOWN, "was 'Success', is 'Done'"),
    ("data_sync", sync(time=None), UNKNOWN, "not reported"),
    ("data_sync", values(relation=False), BAD, "not as before"),
    ("relation_settings", values(backup_operations=False, sync_interval="24"), BAD, "backup_operations was yes, is no"),
    ("relation_settings", values(backup_operations=True), UNKNOWN, "sync_interval was not read after"),
    ("clients_connected", values(jump_clients=101), EXPECTED, "101"),
    ("clients_connected", values(jump_clients=80), EXPECTED, "At most 20 %"),
    ("clients_connected", values(jump_clients=79), BAD, "100 Jump Clients were connected, 79 are"),
    ("clients_connected", values(), UNKNOWN, "not reported"),
    ("clients_connected", values(jump_clients="79"), UNKNOWN, "not reported"),
    ("jump_clients", rows(clients(99)), EXPECTED, "1 of 100 Jump Clients are gone: client-00100"),
    ("jump_clients", rows(clients(98)), BAD, "2 of 100 Jump Clients are gone"),
    ("jump_clients", rows({}), BAD, "100 of 100"),
    ("jump_clients", rows(clients(101)), EXPECTED, "1 are new"),
    ("jump_clients", rows({**clients(100), **clients(20, "offline")}), EXPECTED, "20 of 100 Jump Clients are in a worse state"),
    ("jump_clients", rows({**clients(100), **clients(21, "lost")}), BAD, "At most 20 % may be worse"),
    ("jump_clients", rows({**clients(100), "1": {"name": "renamed", "state": "online", "host": "HOST-00001"}}), EXPECTED, "1 have changed"),
    ("jump_clients", rows({str(900 + int(key)): one for key, one in clients(100).items()}), SAME, "Jump Clients: 100"),
    ("jump_groups", rows(named("Servers")), BAD, "1 of 2 Jump Groups are gone: Kiosks"),
    ("jump_groups", rows(named("Servers", "Tablets")), EXPECTED, "1 have changed"),
    ("jump_groups", rows({"1": {"name": "Servers"}, "3": {"name": "Kiosks"}}), SAME, "Jump Groups: 2"),
    (
        "jumpoints",
        rows(named("Data centre", "Branch", **{"Data centre": "connected", "Branch": "disconnected"})),
        BAD,
        "Branch (connected, then",
    ),
    ("jumpoints", rows(named("Data centre", **{"Data centre": "connected"})), BAD, "are gone: Branch"),
    ("installers", rows(named("Installer 1", **{"Installer 1": "expired"})), EXPECTED, "1 have changed"),
    ("installers", rows({}), EXPECTED, "1 of 1 Installers are gone"),
    ("jump_settings", values(max_concurrent="20", automatic="enabled"), BAD, "max_concurrent was 50, is 20"),
    ("users", rows({"1": ADMIN, "2": user("ada", "disabled")}), BAD, "ada (enabled, then disabled)"),
    ("users", rows({"1": user("admin"), "2": user("ada")}), BAD, "admin (True, then False)"),
    ("users", rows({"1": ADMIN}), BAD, "1 of 2 Users are gone: ada"),
    ("users", rows({"1": ADMIN, "2": user("ada", administrator=True)}), EXPECTED, "1 have changed"),
    ("users", rows({"1": ADMIN, "2": user("ada"), "3": user("new")}), EXPECTED, "1 are new"),
    ("teams", rows({}), BAD, "1 of 1 Teams are gone: General"),
    ("teams", {"items": None}, UNKNOWN, "no list"),
    ("api_accounts", rows(named("automation", automation="disabled")), BAD, "automation (enabled, then disabled)"),
]


@pytest.mark.mission("M40")
@pytest.mark.parametrize(("name", "changed", "verdict", "words"), CASES, ids=[f"{case[0]}-{case[2]}-{n}" for n, case in enumerate(CASES)])
def test_a_difference_has_its_verdict(name, changed, verdict, words):
    before = areas()[name]
    found = compare_area(name, before, dataclasses.replace(before, **changed), TERMS)
    assert (found.verdict, words in found.sentence) == (verdict, True), found.sentence


@pytest.mark.parametrize("name", AREAS)
def test_what_is_as_before_is_the_same(name):
    found = compare_area(name, areas()[name], areas()[name], TERMS)
    assert found.verdict == SAME and found.sentence


@pytest.mark.parametrize("name", AREAS)
@pytest.mark.parametrize("sides", ["before", "after", "both"])
def test_unknown_is_never_the_same(name, sides):
    gone, area = unknown("It lacks perm_configuration."), areas()[name]
    for missing in (gone, unknown("")):
        before, after = (missing if sides in (side, "both") else area for side in ("before", "after"))
        found = compare_area(name, before, after, TERMS)
        assert found.verdict == UNKNOWN and missing.reason in found.sentence


@pytest.mark.parametrize("name", AREAS)
def test_a_gap_is_never_the_same(name):
    area = areas()[name]
    found = compare_area(name, area, dataclasses.replace(area, gaps=("3 rows were not read.",)), TERMS)
    assert found.verdict == UNKNOWN and "After: 3 rows were not read." in found.sentence


@pytest.mark.parametrize("name", AREAS)
def test_an_area_without_content_is_never_the_same(name):
    empty = dataclasses.replace(areas()[name], values={}, items=None if areas()[name].items is None else {})
    found = compare_area(name, areas()[name], empty, TERMS)
    assert found.verdict != SAME


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, area in areas().items() for value in area.values])
def test_missing_value_is_never_the_same(name, value):
    area = areas()[name]
    less = dataclasses.replace(area, values={key: one for key, one in area.values.items() if key != value})
    if (name, value) == ("health", "message"):
        return  # only the reason of an unhealthy appliance
    assert compare_area(name, area, less, TERMS).verdict != SAME
    if (name, value) != ("data_sync", "clock"):  # of the first one nobody needs the age
        assert compare_area(name, less, area, TERMS).verdict != SAME


def test_roles_are_exchanged_in_asynchronous_mode_only():
    before = areas()["failover_role"]
    after = dataclasses.replace(before, values={**before.values, "role": "backup"})
    verdicts = [compare_area("failover_role", before, after, Terms(mode)).verdict for mode in ("synchronous", "asynchronous")]
    assert verdicts == [BAD, EXPECTED]


def test_a_list_of_another_interface_proves_no_loss():
    before, after = Area("get_support_teams", items=named("General", "Night")), Area("Configuration API", items=named("General"))
    assert compare_area("teams", before, after, TERMS).verdict == UNKNOWN


def test_names_are_ignored_with_their_reason():
    before = areas()["jump_groups"]
    after = dataclasses.replace(before, items=named("Servers"))
    terms = dataclasses.replace(TERMS, filters=(Filter("jump_groups", "kio*", "ticket 1"), Filter("users", "*", "of another area")))
    found = compare_area("jump_groups", before, after, terms)
    assert (found.verdict, found.evidence["ignored"]) == (SAME, {"ticket 1": 1})


def test_thresholds_move_the_verdict():
    before, after = areas()["jump_clients"], dataclasses.replace(areas()["jump_clients"], items=clients(90))
    strict, loose = (Terms(thresholds=Thresholds(clients_lost=percent), clock=NOW) for percent in (9.9, 10))
    assert [compare_area("jump_clients", before, after, terms).verdict for terms in (strict, loose)] == [BAD, EXPECTED]
    days = Terms(thresholds=Thresholds(certificate_days=301), clock=NOW)
    assert compare_area("certificates", areas()["certificates"], areas()["certificates"], days).verdict == BAD


def test_examples_are_few_and_counts_whole():
    before = areas()["jump_clients"]
    found = compare_area("jump_clients", before, dataclasses.replace(before, items={}), dataclasses.replace(TERMS, examples=3))
    assert found.evidence["gone"] == {"count": 100, "examples": ["client-00001", "client-00002", "client-00003"]}
    assert "and 97 more" in found.sentence
