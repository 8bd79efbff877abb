# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Installers that an upgrade made void: noted before, made again once after, downloaded whole, their keys shown to nobody."""

import json
import os
import stat
from pathlib import Path

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError, InvalidInput, NotFound, Refused, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules.client_installers import OPERATION as INSTALLERS

from tests.support.sentences import performed, readable

API = "/api/config/v1/jump-client/installer"
YEAR = 525600
DAY = 86400


@pytest.fixture
def bench(given):
    """An appliance with two valid installers and one that ends within the hour."""
    bench = given("json_generation")
    now, people = bench.running.now(), bench.machine.people
    people.installers.clear()
    people.add_installer(
        {
            "jump_group_id": 3,
            "name": "Kiosk",
            "tag": "lobby",
            "connection_type": "passive",
            "allow_override_name": True,
            "elevate_prompt": False,
        },
        now,
        YEAR,
    )
    people.add_installer({"jump_group_id": 4, "name": "", "comments": "of the branch"}, now, 3 * 1440)
    people.add_installer({"jump_group_id": 5, "name": "Old"}, now - 2 * DAY, 1440)
    return bench


def noted(bench, journal=None, **more):
    return bench.run(INSTALLERS, state="recorded", journal=journal and journal.path, **more)


def renewed(bench, journal, tmp_path, **more):
    return bench.run(INSTALLERS, state="renewed", journal=journal.path, dest=str(tmp_path / "installers"), **more)


def upgrade(bench):
    bench.running.advance(3600)
    bench.machine.people.upgraded(bench.running.now())


@pytest.fixture
def upgraded(bench, journal):
    noted(bench, journal)
    upgrade(bench)
    return bench


def keys(bench):
    return [one.key for one in bench.machine.people.installers]


# --- before the upgrade


@pytest.mark.mission("M76")
def test_valid_installers_are_recorded_without_keys(bench, journal):
    result = noted(bench, journal)
    assert [one["name"] for one in result["installers"]] == ["Kiosk", ""]
    assert (result["changed"], result["known"]) == (False, True)
    kept = journal.state().clients.installers
    assert [(one["id"], one["jump_group_id"]) for one in kept] == [(1, 3), (2, 4)]
    written = Path(journal.path).read_text()
    assert "key_info" not in written and not [key for key in keys(bench) if key in written]


def test_noting_twice_keeps_the_first_record(bench, journal):
    noted(bench, journal)
    upgrade(bench)
    bench.machine.people.add_installer({"jump_group_id": 9, "name": "Later"}, bench.running.now(), 60)
    noted(bench, journal)
    assert [one["id"] for one in journal.state().clients.installers] == [1, 2]
    assert len([entry for entry in journal.read() if entry["event"] == "installers_recorded"]) == 1


def test_one_without_an_end_counts_as_valid(bench):
    bench.running.fault("remove_field", field="expiration_timestamp", nth=2, match={"path": API})
    names = [one["name"] for one in noted(bench)["installers"]]
    assert "Kiosk" in names and bench.writes() == []


def test_a_product_without_the_api_records_nothing(given, journal):
    result = noted(given("old_xml"), journal)
    assert (result["known"], result["installers"]) == (False, [])
    assert journal.read() == []


def test_the_journal_of_another_appliance_is_refused(bench, journal):
    journal.append("step_begun", package="Base 6.2.0", kind="base", guid="f" * 32)
    with pytest.raises(Unsafe, match="is of the appliance"):
        noted(bench, journal)


# --- after it


@pytest.mark.mission("M74")
def test_each_is_created_once_with_the_same_settings(upgraded, journal, tmp_path):
    result = renewed(upgraded, journal, tmp_path)
    assert result["changed"] and [one["problem"] for one in result["installers"]] == ["", ""]
    kiosk, branch = (one.fields for one in upgraded.machine.people.installers[3:])
    assert {name: kiosk[name] for name in ("jump_group_id", "name", "tag", "connection_type", "allow_override_name", "elevate_prompt")} == {
        "jump_group_id": 3,
        "name": "Kiosk",
        "tag": "lobby",
        "connection_type": "passive",
        "allow_override_name": True,
        "elevate_prompt": False,
    }
    assert branch["comments"] == "of the branch" and branch["jump_group_id"] == 4
    assert [(one["old"], one["name"], one["jump_group_id"], one["differs"]) for one in result["installers"]] == [
        (1, "Kiosk", 3, []),
        (2, "", 4, []),
    ]
    assert [one["old"] for one in journal.state().clients.made] == [1, 2]


