# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Every command of the guides does what its page says, against simulated appliances."""

import json
import os
import shutil
import signal
import socket
import subprocess

import pytest
from simulator.testing import Running
from simulator.world import SHIPPED as WORLDS

from tests.support.ansible import command, connection_of, program
from tests.support.guides import ROOT, Reader, blocks
from tests.support.sample import part

GUIDES = ROOT / "docs/guides"
DAY = 25 * 3600
# Settings that a rehearsal needs; the clock of the simulator runs faster, and its folder may be in memory.
FAST = {"preflight_checks": ["all", "!clock", "!state_durable"], "install_poll_interval": 1, "catch_up_poll_interval": 1}


def world(name):
    """A shipped world, with the accounts of the guides."""
    return (WORLDS / f"{name}.yml").read_text(encoding="utf-8").replace("username: admin", "username: ansible")


def one_hop():
    """One site package to the version that the guides want, for clients that all upgrade within a day."""
    return world("clients_one_hop").replace("23.2.1", "24.3.1").replace("offline: 3, ", "")


def reader(running, folder, **words):
    """Somebody whose inventory is that of the README, for the simulated appliance."""
    known = connection_of(running, folder)
    one = Reader(folder, {"https://support.example.com": running.url, **words})
    secrets = {
        "bomgar_client_id": known["client_id"],
        "bomgar_client_secret": known["client_secret"],
        "bomgar_web_password": known["web_password"],
        "certificate_passphrase": "a passphrase for tests",
    }
    login = running.world["accounts"]["login"][0]
    settings = {
        **{f"vault_{name}": value for name, value in secrets.items()},
        "bomgar_ca_path": running.ca_file,
        "bomgar_login_username": login["username"],
        "bomgar_login_password": login["password"],
        **FAST,
    }
    one.write("group_vars/all.yml", json.dumps(settings))
    (inventory,) = [block for block in blocks(ROOT / "README.md") if block.name == "inventory.yml"]
    one.write("inventory.yml", inventory.text)
    return one


def free_ports(*offsets):
    """A port P so that each P + offset is free."""
    first = 20000 + os.getpid() % 40 * 300  # another one in each process of a parallel run
    for port in [*range(first, 32000, 300), *range(20000, first, 300)]:
        try:
            for offset in offsets:
                with socket.create_server(("127.0.0.1", port + offset)):
                    pass
        except OSError:
            continue
        return port
    raise AssertionError("no free ports")


def upgrade_one_appliance(tmp_path):
    with Running(one_hop(), speed=None, idle_speed=None) as appliance:
        follow_its_guides(appliance, tmp_path)


def follow_its_guides(appliance, tmp_path):
    one = reader(appliance, tmp_path)
    for name in ("preflight.md", "prepare.md", "first-upgrade.md"):
        one.follow(GUIDES / name)
    assert appliance.machine().version == "24.3.1"
    appliance.advance(DAY)
    for name in (
        "windows.md",
        "embedding.md",
        "running.md",
        "clients.md",
        "reports.md",
        "snapshots.md",
        "status.md",
        "fleet.md",
        "troubleshooting.md",
        "screen.md",
    ):
        one.follow(GUIDES / name)
    one.follow(ROOT / "README.md")


def follow_with_a_simulator(one, page):
    """Follow a page that starts a simulator, and leave none behind."""
    try:
        one.follow(GUIDES / page)
    finally:
        ready = one.work / "simulator/ready.json"
        if ready.exists():
            os.kill(json.loads(ready.read_text())["pid"], signal.SIGTERM)


def ports():
    """{a port of the guides: a free one}."""
    port = free_ports(0, 1, 100, 200)
    return {"8443": port, "8444": port + 1, "8543": port + 100, "8440": port + 200}


def swap_the_roles_of_a_pair(tmp_path):
    with Running(world("pair_one_hop"), speed=None, idle_speed=None) as running:
        public = {"upgrade_public_url: support.example.com": f"upgrade_public_url: {running.public_url()}"}
        nodes = {f"https://{name}.support.example.com": running.url_of(name) for name in "ab"}
        one = reader(running, tmp_path, **nodes, **public)
        (inventory,) = [block for block in blocks(GUIDES / "which-mode.md") if block.text.startswith("appliances:")]
        one.write("inventory.yml", inventory.text)
        one.write("network/dns.yml", (ROOT / "examples/network/simulator.yml").read_text(encoding="utf-8"))
        extra = {"simulator": {"control": running.control_url}}
        one.write("host_vars/a.support.example.com.yml", json.dumps({"simulator_node": {"name": "a"}, **extra}))
        one.write("host_vars/b.support.example.com.yml", json.dumps({"simulator_node": {"name": "b"}, **extra}))
        one.follow(GUIDES / "which-mode.md")
        assert running.pair().primary.name == "b"


def start_and_change_worlds(tmp_path):
    follow_with_a_simulator(Reader(tmp_path, ports()), "worlds.md")


def fill_in_labels(tmp_path):
    with Running(world("other_labels").replace("24.1.2", "24.3.1"), speed=None, idle_speed=None) as running:
        reader(running, tmp_path).follow(GUIDES / "labels.md")
        assert running.requests("write") == []


def ask_a_person(tmp_path):
    with Running(one_hop(), speed=None, idle_speed=None) as running:
        reader(running, tmp_path).follow(GUIDES / "manual-steps.md")
        assert running.requests("write") == []


def the_tutorial(tmp_path):
    """From the tarball to a finished upgrade."""
    one = Reader(tmp_path, ports(), collection=None)
    subprocess.run([ROOT / "scripts/copy-tree", tmp_path / "tree"], check=True)
    tree = tmp_path / "tree/ansible_collections/bomgar/appliance"
    command([program("ansible-galaxy"), "collection", "build", "--output-path", str(one.work)], tree)
    shutil.rmtree(tmp_path / "tree")
    follow_with_a_simulator(one, "tutorial.md")
    last = json.loads((one.work / "state/journal.jsonl").read_text().splitlines()[-1])
    assert (last["event"], last["data"]["state"]) == ("run_ended", "reached")


# A third of them for each commit, because the first takes a minute of processor time; GUIDES=all (make docs-commands) runs all, and the
# tutorial, which make tarball follows each time.
IN_TURN = part(
    [upgrade_one_appliance, swap_the_roles_of_a_pair, start_and_change_worlds, fill_in_labels, ask_a_person],
    of=3,
    setting="GUIDES",
    whole="all",
)
TUTORIAL = [the_tutorial] if os.environ.get("GUIDES") == "all" else []


@pytest.mark.timeout(1800)  # several upgrades, each command a start of Ansible
@pytest.mark.parametrize("follow", [*TUTORIAL, *IN_TURN], ids=lambda follow: follow.__name__)
def test_a_guide_does_what_it_says(follow, tmp_path):
    follow(tmp_path)
