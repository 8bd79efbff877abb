# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The role failover outside of a maintenance window: neither the roles nor the public name move, and the run waits."""

import json
import sys

import pytest
from simulator.testing import Running

from tests.support.ansible import command, connection_of, program

pytestmark = pytest.mark.slow
CLOSED = {"list": [{"start": "2020-03-07 22:00", "end": "2020-03-08 02:00"}, {"start": "2027-03-07 22:00", "end": "2027-03-08 02:00"}]}


def taking_over(tasks_from, kept):
    """Tasks: the node b takes over as a step of an upgrade; afterwards what the role says of it is in the file `kept`."""
    said = "{{ {'state': failover_state, 'next': _failover_next_run_at} | to_json }}"
    return [
        {"ansible.builtin.include_role": {"name": "bomgar.appliance.failover", "tasks_from": tasks_from, "rolespec_validate": False}},
        {"ansible.builtin.copy": {"content": said, "dest": kept, "mode": "0600"}},
    ]


@pytest.mark.parametrize("tasks_from", ["public_name", "step"])
def test_a_take_over_waits_before_anything_moves(tmp_path, tasks_from):
    with Running("pair_one_hop") as running:
        hosts = {node: {f"bomgar_{name}": value for name, value in connection_of(running, tmp_path, node).items()} for node in "ab"}
        shared = {
            "ansible_connection": "local",
            "ansible_python_interpreter": sys.executable,
            "failover_primary": "b",
            "failover_nodes": ["a", "b"],
            "failover_public_url": running.public_url(),
            "failover_action": "take_over",
            "failover_journal": str(tmp_path / "site/journal.jsonl"),
            "failover_network_hook": str(tmp_path / "no-such-hook.yml"),
            "failover_windows": CLOSED,
            "failover_window_seconds": 600,
        }
        (tmp_path / "inventory.json").write_text(json.dumps({"all": {"hosts": hosts, "vars": shared}}))
        play = {"hosts": "a", "gather_facts": False, "tasks": taking_over(tasks_from, str(tmp_path / "said.json"))}
        (tmp_path / "play.yml").write_text(json.dumps([play]))
        command([program("ansible-playbook"), "-i", str(tmp_path / "inventory.json"), str(tmp_path / "play.yml")], tmp_path)
        entries = [json.loads(line) for line in (tmp_path / "site/journal.jsonl").read_text().splitlines()]
        assert json.loads((tmp_path / "said.json").read_text()) == {"state": "waiting", "next": "2027-03-07T22:00:00+00:00"}
        assert [entry["event"] for entry in entries] == ["window_waiting"] and running.requests("write") == []
