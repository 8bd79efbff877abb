# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Given a world, when one package is installed, then this is true on the appliance."""

import errno
import hashlib
import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    InvalidInput,
    Refused,
    Unsafe,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.operations import update_install
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import basics as appliance_basics
from ansible_collections.bomgar.appliance.plugins.modules.backup import OPERATION as BACKUP
from ansible_collections.bomgar.appliance.plugins.modules.update_install import OPERATION as INSTALL
from simulator import world
from simulator.acts import act as do
from simulator.pages import updates as updates_page

from tests.support.ansible import connection_of
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


@pytest.mark.mission("M21")
def test_a_base_package_is_installed_and_verified(given, saved):
    bench = given()
    result = install(bench, "Base 6.0.2", backup=saved(bench))
    assert bench.machine.base_version == "6.0.2"
    assert (result["changed"], result["evidence"]) == (True, {"base_version": "6.0.2"})
    assert bench.writes() == ["install base-6.0.2"]


def test_a_second_time_nothing_is_sent(given, saved):
    bench = given()
    backup = saved(bench)
    install(bench, "Base 6.0.2", backup=backup)
    again = install(bench, "Base 6.0.2", backup=backup)
    assert (again["changed"], again["state"]) == (False, "installed")
    assert len(bench.writes()) == 1


@pytest.mark.mission("M23")
def test_check_mode_predicts_and_writes_nothing(given):
    bench = given()
    result = install(bench, "Base 6.0.2", check_mode=True)
    assert result["changed"]
    assert result["diff"] == {"before": {"version": "19.1.8", "base": "5.4.0"}, "after": {"version": "19.1.8", "base": "6.0.2"}}
    assert bench.writes() == []


@pytest.mark.mission("M8")
def test_a_blocked_package_is_refused(given, saved):
    bench = given()
    with pytest.raises(Refused, match="blocked.*Base 6.0.2"):
        install(bench, "Bomgar 20.2.1", backup=saved(bench))
    assert bench.writes() == []


def test_an_unlisted_package_is_not_installed(given, saved):
    bench = given()
    with pytest.raises(Refused, match="not in the list") as caught:
        install(bench, "Hotfix BT99-99-ONPREM9", backup=saved(bench))
    assert caught.value.facts["outcome"] == "unknown"


@pytest.mark.mission("M3")
@pytest.mark.parametrize("spoil", ["none", "missing", "flipped", "other appliance", "yesterday", "no keys"])
def test_without_a_verified_backup_nothing_is_sent(given, saved, spoil):
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


@pytest.mark.mission("M10", "M25", "M26")
def test_a_hanging_base_update_returns_text_for_support(given, saved, tmp_path, monkeypatch):
    bench = given("base_stuck")
    journal = str(tmp_path / "state" / "journal.jsonl")
    with pytest.raises(Unsafe, match="DO NOT RESTART") as caught:
        install(bench, "Base 6.2.0", backup=saved(bench), wait_timeout=7200, journal=journal)
    assert "Serial" in caught.value.facts["support_text"]
    assert bench.writes() == ["install base-6.2.0"]
    (kept,) = (tmp_path / "state").glob("support-*.txt")
    assert kept.read_text() == caught.value.facts["support_text"]
    assert str(caught.value).endswith(f"wait for their answer. The text is in {kept}.")

    def refuse(_journal, _text):
        raise InvalidInput("The disk is full.")

    monkeypatch.setattr(f"{update_install.__package__}.install_step.save_support_text", refuse)
    with pytest.raises(Unsafe, match="DO NOT RESTART"):
        install(bench, "Base 6.2.0", backup=saved(bench), wait_timeout=7200, journal=journal)
    assert bench.writes() == ["install base-6.2.0"]
    assert bench.machine.boots == 0


def test_a_failed_installation_quotes_the_page(given, saved):
    bench = given(world_with({"fails": "The signature of the package is wrong"}))
    with pytest.raises(Unsafe, match="signature"):
        install(bench, "Base 6.0.2", backup=saved(bench))