def test_expired_ones_are_not_made_again(upgraded, journal, tmp_path):
    renewed(upgraded, journal, tmp_path)
    assert "Old" not in [one.fields.get("name") for one in upgraded.machine.people.installers[3:]]


def test_a_second_run_makes_and_downloads_nothing(upgraded, journal, tmp_path):
    first = renewed(upgraded, journal, tmp_path)
    before, requests = upgraded.writes(), len(upgraded.running.requests())
    again = renewed(upgraded, journal, tmp_path)
    assert again == dict(first, changed=False)
    assert upgraded.writes() == before
    assert not [one for one in upgraded.running.requests()[requests:] if "windows" in one["path"]]


def test_new_installer_expires_as_the_old(upgraded, journal, tmp_path):
    renewed(upgraded, journal, tmp_path, platforms=[])
    left = [(one.expires - upgraded.running.now()) / 60 for one in upgraded.machine.people.installers[3:]]
    assert left[0] == pytest.approx(YEAR - 60, abs=3) and left[1] == pytest.approx(3 * 1440 - 60, abs=3)


def test_a_given_duration_is_used(upgraded, journal, tmp_path):
    renewed(upgraded, journal, tmp_path, platforms=[], valid_duration=600)
    assert {round((one.expires - upgraded.running.now()) / 60) for one in upgraded.machine.people.installers[3:]} == {600}


@pytest.mark.parametrize("minutes", [9, 525601])
def test_a_duration_outside_the_range_is_refused(upgraded, journal, tmp_path, minutes):
    with pytest.raises(InvalidInput, match="valid_duration"):
        renewed(upgraded, journal, tmp_path, valid_duration=minutes)
    assert upgraded.writes() == []


def test_one_still_listed_as_valid_is_created_again(bench, journal, tmp_path):
    noted(bench, journal)
    assert len(renewed(bench, journal, tmp_path, platforms=[])["installers"]) == 2
    assert len(bench.machine.people.installers) == 5


def test_one_missing_from_the_list_is_created_again(upgraded, journal, tmp_path):
    upgraded.machine.people.installers[:] = upgraded.machine.people.installers[2:]
    renewed(upgraded, journal, tmp_path, platforms=[])
    assert [one.fields["jump_group_id"] for one in upgraded.machine.people.installers[1:]] == [3, 4]


@pytest.mark.mission("M17")
def test_groups_get_one_each_that_have_none(upgraded, journal, tmp_path):
    result = renewed(upgraded, journal, tmp_path, platforms=[], groups=[3, 7, 7], name="Fresh")
    assert [(one["old"], one["jump_group_id"], one["name"]) for one in result["installers"]] == [
        (1, 3, "Kiosk"),
        (2, 4, ""),
        (0, 7, "Fresh"),
    ]
    assert not renewed(upgraded, journal, tmp_path, platforms=[], groups=[3, 7], name="Fresh")["changed"]


def test_one_refusal_does_not_stop_the_others(upgraded, journal, tmp_path):
    upgraded.running.fault("status", status=422, body='{"message": "The Jump Group is gone."}', match={"method": "POST", "path": API})
    with pytest.raises(ApplianceError, match="1 of 2 .*'Kiosk'.*The Jump Group is gone") as caught:
        renewed(upgraded, journal, tmp_path)
    assert caught.value.facts["outcome"] == "failed"
    assert [one["problem"] == "" for one in caught.value.facts["installers"]] == [False, True]
    assert [one["old"] for one in journal.state().clients.made] == [2]


@pytest.mark.parametrize("status", [400, 401])
def test_an_unknown_field_is_named(upgraded, journal, tmp_path, status):
    upgraded.running.fault(
        "status", status=status, times=4, body='{"message": "Unknown parameter: jumpoint_proxy."}', match={"method": "POST", "path": API}
    )
    with pytest.raises(ApplianceError, match="jumpoint_proxy"):
        renewed(upgraded, journal, tmp_path)


