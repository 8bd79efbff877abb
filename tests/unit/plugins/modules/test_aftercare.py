# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is left after an upgrade: nothing forgotten, nothing told as done that nobody measured or confirmed."""

import json
import stat
from pathlib import Path

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.aftercare.catalogue import ALL
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import Lock
from ansible_collections.bomgar.appliance.plugins.modules.aftercare import OPERATION as AFTERCARE

from tests.support.sentences import readable

KIND = {"total": 0, "done": 0, "pending": 0, "offline": 0, "lost": 0, "disabled": 0}
BEFORE = {
    "kinds": {
        "jump_client_active": {**KIND, "total": 100, "done": 100},
        "jump_client_passive": {**KIND, "total": 20, "done": 20, "offline": 2},
        "jumpoint": {**KIND, "total": 2, "done": 2},
        "representative_console": {**KIND, "total": 5, "done": 5},
    },
    "connected": {"representative": 5, "pinned_client": 118},
    "jump_clients": {"online": 118},
}
AFTER = dict(BEFORE, stragglers=[], jumpoints=[{"id": 1, "name": "branch", "enabled": True, "connected": True}])


def changed(counts, kind, **values):
    kinds = {**counts["kinds"], kind: {**counts["kinds"][kind], **values}}
    return {**counts, "kinds": kinds}


@pytest.fixture
def journal(tmp_path):
    """Of an upgrade that is over, with its clients counted and nothing noted."""
    journal = Journal(str(tmp_path / "site" / "journal.jsonl"))
    journal.append("run_opened")
    journal.append("clients_counted", moment="before", counts=BEFORE)
    journal.append("step_begun", package="BeyondTrust Remote Support 22.1.4", kind="site")
    journal.append("step_done", package="BeyondTrust Remote Support 22.1.4", kind="site", version="22.1.4", appliance_time=1000.0)
    return journal


def care(check_mode=False, **given):
    checked = ArgumentSpecValidator(AFTERCARE.argument_spec()).validate(given)
    assert not checked.error_messages, checked.error_messages
    return AFTERCARE.function(checked.validated_parameters, check_mode=check_mode, say=print)


def item(result, name):
    return next(one for one in result["work_list"] if one["id"] == name)


def states(result):
    return {one["id"]: one["state"] for one in result["work_list"]}


# --- the table of the vendor's page


@pytest.mark.mission("M38", "M41", "M68", "M70")
def test_every_vendor_row_is_an_item(journal):
    result = care(journal=journal.path, clients=AFTER)
    assert states(result) == {
        "integration_clients": "open",
        "jump_client_installers": "open",
        "support_buttons_regenerate": "open",
        "console_installers_regenerate": "open",
        "msi_consoles_redeploy": "open",
        "extractable_console": "not_applicable",
        "old_msi_remove": "open",
        "stragglers": "done",
        "personal_jump_groups": "open",
        "clients_missing": "done",
        "jumpoints": "done",
        "jump_client_settings": "not_applicable",
        "jump_clients": "automatic",
        "representative_consoles": "automatic",
        "support_buttons": "automatic",
        "connection_agents": "automatic",
    }
    assert result["open"] == [one["id"] for one in result["work_list"] if one["state"] == "open"]
    assert not result["changed"]


@pytest.mark.mission("M46", "M47")
def test_every_open_item_has_owner_reason_and_steps(journal):
    for clients in ({}, AFTER):
        for one in care(journal=journal.path, clients=clients)["work_list"]:
            assert one["title"] and one["reason"].endswith(".") and one["owner"]
            assert one["action"] or one["state"] != "open", one


@pytest.mark.mission("M71", "M72", "M73")
def test_integration_clients_stay_open_until_confirmed(journal):
    manifest = {
        "packages": [
            {
                "name": "BeyondTrust Remote Support 22.1.4",
                "companions": {"ServiceNow client": "1.7.5", "Vault client": "2.0"},
                "release_notes": "RS 22.1.4",
            },
            {"name": "BeyondTrust Remote Support 24.1.2", "companions": {"ServiceNow client": "9.9"}},
        ]
    }
    one = item(care(journal=journal.path, clients=AFTER, manifest=manifest), "integration_clients")
    assert one["state"] == "open" and "help.bomgar.com" in one["link"]
    assert "ServiceNow client 1.7.5 (see RS 22.1.4), Vault client 2.0" in one["reason"] and "9.9" not in one["reason"]


