# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A wrong address, certificate, folder, disk or journal: one sentence, and what was saved stays."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import files
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules.appliance_info import OPERATION as INFO
from ansible_collections.bomgar.appliance.plugins.modules.backup import OPERATION as BACKUP
from ansible_collections.bomgar.appliance.plugins.modules.catch_up import OPERATION as WAIT
from ansible_collections.bomgar.appliance.plugins.modules.certificate_export import OPERATION as EXPORT
from ansible_collections.bomgar.appliance.plugins.modules.journal_info import OPERATION as JOURNAL
from ansible_collections.bomgar.appliance.plugins.modules.preflight import OPERATION as PREFLIGHT
from ansible_collections.bomgar.appliance.plugins.modules.update_install import OPERATION as INSTALL

from tests.support.ansible import ROOT
from tests.support.sentences import another_web_server, asked, performed, readable, sentence


@pytest.fixture
def bench(given):
    return given()


def saved(bench, folder, **more):
    return performed(bench, BACKUP, dest=str(folder), **more)


# --- the address


def test_untrusted_certificate_names_ca_path(bench):
    """And no secret is sent."""
    text = sentence(bench, INFO, ca_path=None)
    assert "certificate was not trusted" in text and "ca_path" in text
    assert bench.running.requests() == []


def test_a_file_without_certificates_is_named(bench, tmp_path):
    (tmp_path / "ca.pem").write_text("nothing")
    result = performed(bench, INFO, ca_path=str(tmp_path / "ca.pem"))
    readable(result["msg"])
    assert "ca.pem (ca_path)" in result["msg"]


def test_foreign_web_server_shows_its_page(bench):
    """A web server that is no appliance is recognized by its page."""
    with another_web_server() as host:
        text = sentence(bench, INFO, url=host, host=host)
        assert "'Welcome to nginx!'" in text and "url" in text
        found = performed(bench, PREFLIGHT, url=host)
        assert not found["passed"] and any("login page" in line for line in found["blocking"])
        for line in found["blocking"]:
            readable(line)


def test_a_port_without_tls_is_told(bench):
    with another_web_server(secure=False) as host:
        assert "HTTPS port" in sentence(bench, INFO, url=host, host=host)


def test_a_host_name_that_nobody_knows_is_told(bench):
    assert "host name is not known" in sentence(bench, INFO, url="nobody.invalid", host="nobody.invalid")


def test_plain_http_is_refused_before_anything_is_sent(bench):
    text = performed(bench, INFO, url="http://support.example.com")["msg"]
    readable(text)
    assert "'http://support.example.com'" in text and "HTTPS" in text


def test_a_preflight_of_a_silent_appliance_is_short(bench):
    """It does not wait for each of its many reads."""
    bench.running.fault("drop_before", times=None)
    result = performed(bench, PREFLIGHT)
    assert not result["passed"] and len(result["results"]) >= 10
    assert len(bench.running.requests()) <= 6


# --- the disk


@pytest.fixture
def full_disk(monkeypatch):
    """Call it, and files.py can write so many bytes more."""

    def fill(left):
        def write(descriptor, data):
            nonlocal left
            if len(data) > left:
                raise OSError(errno.ENOSPC, "No space left on device")
            left -= len(data)
            return os.write(descriptor, data)

        names = {name: getattr(os, name) for name in dir(os)}
        monkeypatch.setattr(files, "os", SimpleNamespace(**{**names, "write": write}))

    return fill


def test_full_disk_loses_no_saved_file(bench, tmp_path, full_disk):
    journal = str(tmp_path / "state" / "journal.jsonl")
    first = saved(bench, tmp_path / "saved", journal=journal)["backup"]
    before = {one.name: one.read_bytes() for one in (tmp_path / "saved").iterdir()}
    (tmp_path / "more").mkdir(0o700)
    full_disk(100_000)
    text = sentence(bench, BACKUP, dest=str(tmp_path / "more"), journal=journal)
    assert "disk is full" in text and str(tmp_path / "more") in text and "bytes" in text and "Free space" in text
    assert {one.name: one.read_bytes() for one in (tmp_path / "saved").iterdir()} == before
    assert list((tmp_path / "more").iterdir()) == []
    assert [entry["path"] for entry in Journal(journal).state().backups] == [first["path"]]


