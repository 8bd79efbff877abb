# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The playbook that looks after the clients of a pair: once, at the node that serves them."""

import json
import sys

import pytest
from simulator.testing import Running

from tests.chaos.cases import PAIR
from tests.support.ansible import command, connection_of, program

pytestmark = pytest.mark.slow


def test_pair_has_aftercare_once_where_served(tmp_path):
    with Running(PAIR.replace("base: 6.0.2, version: 20.2.1", "base: 6.2.0, version: 22.1.4")) as running:
        serving = running.pair().front
        other = "a" if serving == "b" else "b"
        known = {node: connection_of(running, tmp_path, node) for node in (other, serving)}
        hosts = {node: {f"bomgar_{name}": value for name, value in options.items()} for node, options in known.items()}
        common = {
            "ansible_connection": "local",
            "ansible_python_interpreter": sys.executable,
            "upgrade_site": "site",
            "upgrade_public_url": running.public_url(),
            "upgrade_state_dir": str(tmp_path / "site"),
        }
        inventory = {"all": {"children": {"appliances": {"children": {"site": {"hosts": hosts}}}}, "vars": common}}
        (tmp_path / "hosts.json").write_text(json.dumps(inventory))
        done = command([program("ansible-playbook"), "-i", str(tmp_path / "hosts.json"), "bomgar.appliance.aftercare"], tmp_path)
        asked = {one["appliance"] for one in running.requests() if one["path"].startswith("/api/config")}
    assert asked == {serving}
    assert f"{serving} belongs to the site" in done.stdout or f"{other} belongs to the site" in done.stdout
    assert json.loads((tmp_path / "site" / "aftercare.json").read_text())["open"]