def test_the_highest_companion_version_is_named(journal):
    journal.append("step_done", package="BeyondTrust Remote Support 24.1.2", kind="site", version="24.1.2", appliance_time=2000.0)
    manifest = {
        "packages": [
            {"name": "BeyondTrust Remote Support 24.1.2", "companions": {"Jira": "1.10"}},
            {"name": "BeyondTrust Remote Support 22.1.4", "companions": {"Jira": "1.9"}},
        ]
    }
    assert "Jira 1.10." in item(care(journal=journal.path, manifest=manifest), "integration_clients")["reason"]


@pytest.mark.mission("M43", "M49")
def test_the_saved_msi_files_are_named(journal):
    journal.append("console_saved", which="present", path="/save/old.msi", sha256="0" * 64)
    result = care(journal=journal.path, clients=AFTER)
    assert "/save/old.msi" in item(result, "old_msi_remove")["reason"] and "new one cannot" in item(result, "old_msi_remove")["reason"]
    journal.append("console_saved", which="next", path="/save/new.msi", sha256="1" * 64)
    result = care(journal=journal.path, clients=AFTER)
    assert item(result, "extractable_console")["state"] == "open" and "/save/new.msi" in str(item(result, "extractable_console")["action"])
    assert "/save/new.msi" in str(item(result, "msi_consoles_redeploy")["action"])


@pytest.mark.mission("M35", "M36")
def test_base_packages_alone_need_no_client_work(tmp_path):
    journal = Journal(str(tmp_path / "base" / "journal.jsonl"))
    journal.append("step_done", package="Base 6.2.0", kind="base", version="6.2.0")
    result = care(journal=journal.path, clients=AFTER)
    assert result["open"] == [] and "need no upgrade of clients" in item(result, "integration_clients")["reason"]


def test_an_earlier_upgrade_is_ignored(journal):
    journal.append("run_ended", state="reached")
    journal.append("run_opened")
    journal.append("step_done", package="Base 6.3.0", kind="base", version="6.3.0")
    journal.append("run_ended", state="reached")
    journal.append("run_opened")
    journal.append("run_ended", state="reached")
    assert care(journal=journal.path, clients=AFTER)["open"] == []


# --- installers


ROWS = [{"id": 1, "installer_id": "a" * 32, "name": "Kiosk", "jump_group_id": 3}, {"id": "2", "installer_id": "b" * 32, "jump_group_id": 4}]


@pytest.mark.mission("M75")
def test_installers_are_done_after_all_downloads(journal):
    journal.append("installers_recorded", installers=ROWS)
    one = item(care(journal=journal.path, clients=AFTER), "jump_client_installers")
    assert (one["state"], one["count"]) == ("open", 2) and "Kiosk (not made), Jump Group 4 (not made)" in one["reason"]
    for old, identity in ((1, "c" * 32), (2, "d" * 32)):
        journal.append("installer_made", old=old, installer_id=identity, name="", jump_group_id=3)
    journal.append("installer_saved", installer_id="c" * 32, platform="mac-dmg", path="/x", sha256="0" * 64)
    one = item(care(journal=journal.path, clients=AFTER, platforms=["mac-dmg"]), "jump_client_installers")
    assert (one["state"], one["count"]) == ("open", 1) and "not downloaded for mac-dmg" in one["reason"]
    journal.append("installer_saved", installer_id="d" * 32, platform="mac-dmg", path="/y", sha256="0" * 64)
    one = item(care(journal=journal.path, clients=AFTER, platforms=["mac-dmg"]), "jump_client_installers")
    assert (one["state"], one["count"]) == ("done", 2) and "need no new installer" in one["reason"]


def test_the_list_names_the_problem_of_installers(journal):
    one = item(care(journal=journal.path, clients=AFTER, installers_problem="it lacks perm_configuration."), "jump_client_installers")
    assert one["state"] == "open" and "it lacks perm_configuration." in one["reason"]


def test_no_valid_installer_needs_no_work(journal):
    journal.append("installers_recorded", installers=[])
    assert item(care(journal=journal.path, clients=AFTER), "jump_client_installers")["state"] == "not_applicable"


# --- clients


@pytest.mark.mission("M59")
def test_stragglers_are_named_with_last_seen_and_steps(journal):
    rows = [
        {"name": "till-7", "hostname": "TILL-7", "kind": "passive", "last_seen": "2026-03-02T20:00:00+00:00"},
        {"name": "", "hostname": "pc-2", "kind": "active", "last_seen": ""},
    ]
    clients = changed({**AFTER, "stragglers": rows}, "jump_client_passive", pending=5, lost=3)
    one = item(care(journal=journal.path, clients=clients, stragglers_list="/site/stragglers.csv"), "stragglers")
    assert (one["state"], one["count"]) == ("open", 5)
    assert "till-7 (last seen 2026-03-02T20:00:00+00:00), pc-2 (last seen never) and 3 more" in one["reason"]
    assert "3 are lost" in one["reason"]
    assert "head of the upgrade queue" in str(one["action"]) and "/site/stragglers.csv" in str(one["action"])


