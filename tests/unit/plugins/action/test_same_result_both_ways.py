# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One action plugin in front of every module: in this process, on a bastion and with async the result is the same."""

import json

import pytest
from ansible.release import __version__ as ansible_core
from simulator.testing import Running

from tests.support.ansible import connection_of, play

pytestmark = pytest.mark.slow
WAYS = {
    "in-process": ("appliance ansible_connection=local", {}),
    "bastion": ("appliance ansible_connection=bastion", {}),
    "async": ("appliance ansible_connection=local", {"async": 60, "poll": 1}),
}


@pytest.fixture(scope="module")
def running():
    with Running("far_outdated") as simulator:
        yield simulator


def results(running, folder, module, more, check=True):
    """The module's result by each way, without what Ansible itself adds."""
    found = {}
    for way, (host, keywords) in WAYS.items():
        place = folder / way
        tasks = [
            {
                f"bomgar.appliance.{module}": {**connection_of(running, place), **more},
                "register": "seen",
                "ignore_errors": True,
                **keywords,
            },
            {"ansible.builtin.copy": {"content": "{{ seen | to_json }}", "dest": str(place / "seen.json")}},
        ]
        play(tasks, place, hosts=host, ANSIBLE_ASYNC_DIR=str(place / "async"))
        seen = json.loads((place / "seen.json").read_text())
        added = {
            "ansible_job_id",
            "finished",
            "started",
            "results_file",
            "stdout",
            "stdout_lines",
            "stderr",
            "stderr_lines",
            "invocation",
            "warnings",
            "deprecations",
            "exception",
            "failed_when_result",
            "ansible_facts",
        }
        found[way] = {name: value for name, value in seen.items() if name not in added}
    return found


@pytest.mark.parametrize("module", ["appliance_info", "update_info", "client_info"])
def test_reading_gives_the_same_everywhere(running, tmp_path, module):
    found = results(running, tmp_path, module, {})
    assert found["in-process"]["failed"] is False
    assert found["in-process"] == found["bastion"] == found["async"]


def test_a_failure_gives_the_same_sentence_everywhere(running, tmp_path):
    found = results(running, tmp_path, "appliance_info", {"client_secret": "not-the-secret"})
    assert found["in-process"]["failed"] is True
    assert found["in-process"]["error"] == "AccessDenied"
    assert found["in-process"] == found["bastion"] == found["async"]


def test_a_missing_option_is_refused_everywhere(running, tmp_path):
    found = results(running, tmp_path, "update_install", {"package": None})
    assert {way: result["failed"] for way, result in found.items()} == dict.fromkeys(WAYS, True)
    assert all("package" in result["msg"] for result in found.values())


def test_no_secret_is_in_the_output_at_any_verbosity(running, tmp_path):
    connection = connection_of(running, tmp_path)
    for host, _keywords in WAYS.values():
        done = play([{"bomgar.appliance.update_info": connection}], tmp_path, hosts=host, arguments=["-vvvv"])
        for secret in (connection["client_secret"], connection["web_password"]):
            # the play itself was written with the secret in it by this test; Ansible must not print it
            assert secret not in done.stdout + done.stderr


def test_credentials_fall_back_to_the_variables_of_the_vendors_tools(running, tmp_path):
    connection = connection_of(running, tmp_path)
    variables = {
        "BT_API_HOST": connection.pop("url"),
        "BT_CLIENT_ID": connection.pop("client_id"),
        "BT_CLIENT_SECRET": connection.pop("client_secret"),
    }
    play([{"bomgar.appliance.appliance_info": connection, "environment": variables}], tmp_path / "task")
    play([{"bomgar.appliance.appliance_info": connection}], tmp_path / "process", **variables)
    play(
        [{"bomgar.appliance.appliance_info": connection, "environment": variables}],
        tmp_path / "bastion",
        hosts="appliance ansible_connection=bastion",
    )


def test_the_journal_says_the_person_at_the_controller_wherever_the_module_runs(tmp_path):
    person = {"bomgar_person": "Ada {{ 'Example' }}", "tower_user_name": "ada", "awx_job_id": 4711}
    for way, (host, keywords) in WAYS.items():
        path = tmp_path / way / "site" / "journal.jsonl"
        task = {"bomgar.appliance.journal": {"path": str(path), "state": "acknowledged", "what": "interim"}, "vars": person, **keywords}
        play([task], tmp_path / way, hosts=host, ANSIBLE_ASYNC_DIR=str(tmp_path / way / "async"), SUDO_USER="ada.admin")
        entry = json.loads(path.read_text())
        who = entry["who"]
        assert entry["data"]["by"] == who["person"] == "Ada Example", way
        assert (who["user"], who["awx_user"], who["awx_job"], who["ansible_core"]) == ("ada.admin", "ada", "4711", ansible_core), way
