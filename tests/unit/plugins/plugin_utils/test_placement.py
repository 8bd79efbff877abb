# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Modules called in a play that says nothing of where they run, and values that Ansible would bend, end with a sentence that helps."""

import pytest

from tests.support.ansible import play

pytestmark = pytest.mark.slow
URL = "https://support.example.invalid:9"
READ = {"bomgar.appliance.appliance_info": {"url": URL, "client_id": "me", "client_secret": "canary"}}


def end(folder, task, *, hosts, **environment):
    done = play([task], folder, check=False, hosts=hosts, **environment)
    assert done.returncode != 0
    return " ".join((done.stdout + done.stderr).split())


def test_a_login_to_the_appliance_is_refused(tmp_path):
    shown = end(tmp_path, READ, hosts="support.example.invalid ansible_connection=ssh")
    assert "would log in to the appliance support.example.invalid itself" in shown and "connection: local" in shown


def test_a_failed_login_says_what_to_write(tmp_path):
    journal = {"bomgar.appliance.journal_info": {"path": str(tmp_path / "journal.jsonl")}}
    shown = end(tmp_path, journal, hosts="support.example.invalid ansible_connection=ssh ansible_ssh_executable=/bin/false")
    assert "connection: local" in shown


def test_become_says_that_it_is_not_needed(tmp_path):
    tmp_path.joinpath("sudo").write_text("#!/bin/sh\necho 'sudo: Permission denied' >&2\nexit 1\n")
    tmp_path.joinpath("sudo").chmod(0o755)
    become = f"ansible_become=true ansible_become_user=nobody ansible_become_exe={tmp_path}/sudo"
    shown = end(tmp_path, READ, hosts=f"a ansible_connection=local {become}")
    assert "become: false" in shown, shown


@pytest.mark.parametrize("version", [24.1, 24])
def test_a_version_that_is_a_number_is_refused(tmp_path, version):
    task = {"bomgar.appliance.upgrade_plan": {"site": {}, "mode": "standalone", "target_version": version}}
    assert f"target_version is {version}, which is not text" in end(tmp_path, task, hosts="a ansible_connection=local")