def test_only_reported_settings_are_sent(upgraded, journal, tmp_path):
    known = set(journal.state().clients.installers[0])
    sent = []
    upgraded.machine.create_installer, real = (
        lambda fields, minutes: (sent.append(fields), real(fields, minutes))[1],
        (upgraded.machine.create_installer),
    )
    renewed(upgraded, journal, tmp_path, platforms=[])
    assert set(sent[0]) - {"valid_duration"} <= known
    assert "max_offline_minutes" not in sent[0] and "jump_policy_id" not in sent[0]


def test_without_the_api_the_error_names_the_version(given, journal, tmp_path):
    with pytest.raises(NotFound, match=r"21\.1"):
        renewed(given("old_xml"), journal, tmp_path, groups=[1])


def test_a_missing_permission_is_told(upgraded, journal, tmp_path):
    upgraded.running.fault("status", status=403, times=5, body='{"message": "This action is unauthorized."}', match={"path": API})
    with pytest.raises(Refused, match="perm_configuration"):
        renewed(upgraded, journal, tmp_path)


# --- an answer that got lost


def test_the_list_replaces_a_lost_response(upgraded, journal, tmp_path):
    upgraded.running.fault("drop_after", match={"method": "POST", "path": API})
    result = renewed(upgraded, journal, tmp_path)
    assert len(upgraded.machine.people.installers) == 5
    first = result["installers"][0]
    assert first["installer_id"] == upgraded.machine.people.installers[3].installer_id
    assert first["key_file"] == "" and "deployment key" in first["note"] and first["files"]


def test_lost_request_is_unknown_until_later(upgraded, journal, tmp_path):
    upgraded.running.fault("drop_before", match={"method": "POST", "path": API})
    result = performed(upgraded, INSTALLERS, state="renewed", journal=journal.path, dest=str(tmp_path / "installers"))
    readable(result["msg"])
    assert result["failed"] and result["outcome"] == "unknown" and "'Kiosk'" in result["msg"]
    assert len(upgraded.machine.people.installers) == 3
    assert renewed(upgraded, journal, tmp_path)["changed"]
    assert len(upgraded.machine.people.installers) == 5


def test_the_next_run_uses_one_that_appears_later(upgraded, journal, tmp_path):
    upgraded.running.fault("drop_before", match={"method": "POST", "path": API})
    with pytest.raises(ApplianceError, match="It is unknown whether"):
        renewed(upgraded, journal, tmp_path)
    late = upgraded.machine.people.add_installer({"jump_group_id": 3, "name": "Kiosk"}, upgraded.running.now(), 1440)
    result = renewed(upgraded, journal, tmp_path)
    assert result["installers"][0]["installer_id"] == late.installer_id
    assert len(upgraded.machine.people.installers) == 5


def test_two_candidates_are_left_to_a_person(upgraded, journal, tmp_path):
    upgraded.running.fault("drop_after", match={"method": "POST", "path": API})
    people, real = upgraded.machine.people, upgraded.machine.people.add_installer
    people.add_installer = lambda *given: (real(*given), real(*given))[1]
    with pytest.raises(Unsafe, match="2 new Jump Client installers") as caught:
        renewed(upgraded, journal, tmp_path)
    assert caught.value.facts["outcome"] == "unknown"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html><body>busy</body></html>",
        '{"installer_id": "../../x", "key_info": {"encodedInfo": "canary-key"}}',
        '{"key_info": {"encodedInfo": "canary-key"',
        '["canary-key"]',
    ],
)
def test_unreadable_response_hides_the_key(upgraded, journal, tmp_path, body):
    upgraded.running.fault("body", status=201, body=body, match={"method": "POST", "path": API})
    result = performed(upgraded, INSTALLERS, state="renewed", journal=journal.path, dest=str(tmp_path / "installers"))
    assert result["failed"] and result["outcome"] == "unknown"
    assert "canary-key" not in json.dumps(result) and "canary-key" not in Path(journal.path).read_text()


# --- keys