def test_a_thousand_stragglers_keep_the_list_short(journal):
    rows = [{"name": f"pc-{number}", "kind": "active"} for number in range(1000)]
    one = item(care(journal=journal.path, clients=changed({**AFTER, "stragglers": rows}, "jump_client_active", pending=1000)), "stragglers")
    assert "and 980 more" in one["reason"] and len(one["reason"]) < 1500


@pytest.mark.mission("M67")
def test_unreadable_clients_show_the_recorded_stragglers(journal):
    journal.append("catch_up_passed", package="BeyondTrust Remote Support 22.1.4", stragglers=[{"name": "till-7"}])
    one = item(care(journal=journal.path), "stragglers")
    assert (one["state"], one["count"]) == ("open", 1) and "till-7" in one["reason"]


@pytest.mark.mission("M64")
def test_only_an_export_completes_personal_jump_groups(journal):
    assert "export" in str(item(care(journal=journal.path, clients=AFTER), "personal_jump_groups")["action"]).lower()
    journal.append("catch_up_passed", package="BeyondTrust Remote Support 22.1.4", basis="console_export")
    assert item(care(journal=journal.path, clients=AFTER), "personal_jump_groups")["state"] == "done"


@pytest.mark.mission("M69")
def test_disconnected_jumpoints_are_named(journal):
    rows = [
        {"id": 1, "name": "branch", "enabled": True, "connected": False},
        {"id": 2, "name": "off", "enabled": False, "connected": False},
        {"id": 3, "name": "", "enabled": True, "connected": False},
    ]
    one = item(care(journal=journal.path, clients={**AFTER, "jumpoints": rows}), "jumpoints")
    assert (one["state"], one["count"]) == ("open", 2) and "branch, 3" in one["reason"] and "off" not in one["reason"]
    assert item(care(journal=journal.path, clients={**AFTER, "jumpoints": []}), "jumpoints")["state"] == "not_applicable"


@pytest.mark.mission("M40")
def test_fewer_connected_clients_point_to_certificates_first(journal):
    clients = {**AFTER, "connected": {"pinned_client": 30, "representative": 7}}
    result = care(journal=journal.path, clients=clients)
    one = item(result, "clients_missing")
    assert (one["state"], one["count"]) == ("open", 88) and "certificate store" in one["action"][0]
    assert result["counts"]["difference"]["connected"] == {"pinned_client": -88, "representative": 2}
    assert "- Connected now, pinned_client: 118 before, 30 now (-88)" in result["lines"]


def test_online_jump_clients_replace_missing_counts(journal):
    clients = {**changed(AFTER, "jump_client_active", pending=40, offline=40), "connected": {}, "jump_clients": {"online": 78}}
    one = item(care(journal=journal.path, clients=clients), "clients_missing")
    assert (one["state"], one["count"]) == ("open", 40)


def test_a_pending_offline_client_is_no_alarm(journal):
    clients = {**changed(AFTER, "jump_client_passive", pending=3, offline=3), "connected": {}, "jump_clients": {"online": 118}}
    result = care(journal=journal.path, clients=clients)
    assert item(result, "clients_missing")["state"] == "done"
    assert "- Jump Clients, passive: 20 before, 20 now, 3 of them not upgraded or not back" in result["lines"]


@pytest.mark.parametrize(
    "clients",
    [
        {},
        {"kinds": None, "connected": None, "stragglers": None, "jumpoints": None},
        {"kinds": {"jump_client_active": None}, "connected": {"representative": 1}},
    ],
)
def test_unreadable_facts_keep_an_item_open(journal, clients):
    result = care(journal=journal.path, clients=clients, clients_problem="it lacks perm_configuration")
    for one in ("stragglers", "jumpoints"):
        assert item(result, one)["state"] == "open" and "could not be read (it lacks perm_configuration)" in item(result, one)["reason"]
    assert "done" not in states(result).values()


def test_without_a_journal_unmeasured_items_are_open(tmp_path):
    result = care(clients=AFTER)
    assert "integration_clients" in result["open"] and "jumpoints" not in result["open"]
    assert result["counts"]["before"] is None
    assert "- The clients were not counted before the upgrade, so there is no comparison." in result["lines"]


def test_unrestored_settings_are_open_with_old_values(journal):
    journal.append("jump_settings_changed", host="a", before={"concurrent": 50}, after={"concurrent": 5})
    one = item(care(journal=journal.path, clients=AFTER), "jump_client_settings")
    assert one["state"] == "open" and "concurrent 50" in str(one["action"])
    journal.append("jump_settings_restored", host="a")
    assert item(care(journal=journal.path, clients=AFTER), "jump_client_settings")["state"] == "done"