def test_an_older_failure_on_the_page_is_ignored(given, saved):
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


def test_a_lost_response_is_settled_by_reading(given, saved):
    bench = given()
    backup = saved(bench)
    fault = bench.running.fault("drop_after", match={"method": "POST", "path": "/appliance/*"}, skip=2)  # login, check
    result = install(bench, "Base 6.0.2", backup=backup)
    assert fault.hits == 1 and result["changed"] and "no certain response" in "".join(bench.lines)
    assert bench.writes() == ["install base-6.0.2"]


def test_a_lost_request_is_left_to_a_person(given, saved, tmp_path):
    bench = given()
    journal = str(tmp_path / "state" / "journal.jsonl")
    backup = saved(bench)
    bench.running.fault("drop_before", match={"method": "POST", "path": "/appliance/*"}, skip=2, times=1)
    asleep = bench.seconds_asleep
    for _run in range(2):
        with pytest.raises(Unsafe, match="it is offered and nothing is being installed") as caught:
            install(bench, "Base 6.0.2", backup=backup, journal=journal)
        assert caught.value.facts["outcome"] == "unknown" and "state: released" in caught.value.remedy
    assert bench.seconds_asleep - asleep < 300 and Journal(journal).step_was_sent("Base 6.0.2")
    Journal(journal).append("step_released", package="Base 6.0.2", reason="nothing runs on the page")
    assert install(bench, "Base 6.0.2", backup=backup, journal=journal)["changed"]
    assert bench.writes() == ["install base-6.0.2"]


@pytest.mark.mission("M19")
def test_an_earlier_installation_is_watched_to_its_end(given, saved, tmp_path):
    bench = given()
    journal = Journal(str(tmp_path / "state" / "journal.jsonl"))
    journal.append("step_begun", host="x", package="Base 6.0.2", kind="base", version="6.0.2")
    journal.append("step_sent", host="x", package="Base 6.0.2")
    bench.machine.start_install("base-6.0.2", {})
    result = install(bench, "Base 6.0.2", journal=journal.path)
    assert result["changed"]
    assert bench.machine.base_version == "6.0.2"
    assert bench.writes() == []


def test_a_step_without_a_request_begins_again(given, saved, tmp_path):
    bench = given()
    journal = Journal(str(tmp_path / "state" / "journal.jsonl"))
    journal.append("step_begun", host="x", package="Base 6.0.2", kind="base", version="6.0.2")
    assert install(bench, "Base 6.0.2", journal=journal.path)["state"] == "not_started"
    assert journal.state().open_step is None and bench.writes() == []
    journal.append("step_begun", host="x", package="Base 6.0.2", kind="base", version="6.0.2")
    assert install(bench, "Base 6.0.2", backup=saved(bench), journal=journal.path)["changed"]
    assert bench.writes() == ["install base-6.0.2"]


def test_requestless_step_ignores_absent_appliance(given, saved, tmp_path):
    bench = given()
    journal = Journal(str(tmp_path / "state" / "journal.jsonl"))
    backup = saved(bench)
    journal.append("step_begun", host="x", package="Base 6.0.2", kind="base", version="6.0.2")
    bench.running.fault("status", status=503, match={"path": "/appliance/*"}, times=1)
    result = performed(bench, INSTALL, package="Base 6.0.2", backup=backup, journal=journal.path, **WAIVER, **EULA)
    assert (result["error"], result["outcome"]) == ("Unavailable", "nothing_done")
    assert install(bench, "Base 6.0.2", backup=backup, journal=journal.path)["changed"]
    assert bench.writes() == ["install base-6.0.2"]


@pytest.mark.parametrize("package", ["base", "site"])
def test_a_failed_request_is_never_sent_again(given, saved, tmp_path, package):
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