@pytest.mark.mission("M76")
def test_the_key_is_only_in_a_private_file(upgraded, journal, tmp_path):
    os.umask(0)
    try:
        result = renewed(upgraded, journal, tmp_path)
    finally:
        os.umask(0o022)
    created = upgraded.machine.people.installers[3]
    path = result["installers"][0]["key_file"]
    assert json.loads(Path(path).read_text())["key_info"]["encodedInfo"] == created.key
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600 and stat.S_IMODE(os.stat(os.path.dirname(path)).st_mode) == 0o700
    for key in keys(upgraded):
        assert key not in json.dumps(result) and key not in Path(journal.path).read_text() and key not in str(upgraded.lines)


def test_keys_by_platform_are_kept_as_they_came(upgraded, journal, tmp_path):
    answer = {"id": 8, "installer_id": "a1b2c3d4" * 4, "key_info": {"mac-osx-x86": {"filename": "x", "encodedInfo": "canary-key"}}}
    upgraded.running.fault(
        "body", status=201, body=json.dumps(answer), content_type="application/json", match={"method": "POST", "path": API}
    )
    result = renewed(upgraded, journal, tmp_path, platforms=[])
    assert json.loads(Path(result["installers"][0]["key_file"]).read_text())["key_info"]["mac-osx-x86"]["encodedInfo"] == "canary-key"
    assert "canary-key" not in json.dumps(result)


# --- downloads


@pytest.mark.mission("M74")
def test_each_platform_is_downloaded_with_its_sha256(upgraded, journal, tmp_path):
    result = renewed(upgraded, journal, tmp_path, platforms=["windows-64-msi", "mac-dmg", "mac-zip", "linux-64"])
    files = result["installers"][0]["files"]
    names = [os.path.basename(one["path"]) for one in files]
    short = result["installers"][0]["installer_id"][:8]
    assert names == [
        f"Kiosk-{short}-windows-64-msi.msi",
        f"Kiosk-{short}-mac-dmg.dmg",
        f"Kiosk-{short}-mac-zip.zip",
        f"Kiosk-{short}-linux-64.bin",
    ]
    assert os.path.basename(result["installers"][1]["files"][0]["path"]).startswith("group-4-")
    assert {stat.S_IMODE(os.stat(one["path"]).st_mode) for one in files} == {0o600}
    assert [(one["installer_id"], one["sha256"]) for one in journal.state().clients.downloads][0] == (
        result["installers"][0]["installer_id"],
        files[0]["sha256"],
    )


@pytest.mark.parametrize("status", [404, 500, 503])
def test_it_waits_until_an_installer_is_ready(upgraded, journal, tmp_path, status):
    upgraded.running.fault("status", status=status, times=6, match={"path": f"{API}/*/windows-64-msi"})
    assert renewed(upgraded, journal, tmp_path)["installers"][0]["files"]
    assert round(upgraded.seconds_asleep, 3) >= 20


def test_unknown_platform_fails_at_the_end(upgraded, journal, tmp_path):
    """An unknown platform fails after the others are saved."""
    result = performed(
        upgraded,
        INSTALLERS,
        state="renewed",
        journal=journal.path,
        dest=str(tmp_path / "installers"),
        platforms=["amiga", "windows-64-msi"],
    )
    assert result["failed"] and "amiga" in result["msg"] and result["outcome"] == "failed"
    assert "mac-dmg" in result["msg"] and "21.1" not in result["msg"]
    readable(result["msg"])
    assert [len(one["files"]) for one in result["installers"]] == [1, 1]
    assert upgraded.seconds_asleep < 400  # not the whole time for each of them


@pytest.mark.parametrize("name", ["../etc", "windows 64", "Windows-64", "a/b", "-x", ""])
def test_an_unsafe_name_is_refused_before_any_request(upgraded, journal, tmp_path, name):
    before = len(upgraded.running.requests())
    with pytest.raises(InvalidInput, match="platform"):
        renewed(upgraded, journal, tmp_path, platforms=[name])
    assert len(upgraded.running.requests()) == before


@pytest.mark.parametrize(
    "body, kind",
    [
        ("<html><title>Sign in</title></html>", "text/html"),
        ('{"message": "wait"}', "application/json"),
        ("<?xml version='1.0'?><error/>", "application/x-executable"),
        ("", "application/x-executable"),
        ("MZ", "text/html"),
    ],
)
def test_other_content_is_refused_and_leaves_no_file(upgraded, journal, tmp_path, body, kind):
    upgraded.running.fault("body", status=200, body=body, content_type=kind, times=None, match={"path": f"{API}/*/windows-64-msi"})
    with pytest.raises(ApplianceError, match="2 of 2 Jump Client installers are not complete"):
        renewed(upgraded, journal, tmp_path)
    assert [name for name in os.listdir(tmp_path / "installers") if not name.endswith("key.json")] == []
    assert journal.state().clients.downloads == []


