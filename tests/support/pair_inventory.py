# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The inventory of a simulated pair for a shipped playbook."""

import json
import sys

from tests.support.ansible import command, connection_of, program


def run_on_pair(running, folder, playbook, *arguments, **known):
    """The finished playbook, which may have failed, on the group `site` with the hosts a and b; known: more variables of the group."""
    hosts = {node: {f"bomgar_{name}": value for name, value in connection_of(running, folder, node).items()} for node in ("a", "b")}
    shared = {
        "ansible_python_interpreter": sys.executable,
        "upgrade_site": "site",
        "upgrade_mode": "asynchronous",
        "upgrade_public_url": running.public_url(),
        "upgrade_state_dir": str(folder / "site"),
        "upgrade_target_version": "22.1.4",
        "upgrade_data_gap": "accept",
        **known,
    }
    inventory = folder / "inventory.json"
    inventory.write_text(json.dumps({"all": {"children": {"appliances": {"children": {"site": {"hosts": hosts, "vars": shared}}}}}}))
    return command([program("ansible-playbook"), "-i", str(inventory), f"bomgar.appliance.{playbook}", *arguments], folder, check=False)
