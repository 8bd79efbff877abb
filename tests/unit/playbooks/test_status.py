# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The playbook status: a host with a wrong variable is a row, and batches end in one table."""

import json
import sys

import pytest
from simulator.testing import Running

from tests.support.ansible import command, connection_of, program

pytestmark = pytest.mark.slow


def test_a_wrong_variable_hides_no_other_site(tmp_path):
    with Running("mixed_fleet") as running:
        hosts = {name: {f"bomgar_{one}": value for one, value in connection_of(running, tmp_path, name).items()} for name in "cd"}
        hosts["c"]["upgrade_mode"] = "standalnoe"
        common = {"ansible_python_interpreter": sys.executable, "bomgar_serial": 1, "status_file": str(tmp_path / "status.json")}
        (tmp_path / "hosts.json").write_text(json.dumps({"appliances": {"hosts": hosts, "vars": common}}))
        done = command(
            [program("ansible-playbook"), "-i", str(tmp_path / "hosts.json"), "bomgar.appliance.status", "--diff"], tmp_path, check=False
        )
        assert running.requests("write") == []
    told = done.stdout + done.stderr
    assert done.returncode != 0 and told.count("caught up") == 0 and told.count("version  Base") == 1, told
    wrong, right = json.loads((tmp_path / "status.json").read_text())["sites"]
    assert (wrong["site"], wrong["state"], wrong["nodes"]) == ("c", "unread", []) and "standalnoe" in wrong["findings"][0]["text"]
    assert right["nodes"][0]["version"] == "20.2.1" and right["findings"] == []
