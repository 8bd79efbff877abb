# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Inventories of simulated sites for programs that run the shipped playbooks."""

import json
import pathlib

from tests.support.ansible import ROOT, connection_of, environment_of

AUTOMATION = ROOT / ".venv-automation/bin"
NODE = str(ROOT / ".build/node/node_modules/.bin")
QUICK = {
    "upgrade_target_version": "newest",
    "preflight_target_version": "newest",
    "preflight_checks": ["all", "!clock", "!state_durable"],  # time runs faster in the simulator
    "backup_certificate_passphrase": "only for this test",
    "install_accept_eula": True,
    "install_contact": {"name": "Ada Example", "email": "ada@example.com", "title": "Administrator"},
    "install_poll_interval": 1,
    "catch_up_poll_interval": 1,
    "catch_up_mode": "hold",
}


def write_inventory(path, running, state, url=None, **known):
    """The path of an inventory with the first appliance of the simulator; url: another way to it; state: the site's folder."""
    connection = connection_of(running, pathlib.Path(path).parent, running.world["appliances"][0]["name"])
    facts = {f"bomgar_{key}": value for key, value in {**connection, "url": url or connection["url"]}.items()}
    shared = {"ansible_python_interpreter": "{{ ansible_playbook_python }}", "upgrade_state_dir": str(state), **QUICK, **known}
    pathlib.Path(path).write_text(json.dumps({"appliances": {"hosts": {"a": {**facts, **shared}}}}))
    return path


def surrounding(folder):
    """The environment of a program of .venv-automation."""
    kept = environment_of(folder)
    return {**kept, "PATH": f"{AUTOMATION}:{kept['PATH']}"}