# --- people


def test_confirmed_items_are_done_and_recorded(journal):
    first = care(journal=journal.path, clients=AFTER, confirmed=["integration_clients", "integration_clients"])
    assert item(first, "integration_clients")["state"] == "done" and not first["changed"]
    assert journal.state().clients.confirmed == ["integration_clients"]
    assert "integration_clients" not in care(journal=journal.path, clients=AFTER)["open"]
    care(journal=journal.path, clients=AFTER, confirmed=["integration_clients"])
    assert journal.state().clients.confirmed == ["integration_clients"]


@pytest.mark.parametrize("option", ["confirmed", "owners"])
def test_an_unknown_item_names_the_nearest_one(journal, option):
    given = ["integration_client"] if option == "confirmed" else {"integration_client": "x"}
    with pytest.raises(InvalidInput) as caught:
        care(journal=journal.path, **{option: given})
    readable(str(caught.value))
    assert "'integration_clients'" in str(caught.value) and option in str(caught.value)
    assert journal.state().clients.confirmed == []


def test_every_item_can_have_confirmation_and_owner(journal):
    result = care(journal=journal.path, strategy="reinstall", confirmed=list(ALL), owners=dict.fromkeys(ALL, "Ada"))
    assert result["open"] == [] and {one["owner"] for one in result["work_list"]} == {"Ada"}


def test_a_locked_site_is_not_changed(journal):
    Lock(journal.path, run_id="").acquire()
    with pytest.raises(Unsafe, match="Another run"):
        care(journal=journal.path, confirmed=["integration_clients"])


# --- the alternative without waiting


@pytest.mark.mission("M17")
def test_reinstall_lists_every_kind_with_its_number(journal):
    clients = changed(changed(AFTER, "jump_client_active", total=60, done=60), "jumpoint", total=2, done=2)
    result = care(journal=journal.path, clients=clients, strategy="reinstall", uninstall_list="/site/uninstall.csv")
    assert {name: state for name, state in states(result).items() if name.startswith("reinstall")} == {
        "reinstall_jump_clients": "open",
        "reinstall_jumpoints": "done",
        "reinstall_consoles": "open",
        "reinstall_support_buttons": "open",
        "reinstall_connection_agents": "open",
    }
    one = item(result, "reinstall_jump_clients")
    assert one["count"] == 40 and "80 of 120 are back" in one["reason"] and "/site/uninstall.csv" in str(one["action"])
    assert item(result, "reinstall_consoles")["count"] == 5
    assert item(result, "stragglers")["state"] == "not_applicable" and item(result, "integration_clients")["state"] == "open"


def test_the_strategy_wait_reinstalls_nothing(journal):
    assert not [one for one in states(care(journal=journal.path, clients=AFTER)) if one.startswith("reinstall")]


# --- files


def test_the_files_are_private_and_idempotent(journal, tmp_path):
    given = {"journal": journal.path, "clients": AFTER, "dest": str(tmp_path / "site")}
    first = care(**given)
    assert first["changed"] and not care(**given)["changed"]
    told = json.loads(Path(first["files"][0]).read_text())
    assert told == {"work_list": first["work_list"], "open": first["open"], "counts": first["counts"]}
    text = Path(first["files"][1]).read_text()
    assert text.startswith("# Work that is left") and all(line in text for line in first["lines"])
    assert {stat.S_IMODE(Path(one).stat().st_mode) for one in first["files"]} == {0o600}
    assert care(**{**given, "confirmed": ["stragglers", "old_msi_remove"]})["changed"]


def test_check_mode_writes_nothing_and_predicts(journal, tmp_path):
    before = Path(journal.path).read_text()
    result = care(check_mode=True, journal=journal.path, clients=AFTER, dest=str(tmp_path / "new"), confirmed=["old_msi_remove"])
    assert result["changed"] and not (tmp_path / "new").exists() and Path(journal.path).read_text() == before
    assert "old_msi_remove" not in result["open"]


def test_the_lines_are_grouped_by_state(journal):
    lines = care(journal=journal.path, clients=AFTER)["lines"]
    heads = [line for line in lines if not line.startswith((" ", "-"))]
    assert heads == ["Open (7)", "Done (3)", "Automatic (4)", "Not applicable (2)", "Clients before and after"]
    start = lines.index("Open (7)")
    assert lines[start + 1].startswith("- Reinstall the integration clients [the owners of the integrations] (integration_clients): ")
    assert lines[start + 2].startswith("  1. ")