@pytest.mark.parametrize("operation, more", [(BACKUP, {}), (EXPORT, {"passphrase": "open sesame"})], ids=["backup", "certificate_export"])
def test_impossible_folder_leaves_nothing(bench, tmp_path, operation, more):
    (tmp_path / "taken").write_text("a file")
    text = sentence(bench, operation, dest=str(tmp_path / "taken" / "saved"), **more)
    assert str(tmp_path / "taken") in text and "folder" in text or "another" in text
    assert (tmp_path / "taken").read_text() == "a file"


def test_unwritable_journal_fails_before_fetching(bench, tmp_path):
    (tmp_path / "state").mkdir()
    (tmp_path / "state").chmod(0o755)
    text = sentence(bench, BACKUP, dest=str(tmp_path / "saved"), journal=str(tmp_path / "state" / "journal.jsonl"))
    assert "chmod 700" in text
    assert asked(bench, "/api/backup") == 0 and not (tmp_path / "saved").exists()


# --- the journal


@pytest.fixture
def journal(bench, tmp_path):
    """A journal of the bench's appliance with some lines."""
    path = str(tmp_path / "state" / "journal.jsonl")
    saved(bench, tmp_path / "saved", journal=path)
    for number in range(3):
        Journal(path).append("note", text=f"line {number}")
    return path


def test_a_damaged_journal_is_left_alone(bench, journal):
    """The error names the line."""
    content = Path(journal).read_text().replace("line 1", "line 9")
    Path(journal).write_text(content)
    read = performed(bench, JOURNAL, path=journal)
    assert not read.get("failed") and "line 3" in read["chain"]["faults"][0], "who reads goes on, and is shown the damage"
    for operation, more in ((INSTALL, {"package": "Base 6.0.2"}), (WAIT, {})):
        assert "damaged: line 3" in sentence(bench, operation, journal=journal, **more)
    assert Path(journal).read_text() == content and bench.writes() == []


@pytest.mark.parametrize(
    "operation, more",
    [(INSTALL, {"package": "Base 6.0.2", "keys_waiver": "vault"}), (BACKUP, {}), (EXPORT, {"passphrase": "open sesame"}), (WAIT, {})],
    ids=["update_install", "backup", "certificate_export", "catch_up"],
)
def test_the_journal_of_another_appliance_is_refused(given, tmp_path, operation, more):
    bench, path = given(), str(tmp_path / "state" / "journal.jsonl")
    Journal(path).append("backup_taken", path="x", sha256="0" * 64, guid="f" * 32)
    Journal(path).append("step_done", package="X", kind="site", version="19.1.8", appliance_time=1.0)
    content = Path(path).read_text()
    more = dict(more, **({"dest": str(tmp_path / "saved")} if operation in (BACKUP, EXPORT) else {}))
    text = sentence(bench, operation, journal=path, **more)
    assert "f" * 32 in text and bench.machine.guid in text and "url" in text
    assert Path(path).read_text() == content and bench.writes() == [] and not (tmp_path / "saved").exists()


# --- the simulator's own input


def test_a_typo_in_a_world_file(tmp_path):
    """The error names its line and the nearest known word."""
    (tmp_path / "mine.yml").write_text(
        "schema: 1\nname: mine\nproduct: rs\nappliances: [{name: a, base: 6.2.0, version: 23.2.1}]\npackges: []\naccounts: {}\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "--world", str(tmp_path / "mine.yml")],
        cwd=ROOT,
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.count("\n") == 1
    assert "line 5" in done.stderr and "'packges'" in done.stderr and "'packages'" in done.stderr