def test_a_truncated_download_is_repeated(upgraded, journal, tmp_path):
    upgraded.running.fault("truncate", keep=10, match={"path": f"{API}/*/windows-64-msi"})
    file = renewed(upgraded, journal, tmp_path)["installers"][0]["files"][0]
    assert Path(file["path"]).read_text().startswith("simulated installer") and file["bytes"] > 10


def test_a_missing_file_is_downloaded_again(upgraded, journal, tmp_path):
    first = renewed(upgraded, journal, tmp_path)
    os.remove(first["installers"][0]["files"][0]["path"])
    assert renewed(upgraded, journal, tmp_path)["changed"]
    assert len(upgraded.machine.people.installers) == 5


def test_a_file_that_somebody_changed_is_refused(upgraded, journal, tmp_path):
    path = renewed(upgraded, journal, tmp_path)["installers"][0]["files"][0]["path"]
    Path(path).write_text("something else")
    with pytest.raises(Unsafe, match="SHA-256 differs"):
        renewed(upgraded, journal, tmp_path)


def test_installers_with_similar_ids_have_separate_files(upgraded, journal, tmp_path):
    numbers = iter(range(1, 9))
    upgraded.machine.people._hex32 = lambda: f"{next(numbers):032x}"
    for one in upgraded.machine.people.installers:
        one.fields.update(name="", jump_group_id=4)
    journal_path = tmp_path / "other" / "journal.jsonl"
    other = Journal(str(journal_path))
    upgraded.machine.people.installers[0].expires = upgraded.machine.people.installers[1].expires = upgraded.running.now() + DAY
    noted(upgraded, other)
    result = renewed(upgraded, other, tmp_path)
    paths = [file["path"] for one in result["installers"] for file in one["files"]] + [one["key_file"] for one in result["installers"]]
    assert len(set(paths)) == 4
    assert not renewed(upgraded, other, tmp_path)["changed"]


# --- check mode


def test_check_mode_reads_only_and_predicts(upgraded, journal, tmp_path):
    before = Path(journal.path).read_text()
    result = renewed(upgraded, journal, tmp_path, check_mode=True)
    assert result["changed"] and [one["installer_id"] for one in result["installers"]] == ["", ""]
    assert upgraded.writes() == [] and not (tmp_path / "installers").exists() and Path(journal.path).read_text() == before
    renewed(upgraded, journal, tmp_path)
    assert not renewed(upgraded, journal, tmp_path, check_mode=True)["changed"]
    assert renewed(upgraded, journal, tmp_path, check_mode=True, platforms=["mac-dmg"])["changed"]


def test_noting_in_check_mode_writes_nothing(bench, journal):
    assert len(noted(bench, journal, check_mode=True)["installers"]) == 2
    assert journal.read() == [] and bench.writes() == []


def test_an_interrupted_run_creates_no_second_installer(upgraded, journal, tmp_path):
    real, cut = Journal.append, []

    def append(self, event, /, **data):
        if event == "installer_made" and not cut:
            cut.append(event)
            raise KeyboardInterrupt
        return real(self, event, **data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Journal, "append", append)
        with pytest.raises(KeyboardInterrupt):
            renewed(upgraded, journal, tmp_path)
    result = renewed(upgraded, journal, tmp_path)
    assert len(upgraded.machine.people.installers) == 5
    first = result["installers"][0]
    assert json.loads(Path(first["key_file"]).read_text())["installer_id"] == first["installer_id"] and first["note"] == ""


def test_what_could_not_be_carried_over_is_named(bench, journal, tmp_path):
    bench.machine.people.installers[0].fields["max_offline_minutes"] = 20160
    noted(bench, journal)
    upgrade(bench)
    assert [one["differs"] for one in renewed(bench, journal, tmp_path, platforms=[])["installers"]] == [["max_offline_minutes"], []]
