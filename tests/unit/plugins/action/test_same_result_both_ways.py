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


# name: (module, options besides those of the connection). One play for each way has them all: a start of Ansible costs more than a task.
CALLS = {
    "appliance_info": ("appliance_info", {}),
    "update_info": ("update_info", {}),
    "client_info": ("client_info", {}),
    "denied": ("appliance_info", {"client_secret": "not-the-secret"}),
    "incomplete": ("update_install", {"package": None}),
}
# What Ansible itself adds to a result.
ADDED = {
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


def results(running, folder, way):
    """{name: result of the call, without what Ansible itself adds}."""
    host, keywords = WAYS[way]
    tasks = [
        {
            f"bomgar.appliance.{module}": {**connection_of(running, folder / name), **more},
            "register": f"seen_{name}",
            "ignore_errors": True,
            **keywords,
        }
        for name, (module, more) in CALLS.items()
    ]
    seen = "{{ {" + ", ".join(f"'{name}': seen_{name}" for name in CALLS) + "} | to_json }}"
    tasks.append({"ansible.builtin.copy": {"content": seen, "dest": str(folder / "seen.json")}})
    play(tasks, folder, hosts=host, ANSIBLE_ASYNC_DIR=str(folder / "async"))
    found = json.loads((folder / "seen.json").read_text())
    return {name: {key: value for key, value in result.items() if key not in ADDED} for name, result in found.items()}


def test_each_call_gives_the_same_everywhere(running, tmp_path):
    """Reads, a failure, and a missing option, which a packed module tells in its own words."""
    found = {way: results(running, tmp_path / way, way) for way in WAYS}
    for name in ("appliance_info", "update_info", "client_info"):
        assert found["in-process"][name]["failed"] is False, name
    assert found["in-process"]["denied"]["error"] == "AccessDenied"
    for name in set(CALLS) - {"incomplete"}:
        assert found["in-process"][name] == found["bastion"][name] == found["async"][name], name
    assert {way: one["incomplete"]["failed"] for way, one in found.items()} == dict.fromkeys(WAYS, True)
    assert all("package" in one["incomplete"]["msg"] for one in found.values())


def test_output_has_no_secret_when_verbose(running, tmp_path):
    connection = connection_of(running, tmp_path)
    for host in ("appliance ansible_connection=local", "appliance ansible_connection=bastion"):
        done = play([{"bomgar.appliance.update_info": connection}], tmp_path, hosts=host, arguments=["-vvvv"])
        for secret in (connection["client_secret"], connection["web_password"]):
            # the play itself was written with the secret in it by this test; Ansible must not print it
            assert secret not in done.stdout + done.stderr


def test_credentials_fall_back_to_vendor_variables(running, tmp_path):
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


def test_journal_names_person_at_the_controller(tmp_path):
    person = {"bomgar_person": "Ada {{ 'Example' }}", "tower_user_name": "ada", "awx_job_id": 4711}
    for way, (host, keywords) in WAYS.items():
        path = tmp_path / way / "site" / "journal.jsonl"
        task = {"bomgar.appliance.journal": {"path": str(path), "state": "acknowledged", "what": "interim"}, "vars": person, **keywords}
        play([task], tmp_path / way, hosts=host, ANSIBLE_ASYNC_DIR=str(tmp_path / way / "async"), SUDO_USER="ada.admin")
        entry = json.loads(path.read_text())
        who = entry["who"]
        assert entry["data"]["by"] == who["person"] == "Ada Example", way
        assert (who["user"], who["awx_user"], who["awx_job"], who["ansible_core"]) == ("ada.admin", "ada", "4711", ansible_core), way