def test_a_kill_after_the_request_needs_a_person(given, saved, tmp_path):
    bench = given()
    journal = Journal(str(tmp_path / "state" / "journal.jsonl"))
    journal.append("step_begun", host="x", package="Base 6.0.2", kind="base", version="6.0.2")
    journal.append("step_sent", host="x", package="Base 6.0.2")
    with pytest.raises(Unsafe, match="DO NOT RESTART") as caught:
        install(bench, "Base 6.0.2", backup=saved(bench), journal=journal.path)
    assert "no read shows that it began" in str(caught.value) and caught.value.facts["outcome"] == "unknown"
    assert bench.writes() == [] and journal.state().open_step["sent"]


def test_a_full_disk_after_the_request_is_unknown(given, saved, tmp_path, monkeypatch):
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


def test_a_license_agreement_needs_an_option(given, saved, tmp_path):
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


def test_an_offline_package_is_uploaded_and_verified(given, saved, tmp_path):
    bench = given()
    result = install(bench, "Base 6.0.2", backup=saved(bench), **offline(bench, tmp_path))
    assert (result["changed"], bench.machine.base_version) == (True, "6.0.2")


def test_the_journal_records_the_uploaded_file(given, saved, tmp_path):
    bench = given()
    journal, backup = Journal(str(tmp_path / "site" / "journal.jsonl")), saved(bench)
    given_file = offline(bench, tmp_path)
    install(bench, "Base 6.0.2", backup=backup, journal=journal.path, saved_max_age=9000, **given_file)
    begun = next(entry["data"] for entry in journal.read() if entry["event"] == "step_begun")
    content = (tmp_path / "base-6.0.2.nss").read_bytes()
    assert begun["upload"] == {"path": given_file["file"], "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    assert begun["saved"]["backup"] == [hashlib.sha256(Path(backup[: -len(".json")]).read_bytes()).hexdigest()]
    assert (begun["not_default"]["saved_max_age"], begun["not_default"]["accept_eula"]) == (9000, True)


def test_a_changed_file_is_not_uploaded(given, saved, tmp_path):
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


def test_a_person_states_only_a_base_package(given, saved):
    bench = given()
    backup = saved(bench)
    first = install(bench, "Base 6.0.2", method="manual", backup=backup)
    assert (first["state"], first["changed"]) == ("manual", False)
    assert any("Diese Aktualisierung installieren" in line for line in first["instructions"])
    bench.machine.start_install("base-6.0.2", {})
    bench.running.advance(7200)
    assert install(bench, "Base 6.0.2", method="manual", backup=backup)["state"] == "manual"
    assert install(bench, "Base 6.0.2", method="manual", base_version="6.0.2")["state"] == "installed"
    assert bench.writes() == [] and pages(bench) == []


def test_a_manual_site_package_starts_its_catch_up(given, saved, tmp_path):
    bench, journal = given(), Journal(str(tmp_path / "state" / "journal.jsonl"))
    given_to, name = {"method": "manual", "backup": saved(bench), "journal": journal.path}, "Bomgar 20.2.1"
    for _run in range(2):
        assert install(bench, name, **given_to)["state"] == "manual"
    assert [entry["event"] for entry in journal.read()].count("step_begun") == 1 and journal.state().versions.catch_up is None
    bench.machine.version = "20.2.1"  # as a person's installation leaves it
    done = install(bench, name, **given_to)
    assert (done["state"], done["changed"]) == ("installed", True) and journal.state().versions.catch_up["since"] == bench.machine.now()
    assert install(bench, name, **given_to)["changed"] is False and pages(bench) == [] and bench.writes() == []


def test_an_absent_appliance_is_no_error_with_manual(given, saved, tmp_path):
    bench, journal = given(), str(tmp_path / "state" / "journal.jsonl")
    given_to = {"method": "manual", "backup": saved(bench), "journal": journal}
    install(bench, "Base 6.0.2", **given_to)
    bench.machine.restart()
    away = install(bench, "Base 6.0.2", **given_to)
    assert away["state"] == "manual" and "does not respond" in away["instructions"][0]
    assert not any("Install This Update" in line for line in away["instructions"])


def test_an_unhealthy_appliance_gets_no_instructions(given, saved, tmp_path):
    bench, journal = given(), str(tmp_path / "state" / "journal.jsonl")
    backup = saved(bench)
    bench.machine.health_problem = "disk"
    sick = install(bench, "Base 6.0.2", method="manual", backup=backup, journal=journal)
    assert sick["state"] == "manual" and not any("press Install" in line for line in sick["instructions"])
    assert Journal(journal).read() == []


def test_a_file_is_verified_before_instructions_name_it(given, saved, tmp_path):
    bench, file = given(), tmp_path / "base.nss"
    file.write_bytes(b"something else")
    manifest = {"packages": [{"name": "Base 6.0.2", "sha256": "0" * 64}]}
    with pytest.raises(InvalidInput, match="SHA-256"):
        install(bench, "Base 6.0.2", method="manual", backup=saved(bench), file=str(file), manifest=manifest)


@pytest.mark.parametrize("n", [1, 2])
def test_a_session_that_ends_afterwards_is_unknown(given, saved, tmp_path, n):
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
def test_a_site_package_records_the_clients_before(given, saved, tmp_path, permission, listed):
    bench, journal = given("modern_layout"), Journal(str(tmp_path / "state" / "journal.jsonl"))
    install(bench, "Base 7.0.0", backup=saved(bench), journal=journal.path)
    next(iter(bench.machine.accounts.api.values())).permissions["perm_configuration"] = permission
    install(bench, "BeyondTrust Remote Support 23.2.1", backup=saved(bench), journal=journal.path)
    catch_up = journal.state().versions.catch_up
    assert (catch_up["online_before"], catch_up["listed_before"]) == (120, listed)
    assert sum(entry["path"].endswith("/jump-client") for entry in bench.running.requests()) == 1


# --- one press


def hidden_progress(bench, monkeypatch, words):
    """The page shows a running installation in these words and without a bar; with None it shows none."""
    true = updates_page.progress_of
    monkeypatch.setattr(
        updates_page,
        "progress_of",
        lambda visit: true(visit) and words and dict(true(visit), text=words, percent="", message="", failed=False),
    )


@pytest.mark.parametrize("words", ["Please stand by, step 3", None])
@pytest.mark.parametrize("minutes", [60, None], ids=["slow", "fails in silence"])
def test_an_unseen_installation_is_never_pressed_again(given, saved, tmp_path, monkeypatch, words, minutes):
    slow = {"minutes": {"download": 10, "install": minutes, "reboot": 2, "lag": 1}} if minutes else {"fails": "x"}
    bench, journal = given(world_with(slow)), str(tmp_path / "state" / "journal.jsonl")
    backup = saved(bench)
    hidden_progress(bench, monkeypatch, words)
    for _run in range(3):
        with pytest.raises(Unsafe, match="DO NOT RESTART") as caught:
            install(bench, "Base 6.0.2", backup=backup, journal=journal)
        assert caught.value.facts["outcome"] == "unknown" and "state: released" in caught.value.remedy
        assert bench.writes() == ["install base-6.0.2"]
    bench.running.advance(7200)
    if minutes:  # it went on, and is verified by the next run
        assert install(bench, "Base 6.0.2", journal=journal)["state"] == "installed"
    assert bench.writes() == ["install base-6.0.2"]


def test_a_session_that_ends_presses_once(given, saved, tmp_path):
    bench, journal = given(), str(tmp_path / "state" / "journal.jsonl")
    backup = saved(bench)
    bench.running.fault("expire_session", match={"method": "POST", "path": "/appliance/*"}, skip=2)
    result = performed(bench, INSTALL, package="Base 6.0.2", poll_interval=300, backup=backup, journal=journal, **WAIVER, **EULA)
    assert (result["outcome"], result["error"]) == ("unknown", "Unsafe") and bench.writes() == []
    assert Journal(journal).step_was_sent("Base 6.0.2")


# --- what the press rests on is read again right before it


def before_press(bench, monkeypatch, do):
    """Somebody acts between the last look of the module and its press: when the backup has been found and is being checked."""
    monkeypatch.setattr(update_install, "check_saved", lambda *given: (do(), {"backup": [], "certificates": []})[1])


@pytest.mark.parametrize("act", ["another version", "another appliance", "the same package runs"])
def test_a_changed_appliance_gets_no_request(given, saved, tmp_path, monkeypatch, act):
    bench, journal = given(), str(tmp_path / "state" / "journal.jsonl")

    def change():
        if act == "another version":
            bench.machine.version = "20.2.1"
        elif act == "another appliance":
            bench.machine.guid = "f" * 32
        else:
            bench.machine.start_install("base-6.0.2", {})

    before_press(bench, monkeypatch, change)
    result = performed(bench, INSTALL, package="Base 6.0.2", backup=saved(bench), journal=journal, **WAIVER, **EULA)
    assert (result["error"], result["outcome"]) == ("Unsafe", "nothing_done"), result
    assert bench.writes() == [] and not Journal(journal).step_is_open("Base 6.0.2")


PAIR = EULA_FIRST.replace(
    "appliances: [{name: a, hostname: support.example.com, base: 7.0.0, version: 23.1.1}]",
    """
appliances:
  - {name: a, hostname: a.example.com, base: 7.0.0, version: 23.1.1}
  - {name: b, hostname: b.example.com, base: 7.0.0, version: 23.1.1}
pairs: [{name: support, nodes: [a, b], public_hostname: support.example.com, related: false}]
""",
)
SITE = "BeyondTrust Remote Support 23.2.1"


def on_node(bench, tmp_path, node, other, **more):
    connection = connection_of(bench.running, tmp_path, node)
    peer = dict(connection_of(bench.running, tmp_path, other), name=other)
    return {**connection, "peer": peer, "public_url": bench.running.public_url(), **more}


@pytest.mark.parametrize(
    ("node", "serves", "act"),
    [
        ("b", False, {"do": "switch_public", "node": "b"}),
        ("a", True, {"do": "switch_public", "node": "b"}),
        ("a", False, None),
        ("b", False, {"do": "establish", "appliance": "a"}),
        ("b", False, {"do": "install_package", "package": "rs-23.2.1", "appliance": "b"}),
        ("b", False, {"do": "claim_role", "role": "primary", "appliance": "b"}),
    ],
)
def test_a_pair_is_read_directly_before_the_request(given, tmp_path, monkeypatch, node, serves, act):
    bench, journal = given(PAIR), str(tmp_path / "state" / "journal.jsonl")
    where = on_node(bench, tmp_path, node, "ab".replace(node, ""), relation="absent")
    if act and act["do"] == "claim_role":
        bench.running.machine("a").failover_role = "primary"
    before_press(bench, monkeypatch, lambda: act and do(bench.running.simulation, dict(act)))
    result = performed(bench, INSTALL, package=SITE, backup="x", journal=journal, serves=serves, **where, **WAIVER, **EULA)
    assert (result["error"], result["outcome"]) == ("Unsafe", "nothing_done"), result
    assert bench.writes() == [] and not Journal(journal).step_is_open(SITE)


def test_a_session_of_another_node_presses_nothing(given, tmp_path, monkeypatch):
    """The address leads to the peer for its pages only, as a name does that changes from one look-up to the next."""
    bench = given(PAIR)
    where = on_node(bench, tmp_path, "b", "a")
    real = appliance_basics.read
    before_press(
        bench,
        monkeypatch,
        lambda: monkeypatch.setattr(appliance_basics, "read", lambda browser: replace(real(browser), guid=bench.running.machine("a").guid)),
    )
    result = performed(bench, INSTALL, package=SITE, backup="x", serves=False, **where, **WAIVER, **EULA)
    assert (result["error"], result["outcome"]) == ("Unsafe", "nothing_done") and "Another appliance" in result["msg"]
    assert bench.writes() == []
