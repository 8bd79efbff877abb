# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The role that looks after the clients: installers made again, the list written, nobody's secret shown at any verbosity."""

import json
import stat

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules.client_installers import OPERATION as INSTALLERS
from simulator.testing import Running

from tests.support.ansible import connection_of, play
from tests.support.appliances import Bench

pytestmark = pytest.mark.slow
API = "/api/config/v1/jump-client/installer"


@pytest.fixture
def upgraded(tmp_path):
    """A simulator whose appliance was upgraded, and the journal in which its installers were recorded before."""
    with Running("modern_layout") as running:
        running.machine().people.add_installer({"jump_group_id": 3, "name": "Kiosk"}, running.now(), 2000)
        journal = Journal(str(tmp_path / "site" / "journal.jsonl"))
        journal.append("clients_counted", moment="before", counts={"kinds": {}, "connected": {"pinned_client": 1}})
        Bench(running, tmp_path).run(INSTALLERS, state="recorded", journal=journal.path)
        journal.append("step_done", package="BeyondTrust Remote Support", kind="site", version="22.1.4", appliance_time=running.now())
        running.machine().people.upgraded(running.now())
        yield running, journal


def care(running, folder, *, check=True, arguments=(), **variables):
    task = {
        "ansible.builtin.include_role": {"name": "bomgar.appliance.aftercare"},
        "vars": {"aftercare_state_dir": str(folder / "site"), "aftercare_installers": True, **variables},
    }
    defaults = {"group/bomgar.appliance.appliance": connection_of(running, folder)}
    return play([{"block": [task], "module_defaults": defaults}], folder, check=check, arguments=arguments, ANSIBLE_SHOW_CUSTOM_STATS="1")


def told(folder):
    return {one["id"]: one for one in json.loads((folder / "site" / "aftercare.json").read_text())["work_list"]}


def test_installers_and_list_are_made(upgraded, tmp_path):
    """No secret is shown."""
    running, journal = upgraded
    done = care(running, tmp_path, arguments=["-vvvv", "--diff"], aftercare_platforms=["windows-64-msi", "mac-dmg"])
    people = running.machine().people
    assert [one.fields["name"] for one in people.installers][-1] == "Kiosk" and len(journal.state().clients.made) == 2
    assert told(tmp_path)["jump_client_installers"]["state"] == "done"
    assert "integration_clients" in done.stdout[done.stdout.index("CUSTOM STATS") :]
    site = tmp_path / "site"
    assert {stat.S_IMODE(one.stat().st_mode) for one in site.rglob("*") if one.is_file()} == {0o600}
    secrets = [one.key for one in people.installers] + [running.world["accounts"]["api"][0]["client_secret"]]
    shown = done.stdout + done.stderr + "".join(one.read_text() for one in site.rglob("*") if one.is_file() and "-key.json" not in one.name)
    assert not [one for one in secrets if one in shown]
    assert [json.loads(one.read_text())["key_info"]["encodedInfo"] in secrets for one in site.rglob("*-key.json")] == [True, True]


def test_a_second_run_changes_nothing(upgraded, tmp_path):
    running, _journal = upgraded
    care(running, tmp_path)
    number = len(running.machine().people.installers)
    assert "changed=0" in care(running, tmp_path).stdout
    assert len(running.machine().people.installers) == number


def test_check_mode_sends_reads_only_and_writes_nothing(upgraded, tmp_path):
    running, journal = upgraded
    before = journal.read()
    done = care(running, tmp_path, arguments=["--check"])
    assert "changed=0" not in done.stdout and running.requests("write") == []
    assert journal.read() == before and {one.name for one in (tmp_path / "site").iterdir()} == {"journal.jsonl", "journal.jsonl.head"}


def test_missing_permission_is_listed_not_failed(upgraded, tmp_path):
    running, _journal = upgraded
    running.fault("status", status=403, body='{"message": "This action is unauthorized."}', times=None, match={"path": "/api/config/*"})
    care(running, tmp_path)
    assert "perm_configuration" in told(tmp_path)["jump_client_installers"]["reason"]
    assert "could not be read" in told(tmp_path)["jumpoints"]["reason"]


def test_a_product_without_the_api_gets_its_list(tmp_path):
    with Running("old_xml") as running:
        care(running, tmp_path)
    assert told(tmp_path)["integration_clients"]["state"] == "open"
    assert told(tmp_path)["jumpoints"]["state"] == "open" and "could not be read" in told(tmp_path)["jumpoints"]["reason"]


def test_what_people_confirm_is_remembered(upgraded, tmp_path):
    running, _journal = upgraded
    care(running, tmp_path, aftercare_confirmed=["old_msi_remove"], aftercare_installers=False)
    care(running, tmp_path, aftercare_installers=False)
    assert told(tmp_path)["old_msi_remove"]["state"] == "done"
    assert told(tmp_path)["jump_client_installers"]["state"] == "open"


def test_failed_installer_fails_after_the_list(upgraded, tmp_path):
    running, _journal = upgraded
    running.fault("status", status=422, body='{"message": "The Jump Group is gone."}', times=None, match={"method": "POST", "path": API})
    done = care(running, tmp_path, check=False)
    assert done.returncode != 0 and "The Jump Group is gone." in done.stdout
    assert "The Jump Group is gone." in told(tmp_path)["jump_client_installers"]["reason"]
