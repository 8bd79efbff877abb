# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Given a world, when one package is installed, then this is true on the appliance."""

import errno
import hashlib
import json
import os
import stat
from pathlib import Path

import pytest
import yaml
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    InvalidInput,
    Refused,
    Unsafe,
    WaitTimeout,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules.backup import OPERATION as BACKUP
from ansible_collections.bomgar.appliance.plugins.modules.update_install import OPERATION as INSTALL
from simulator import world

from tests.support.sentences import performed

EULA = {"accept_eula": True, "contact": {"name": "Ada", "email": "ada@example.com", "title": "Admin"}}
WAIVER = {"keys_waiver": "the keys lie in a vault"}


@pytest.fixture
def saved(tmp_path):
    def save(bench):
        return bench.run(BACKUP, dest=str(tmp_path / "saved"))["backup"]["metadata"]
    return save


def install(bench, package, **more):
    return bench.run(INSTALL, package=package, poll_interval=300, **{**WAIVER, **EULA, **more})


def test_a_base_package_is_installed_and_proved(given, saved):
    bench = given()
    result = install(bench, "Base 6.0.2", backup=saved(bench))
    assert bench.machine.base_version == "6.0.2"
    assert (result["changed"], result["proof"]) == (True, {"base_version": "6.0.2"})
    assert bench.writes() == ["install base-6.0.2"]


def test_a_second_time_nothing_is_sent(given, saved):
    bench = given()
    backup = saved(bench)
    install(bench, "Base 6.0.2", backup=backup)
    again = install(bench, "Base 6.0.2", backup=backup)
    assert (again["changed"], again["state"]) == (False, "installed")
    assert len(bench.writes()) == 1


def test_check_mode_predicts_and_writes_nothing(given):
    bench = given()
    result = install(bench, "Base 6.0.2", check_mode=True)
    assert result["changed"]
    assert result["diff"] == {"before": {"version": "19.1.8", "base": "5.4.0"}, "after": {"version": "19.1.8", "base": "6.0.2"}}
    assert bench.writes() == []


def test_a_blocked_package_is_refused_and_says_what_comes_first(given, saved):
    bench = given()
    with pytest.raises(Refused, match="blocked.*Base 6.0.2"):
        install(bench, "Bomgar 20.2.1", backup=saved(bench))
    assert bench.writes() == []


def test_a_package_that_is_nowhere_is_not_called_installed(given, saved):
    bench = given()
    with pytest.raises(Refused, match="not in the list") as caught:
        install(bench, "Hotfix BT99-99-ONPREM9", backup=saved(bench))
    assert caught.value.facts["outcome"] == "unknown"


@pytest.mark.parametrize("spoil", ["none", "missing", "flipped", "other appliance", "yesterday", "no keys"])
def test_without_a_proved_backup_of_this_run_nothing_is_sent(given, saved, spoil):
    bench = given()
    path = saved(bench)
    more = {"backup": path}
    metadata = json.loads(Path(path).read_text())
    if spoil == "none":
        more = {}
    elif spoil == "missing":
        more = {"backup": path + ".gone"}
    elif spoil == "flipped":
        with open(metadata_file(path, metadata), "r+b") as stream:
            stream.seek(100)
            stream.write(b"X")
    elif spoil == "other appliance":
        rewrite(path, dict(metadata, guid="f" * 32))
    elif spoil == "yesterday":
        bench.running.advance(90000)
    else:
        more["keys_waiver"] = None
    with pytest.raises((InvalidInput, Unsafe)):
        install(bench, "Base 6.0.2", **more)
    assert bench.writes() == []


def metadata_file(path, metadata):
    return path.rpartition("/")[0] + "/" + metadata["file"]


def rewrite(path, metadata):
    with open(path, "w") as stream:
        json.dump(metadata, stream)


def test_a_base_update_that_hangs_is_left_alone_with_a_text_for_support(given, saved, tmp_path):
    bench = given("base_stuck")
    journal = str(tmp_path / "state" / "journal.jsonl")
    with pytest.raises(Unsafe, match="DO NOT RESTART") as caught:
        install(bench, "Base 6.2.0", backup=saved(bench), wait_timeout=7200, journal=journal)
    assert "Serial" in caught.value.facts["support_text"]
    assert bench.writes() == ["install base-6.2.0"]
    kept, = (tmp_path / "state").glob("support-*.txt")
    assert kept.read_text() == caught.value.facts["support_text"]
    with pytest.raises(Unsafe):
        install(bench, "Base 6.2.0", backup=saved(bench), wait_timeout=7200, journal=journal)
    assert bench.writes() == ["install base-6.2.0"]
    assert bench.machine.boots == 0


