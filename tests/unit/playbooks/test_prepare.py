# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The playbook prepare: what fails keeps the rest from nothing, and the upgrade does not repeat what is recent."""

import json
import re

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from simulator.testing import Running

from tests.support.ansible import command, program
from tests.support.two_sites import ALONE_TWICE, TWO, inventory

pytestmark = pytest.mark.slow
A, B = "a.example.com", "b.example.com"


class Owner:
    """Somebody who runs playbooks on two sites in a folder."""

    def __init__(self, running, folder):
        self.running, self.folder = running, folder
        self.hosts = inventory(running, folder)

    def play(self, playbook, *more, **variables):
        """(the finished playbook, the requests that it sent)."""
        before = len(self.running.requests())
        arguments = ["-i", self.hosts, f"bomgar.appliance.{playbook}", "-e", json.dumps({"catch_up_mode": "stop", **variables}), *more]
        done = command([program("ansible-playbook"), *arguments], self.folder, check=False, ANSIBLE_SHOW_CUSTOM_STATS="1")
        return done, self.running.requests()[before:]

    def events(self, site, name):
        return [entry["data"] for entry in Journal(str(self.folder / site / "journal.jsonl")).read() if entry["event"] == name]

    def report(self, site):
        return json.loads((self.folder / site / "report.json").read_text())

    def prepared(self, site):
        return self.events(site, "prepared")[-1]["preparation"]


def changed(done, host):
    (numbers,) = re.findall(rf"^{host} +: ok=\d+ +changed=(\d+)", done.stdout, re.M)
    return int(numbers)


def before_the_first_write(requests):
    """The paths that were read before the first installation was begun."""
    first = next(number for number, one in enumerate(requests) if one["effect"] == "write")
    return [one["path"] for one in requests[:first]]


@pytest.mark.timeout(900)  # five playbooks
def test_prepared_work_is_not_repeated(tmp_path):
    with Running(ALONE_TWICE, speed=600, idle_speed=600) as running:
        owner = Owner(running, tmp_path)
        predicted = owner.play("prepare", "--check", "--limit", A)[0]
        assert predicted.returncode == 0 and running.requests("write") == [] and not (tmp_path / A).exists(), predicted.stdout[-3000:]
        first, sent = owner.play("prepare", "--limit", A)
        assert first.returncode == 0, first.stdout[-3000:] + first.stderr[-1000:]
        assert running.requests("write") == [] and changed(first, A) == changed(predicted, A) == 4
        again, sent_again = owner.play("prepare", "--limit", A)
        assert (again.returncode, changed(again, A)) == (0, 0) and len(sent_again) < len(sent)
        found = owner.prepared(A)
        stats = json.loads(re.search(r"CUSTOM STATS: \*+\s+RUN: (.*)", first.stdout, re.S).group(1))
        assert stats == {"prepare_states": {A: "prepared"}, "plan_hashes": {A: found["plan"]}}
        assert found["failed"] == [] and len(found["ready"]) == 6 and len(found["left"]) == 3
        report = owner.report(A)
        assert (report["state"], report["preparation"]["plan"]) == ("prepared", found["plan"])
        approved = {"upgrade_approved_plan": found["plan"], "upgrade_jump_client_settings": {}}
        done, prepared = owner.play("upgrade", "--limit", A, **approved)
        assert done.returncode == 0, done.stdout[-3000:]
        assert owner.events(A, "plan_approved") and owner.report(A)["state"] == "waiting"
        assert len(owner.events(A, "backup_taken")) == len(owner.events(A, "snapshot_taken")) == 1
        done, unprepared = owner.play("upgrade", "--limit", B, upgrade_jump_client_settings={})
        assert done.returncode == 0, done.stdout[-3000:]
    with_it, without = before_the_first_write(prepared), before_the_first_write(unprepared)
    assert len(with_it) < 0.8 * len(without), (len(with_it), len(without))
    assert not [path for path in with_it if "/api/backup" in path] and [path for path in without if "/api/backup" in path]
    assert "check_health" in str(prepared), "the preflight asks again"


def test_unready_site_is_prepared_where_possible(tmp_path):
    """A site that is not ready is prepared as far as possible."""
    with Running(TWO) as running:
        owner = Owner(running, tmp_path)
        done = owner.play("prepare")[0]
        assert done.returncode == 2 and running.requests("write") == []
        assert f"{A}: the upgrade is not prepared. the preflight of {A}: " in done.stdout and "database is slow" in done.stdout
        assert "is undefined" not in done.stdout + done.stderr
        for site, state in ((A, "failed"), (B, "prepared")):
            assert owner.report(site)["state"] == state
            assert len(owner.events(site, "backup_taken")) == len(owner.events(site, "snapshot_taken")) == 1
            assert not (tmp_path / site / "journal.jsonl.lock").exists()
        assert owner.report(A)["verdict"].startswith("The preparation is not complete: the preflight of a.example.com")
        assert changed(done, B) == 4


def test_missing_package_leaves_the_rest_prepared(tmp_path):
    with Running(ALONE_TWICE) as running:
        owner = Owner(running, tmp_path)
        done = owner.play("prepare", "--limit", A, upgrade_target_version="24.3.1")[0]
        assert done.returncode == 2
        found = owner.prepared(A)
        assert found["failed"][0].startswith("the plan: ") and "24.3.1" in found["failed"][0] and found["plan"] == ""
        assert any("the backup" in one for one in found["ready"]) and any("the snapshot" in one for one in found["ready"])


def test_a_backup_that_cannot_be_saved_is_named(tmp_path):
    with Running(ALONE_TWICE) as running:
        owner = Owner(running, tmp_path)
        running.fault("truncate", times=None, match={"path": "/api/backup"})
        (tmp_path / A).mkdir(mode=0o700)
        done = owner.play("prepare", "--limit", A, prepare_parts=["backup", "snapshot"])[0]
        assert done.returncode == 2
        (failed,) = owner.prepared(A)["failed"]
        assert failed.startswith(f"the backup of {A}: ") and any("the snapshot" in one for one in owner.prepared(A)["ready"])
        running.simulation.faults.clear()
        done = owner.play("prepare", "--limit", A, prepare_parts=["backup", "snapshot"])[0]
        assert done.returncode == 0 and owner.report(A)["state"] == "prepared" and len(owner.events(A, "snapshot_taken")) == 1


def test_manual_backup_stays_with_the_person(tmp_path):
    with Running(ALONE_TWICE) as running:
        owner = Owner(running, tmp_path)
        done = owner.play("prepare", "--limit", A, backup_method="manual", prepare_parts=["backup", "snapshot"])[0]
        assert done.returncode == 0, done.stdout[-3000:]
        found = owner.prepared(A)
        assert owner.report(A)["state"] == "manual" and any("Download Backup" in one for one in found["person"])
        assert any("the snapshot" in one for one in found["ready"]) and not any("the backup" in one for one in found["ready"])


def test_unverified_installation_prevents_preparation(tmp_path):
    with Running(ALONE_TWICE) as running:
        owner = Owner(running, tmp_path)
        journal = Journal(str(tmp_path / A / "journal.jsonl"))
        journal.append("step_begun", package="Base 6.2.0", kind="base", host="127.0.0.1", guid=running.machine("a").guid)
        done = owner.play("prepare", "--limit", A)[0]
        assert done.returncode == 2 and "was begun and is not verified" in done.stdout
        assert owner.events(A, "backup_taken") == [] and owner.events(A, "prepared") == []
