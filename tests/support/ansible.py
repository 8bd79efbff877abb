# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Runs Ansible as a user does, against a simulator that runs in this process."""

import json
import os
import subprocess
import sys
from pathlib import Path

SUPPORT = Path(__file__).parent
ROOT = SUPPORT.parents[1]


def connection_of(running, folder, node=None, **more):
    """Connection options of the modules for a running simulator (simulator.testing.Running), of its first appliance or of a node."""
    accounts = running.world["accounts"]
    if accounts["api"]:
        api = {name: accounts["api"][0][name] for name in ("client_id", "client_secret")}
    else:
        api = {name: accounts["legacy_users"][0][name] for name in ("username", "password")}
    return {
        "url": running.url_of(node) if node else running.url,
        "ca_path": running.ca_file,
        **api,
        "web_username": accounts["appliance"][0]["username"],
        "web_password": accounts["appliance"][0]["password"],
        **{f"login_{name}": accounts["login"][0][name] for name in ("username", "password") if node},
        "cache_dir": str(Path(folder) / "cache"),
        **more,
    }


def variables_of_sites(folder, target):
    """What the inventories of several simulated sites share: a state folder for each host below `folder`, and a clock of its own."""
    return {
        "ansible_python_interpreter": sys.executable,
        "upgrade_state_dir": str(Path(folder) / "{{ inventory_hostname }}"),
        "upgrade_target_version": target,
        "backup_certificate_passphrase": "canary passphrase",
        "preflight_checks": ["all", "!clock", "!state_durable"],
        "install_poll_interval": 1,
    }


def play(tasks, folder, *, hosts="appliance ansible_connection=local", arguments=(), check=True, **environment):
    """Run tasks in a play on the host `appliance`; the finished process, its output as text.

    hosts: the line of the inventory. environment: more variables. check: fail the test when the play fails.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    playbook, inventory = folder / "play.yml", folder / "hosts"
    playbook.write_text(json.dumps([{"hosts": "all", "gather_facts": False, "tasks": tasks}]))
    inventory.write_text(f"{hosts} ansible_python_interpreter={sys.executable}\n")
    return command([program("ansible-playbook"), "-i", str(inventory), str(playbook), *arguments], folder, check=check, **environment)


def environment_of(folder):
    """What a command of Ansible needs to use this checkout as the collection, with a home of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
    settings = {
        "ANSIBLE_CONFIG": str(SUPPORT / "ansible.cfg"),
        "ANSIBLE_COLLECTIONS_PATH": os.environ.get("ANSIBLE_COLLECTIONS_PATH", str(ROOT / ".build/collections")),
        "ANSIBLE_HOME": str(Path(folder) / "ansible"),
        "ANSIBLE_CONNECTION_PLUGINS": str(SUPPORT / "connection"),
        "ANSIBLE_CALLBACK_PLUGINS": str(SUPPORT / "callback"),
        "ANSIBLE_STDOUT_CALLBACK": "default",
        "ANSIBLE_NOCOLOR": "1",
        "HOME": os.environ["HOME"],
        "LC_ALL": "C.UTF-8",
    }
    return {**kept, **settings}


def command(arguments, folder, *, check=True, **environment):
    """Run a command of Ansible."""
    variables = {**environment_of(folder), **environment}
    done = subprocess.run(arguments, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


def program(name):
    """The path of a command that belongs to this Python."""
    return str(Path(sys.executable).parent / name)