def test_a_failing_installation_tells_what_the_page_said(given, saved):
    bench = given(world_with({"fails": "The signature of the package is wrong"}))
    with pytest.raises(Unsafe, match="signature"):
        install(bench, "Base 6.0.2", backup=saved(bench))


def test_what_the_page_still_says_of_an_older_failure_is_not_taken_for_this_one(given, saved):
    bench = given(world_with({"fails": "The signature of the package is wrong"}))
    backup = saved(bench)
    with pytest.raises(Unsafe):
        install(bench, "Base 6.0.2", backup=backup)
    object.__setattr__(bench.machine.packages.get("base-6.0.2"), "fails", "")  # the vendor mended it
    assert install(bench, "Base 6.0.2", backup=backup)["changed"]


def world_with(package):
    data = yaml.safe_load((Path(world.__file__).parent / "worlds/far_outdated.yml").read_text())
    data["packages"][0].update(package)
    return yaml.safe_dump(data)


def test_a_lost_answer_is_followed_by_looking_not_by_asking_again(given, saved):
    bench = given()
    backup = saved(bench)
    fault = bench.running.fault("drop_after", match={"method": "POST", "path": "/appliance/*"}, skip=2)  # login, check
    result = install(bench, "Base 6.0.2", backup=backup)
    assert fault.hits == 1 and result["changed"] and "was lost" in "".join(bench.lines)
    assert bench.writes() == ["install base-6.0.2"]


def test_a_request_that_never_arrived_is_reported_and_may_be_made_anew(given, saved, tmp_path):
    bench = given()
    journal = str(tmp_path / "state" / "journal.jsonl")
    backup = saved(bench)
    bench.running.fault("drop_before", match={"method": "POST", "path": "/appliance/*"}, skip=2, times=1)
    with pytest.raises(WaitTimeout):
        install(bench, "Base 6.0.2", backup=backup, journal=journal)
    assert not Journal(journal).step_is_open("Base 6.0.2")
    assert install(bench, "Base 6.0.2", backup=backup, journal=journal)["changed"]
    assert bench.writes() == ["install base-6.0.2"]


def test_an_installation_that_an_earlier_run_began_is_watched_to_its_end(given, saved, tmp_path):
    bench = given()
    journal = Journal(str(tmp_path / "state" / "journal.jsonl"))
    journal.append("step_begun", host="x", package="Base 6.0.2", kind="base", version="6.0.2")
    bench.machine.start_install("base-6.0.2", {})
    result = install(bench, "Base 6.0.2", journal=journal.path)
    assert result["changed"]
    assert bench.machine.base_version == "6.0.2"
    assert bench.writes() == []


def test_a_step_that_was_noted_but_never_sent_is_begun_anew_once_that_is_seen(given, saved, tmp_path):
    bench = given()
    journal = Journal(str(tmp_path / "state" / "journal.jsonl"))
    journal.append("step_begun", host="x", package="Base 6.0.2", kind="base", version="6.0.2")
    assert install(bench, "Base 6.0.2", journal=journal.path)["state"] == "not_started"
    assert journal.state()["open_step"] is None and bench.writes() == []
    journal.append("step_begun", host="x", package="Base 6.0.2", kind="base", version="6.0.2")
    assert install(bench, "Base 6.0.2", backup=saved(bench), journal=journal.path)["changed"]
    assert bench.writes() == ["install base-6.0.2"]


def test_a_step_that_was_never_sent_is_begun_anew_though_the_appliance_was_away_at_the_first_look(given, saved, tmp_path):
    bench = given()
    journal = Journal(str(tmp_path / "state" / "journal.jsonl"))
    backup = saved(bench)
    journal.append("step_begun", host="x", package="Base 6.0.2", kind="base", version="6.0.2")
    bench.running.fault("status", status=503, match={"path": "/appliance/*"}, times=1)
    assert install(bench, "Base 6.0.2", backup=backup, journal=journal.path)["changed"]
    assert bench.writes() == ["install base-6.0.2"]


@pytest.mark.parametrize("package", ["base", "site"])
def test_what_failed_after_it_was_asked_for_is_never_asked_for_a_second_time_but_by_a_person(given, saved, tmp_path, package):
    bench = given()
    backup, journal = saved(bench), str(tmp_path / "state" / "journal.jsonl")
    name = "Base 6.0.2"
    if package == "site":
        install(bench, name, backup=backup)
        name = "Bomgar 20.2.1"
    bench.machine.storage["percent_used"] = 100
    with pytest.raises((Unsafe, Refused)):
        install(bench, name, backup=backup, journal=journal)
    bench.machine.storage["percent_used"] = 20
    bench.running.advance(7200)
    asked = len(bench.writes())
    for _run in range(2):
        with pytest.raises((Unsafe, Refused)) as caught:
            install(bench, name, backup=backup, journal=journal)
        assert len(bench.writes()) == asked, "no second request"
    Journal(journal).append("step_released", package=name, reason="support case 1234")
    assert install(bench, name, backup=backup, journal=journal)["changed"]
    assert len(bench.writes()) == asked + 1, str(caught.value)


def test_a_kill_after_the_request_and_an_appliance_that_shows_nothing_leave_it_to_a_person(given, saved, tmp_path):
    bench = given()
    journal = Journal(str(tmp_path / "state" / "journal.jsonl"))
    journal.append("step_begun", host="x", package="Base 6.0.2", kind="base", version="6.0.2")
    journal.append("step_asked", host="x", package="Base 6.0.2")
    with pytest.raises(Unsafe, match="DO NOT RESTART") as caught:
        install(bench, "Base 6.0.2", backup=saved(bench), journal=journal.path)
    assert "asked for by an earlier run" in str(caught.value) and caught.value.facts["outcome"] == "unknown"
    assert bench.writes() == [] and journal.state()["open_step"]["asked"]


def test_a_disk_that_is_full_here_after_the_request_does_not_call_it_not_asked_for(given, saved, tmp_path, monkeypatch):
    bench = given()
    backup, journal = saved(bench), str(tmp_path / "state" / "journal.jsonl")
    real = os.write

    def full(descriptor, data):
        if bench.writes() and stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", full)
    result = performed(bench, INSTALL, package="Base 6.0.2", poll_interval=300, backup=backup, journal=journal, **WAIVER, **EULA)
    monkeypatch.undo()
    assert (result["failed"], result["outcome"]) == (True, "unknown") and "disk is full" in result["msg"]
    assert Journal(journal).step_is_open("Base 6.0.2")
    assert install(bench, "Base 6.0.2", journal=journal)["state"] == "installed"
    assert bench.writes() == ["install base-6.0.2"]


def test_a_licence_agreement_is_accepted_only_when_the_user_says_so(given, saved, tmp_path):
    bench = given(EULA_FIRST)
    journal = str(tmp_path / "state" / "journal.jsonl")
    backup = saved(bench)
    with pytest.raises(Refused, match="agreement"):
        install(bench, "BeyondTrust Remote Support 23.2.1", backup=backup, accept_eula=False, journal=journal)
    assert bench.writes() == []
    assert not Journal(journal).step_is_open("BeyondTrust Remote Support 23.2.1")
    assert install(bench, "BeyondTrust Remote Support 23.2.1", backup=backup, journal=journal)["changed"]
    assert bench.machine.version == "23.2.1"


EULA_FIRST = """
schema: 1
name: eula_first
product: rs
clock: {speed: 0}
appliances: [{name: a, hostname: support.example.com, base: 7.0.0, version: 23.1.1}]
packages:
  - {id: rs-23.2.1, name: BeyondTrust Remote Support 23.2.1, kind: site, version: 23.2.1, eula: You agree to everything.}
accounts:
  api:
    - name: x
      client_id: "0123456789012345678901234567890123456789"
      client_secret: "c2VjcmV0"
      permissions: {perm_command: full_access, perm_backup: true, perm_configuration: true}
  appliance: [{username: admin, password: appliance-password}]
  login: [{username: admin, password: login-password}]
"""


def offline(bench, tmp_path, flip=False):
    package = bench.machine.packages.get("base-6.0.2")
    content = bytearray(package.file(bench.machine.guid))
    digest = hashlib.sha256(content).hexdigest()
    if flip:
        content[len(content) // 2] ^= 1
    path = tmp_path / "base-6.0.2.nss"
    path.write_bytes(content)
    return {"file": str(path), "manifest": {"packages": [{"name": "Base 6.0.2", "sha256": digest}]}}


def test_an_offline_package_is_uploaded_and_proved(given, saved, tmp_path):
    bench = given()
    result = install(bench, "Base 6.0.2", backup=saved(bench), **offline(bench, tmp_path))
    assert (result["changed"], bench.machine.base_version) == (True, "6.0.2")


def test_one_flipped_byte_is_refused_before_anything_is_uploaded(given, saved, tmp_path):
    bench = given()
    with pytest.raises(InvalidInput, match="SHA-256 differs"):
        install(bench, "Base 6.0.2", backup=saved(bench), **offline(bench, tmp_path, flip=True))
    assert bench.writes() == []


def test_a_file_without_a_known_hash_is_refused(given, saved, tmp_path):
    bench = given()
    with pytest.raises(InvalidInput, match="no SHA-256"):
        install(bench, "Base 6.0.2", backup=saved(bench), **{**offline(bench, tmp_path), "manifest": None})


def pages(bench):
    return [entry["path"] for entry in bench.running.requests() if entry["kind"] == "page"]


def test_an_operator_is_told_what_to_press_and_believed_about_a_base_package_alone(given, saved):
    bench = given()
    backup = saved(bench)
    first = install(bench, "Base 6.0.2", actuator="operator", backup=backup)
    assert (first["state"], first["changed"]) == ("operator", False)
    assert any("Diese Aktualisierung installieren" in line for line in first["instructions"])
    bench.machine.start_install("base-6.0.2", {})
    bench.running.advance(7200)
    assert install(bench, "Base 6.0.2", actuator="operator", backup=backup)["state"] == "operator"
    assert install(bench, "Base 6.0.2", actuator="operator", base_version="6.0.2")["state"] == "installed"
    assert bench.writes() == [] and pages(bench) == []


def test_a_site_package_that_a_person_installed_is_seen_by_the_api_and_begins_its_gate(given, saved, tmp_path):
    bench, journal = given(), Journal(str(tmp_path / "state" / "journal.jsonl"))
    given_to, name = {"actuator": "operator", "backup": saved(bench), "journal": journal.path}, "Bomgar 20.2.1"
    for _run in range(2):
        assert install(bench, name, **given_to)["state"] == "operator"
    assert [entry["event"] for entry in journal.read()].count("step_begun") == 1 and journal.open_gate() is None
    bench.machine.version = "20.2.1"  # as a person's installation leaves it
    done = install(bench, name, **given_to)
    assert (done["state"], done["changed"]) == ("installed", True) and journal.open_gate()["since"] == bench.machine.now()
    assert install(bench, name, **given_to)["changed"] is False and pages(bench) == [] and bench.writes() == []


def test_an_appliance_that_is_away_while_the_person_installs_is_no_error(given, saved, tmp_path):
    bench, journal = given(), str(tmp_path / "state" / "journal.jsonl")
    given_to = {"actuator": "operator", "backup": saved(bench), "journal": journal}
    install(bench, "Base 6.0.2", **given_to)
    bench.machine.restart()
    away = install(bench, "Base 6.0.2", **given_to)
    assert away["state"] == "operator" and "does not answer" in away["instructions"][0]
    assert not any("Install This Update" in line for line in away["instructions"])


def test_an_unhealthy_appliance_is_handed_to_nobody_for_installation(given, saved, tmp_path):
    bench, journal = given(), str(tmp_path / "state" / "journal.jsonl")
    backup = saved(bench)
    bench.machine.health_problem = "disk"
    sick = install(bench, "Base 6.0.2", actuator="operator", backup=backup, journal=journal)
    assert sick["state"] == "operator" and not any("press Install" in line for line in sick["instructions"])
    assert Journal(journal).read() == []


def test_a_file_is_checked_before_a_person_is_told_to_upload_it(given, saved, tmp_path):
    bench, file = given(), tmp_path / "base.nss"
    file.write_bytes(b"something else")
    manifest = {"packages": [{"name": "Base 6.0.2", "sha256": "0" * 64}]}
    with pytest.raises(InvalidInput, match="SHA-256"):
        install(bench, "Base 6.0.2", actuator="operator", backup=saved(bench), file=str(file), manifest=manifest)


@pytest.mark.parametrize("n", [1, 2])
def test_a_session_that_ends_right_after_the_press_was_taken_does_not_call_it_not_asked_for(given, saved, tmp_path, n):
    """The appliance is set forward by hours: it has installed the package and signed us out when its next page is read."""
    bench = given()
    backup, journal = saved(bench), str(tmp_path / "state" / "journal.jsonl")
    match = {"path": "/appliance/*", "method": "GET"}
    found = []
    real = bench.machine.start_install

    def start(*arguments):
        real(*arguments)
        bench.running.fault("act", match=match, skip=n - 1, act={"do": "step_clock", "seconds": 7200})
        found.append(arguments)

    bench.machine.start_install = start
    result = performed(bench, INSTALL, package="Base 6.0.2", poll_interval=300, backup=backup, journal=journal, **WAIVER, **EULA)
    assert found and result["outcome"] == "done" and bench.machine.base_version == "6.0.2", result
    assert bench.writes() == ["install base-6.0.2"]


@pytest.mark.parametrize("permission, listed", [(True, 146), (False, None)])
def test_a_site_package_notes_how_many_clients_were_connected_and_listed_before(given, saved, tmp_path, permission, listed):
    bench, journal = given("modern_layout"), Journal(str(tmp_path / "state" / "journal.jsonl"))
    install(bench, "Base 7.0.0", backup=saved(bench), journal=journal.path)
    next(iter(bench.machine.accounts.api.values())).permissions["perm_configuration"] = permission
    install(bench, "BeyondTrust Remote Support 23.2.1", backup=saved(bench), journal=journal.path)
    gate = journal.open_gate()
    assert (gate["online_before"], gate["listed_before"]) == (120, listed)
    assert sum(entry["path"].endswith("/jump-client") for entry in bench.running.requests()) == 1
