# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Each playbook runs with exactly the permissions that SECURITY.md names, and fails with one of them less. Its dry run predicts it."""

import contextlib
import json
import os
import re
import sys

import pytest
import yaml
from simulator.testing import Running

from tests.chaos.cases import ALONE, PAIR
from tests.support.ansible import ROOT, command, connection_of, program
from tests.support.sample import part
from tests.support.upgrades import FIRST_RUN

INVENTORIES = {False: ROOT / "README.md", True: ROOT / "docs/guides/which-mode.md"}  # of a pair or not
WHOLE = "{perm_command: full_access, perm_backup: true, perm_configuration: true}"
LESS = {"full_access": "read_only", "read_only": "deny", "yes": "-"}
COLUMNS = ("perm_command", "perm_backup", "perm_configuration", "/appliance", "/login")


def table():
    """{playbook: {column: cell}} of SECURITY.md."""
    rows = re.findall(r"^\| (\w+) \| (\w+|-) \| (yes|-) \| (yes|-) \| (yes|-) \| (yes|-) \|$", (ROOT / "SECURITY.md").read_text(), re.M)
    return {row[0]: dict(zip(COLUMNS, row[1:], strict=True)) for row in rows}


TABLE = table()
TAKEN = [
    (playbook, column)
    for playbook, row in TABLE.items()
    for column, cell in row.items()
    if cell != "-" and playbook.startswith(("status", "preflight", "backup", "failover"))
] + [("upgrade_standalone", column) for column in COLUMNS]


def world(playbook, rights):
    text = PAIR if playbook in ("upgrade_synchronous", "upgrade_asynchronous", "failover") else ALONE
    if playbook in ("status", "preflight", "aftercare", "snapshot"):  # from 21.1 on the clients are read one by one
        text = text.replace("base: 6.0.2, version: 20.2.1", "base: 6.2.0, version: 22.1.4")
    permissions = {name: rights[name] if name == "perm_command" else rights[name] == "yes" for name in COLUMNS[:3]}
    return text.replace(WHOLE, json.dumps(permissions))


def documented(pair):
    """The variables of the documented inventory, of a standalone appliance or of a pair, without addresses and accounts."""
    (block,) = re.findall(r"^```yaml\n(?:# [^\n]*\n)?(appliances:.*?)^```", INVENTORIES[bool(pair)].read_text(), re.S | re.M)
    found = yaml.safe_load(block)["appliances"]
    variables = next(iter(found["children"].values()))["vars"] if pair else found["hosts"]["support.example.com"]
    return {name: value for name, value in variables.items() if not name.startswith("bomgar_")}


def inventory(running, folder, rights):
    """The documented inventory with this simulator's addresses, and only the accounts that are named."""
    nodes = [one["name"] for one in running.world["appliances"]]
    hosts = {}
    for node in nodes:
        known = connection_of(running, folder, node)
        if rights["/appliance"] == "-":
            known = {name: value for name, value in known.items() if not name.startswith("web_")}
        if rights["/login"] == "-":
            known = {name: value for name, value in known.items() if not name.startswith("login_")}
        hosts[node] = {f"bomgar_{name}": value for name, value in known.items()}
    declared = dict(FIRST_RUN, version=running.world["appliances"][0]["version"])
    pair = {}
    if running.world["pairs"]:
        pair = {
            "upgrade_site": "site",
            "upgrade_public_url": running.public_url(),
            "failover_public_url": running.public_url(),
            "failover_primary": "b",
            "failover_nodes": nodes,
            "failover_data_sync_first": False,
        }
    return {
        "all": {
            "children": {"appliances": {"children": {"site": {"hosts": hosts}}}},
            "vars": {
                **documented(running.world["pairs"]),
                "ansible_python_interpreter": sys.executable,
                "backup_certificate_passphrase": "canary passphrase",
                "upgrade_state_dir": str(folder / "site"),
                "preflight_checks": ["all", "!clock", "!state_durable"],
                "catch_up_mode": "hold",
                "install_poll_interval": 1,
                "catch_up_poll_interval": 1,
                "upgrade_data_gap": "accept",
                "upgrade_sync_max_age": 172800,
                "upgrade_target_version": "newest",
                "catch_up_running_since": declared,
                "failover_reason": "planned maintenance",
                "failover_poll_interval": 1,
                "failover_network_hook": str(folder / "hook.yml"),
                **pair,
            },
        }
    }


@contextlib.contextmanager
def given(playbook, rights, folder):
    """(simulator, function that runs the playbook); the public name of a pair is moved by a hook, as owners do it."""
    with Running(world(playbook, rights), speed=1200, idle_speed=43200) as running:
        order = {"do": "switch_public", "node": "{{ network_hook_to }}"}
        uri = {"url": f"{running.control_url}/act", "method": "POST", "body_format": "json", "body": order}
        (folder / "hook.yml").write_text(json.dumps([{"name": "Move the public name", "ansible.builtin.uri": uri}]))
        (folder / "hosts.json").write_text(json.dumps(inventory(running, folder, rights)))
        arguments = [program("ansible-playbook"), "-i", str(folder / "hosts.json"), f"bomgar.appliance.{playbook}"]
        yield running, lambda *more: command([*arguments, *more], folder, check=False)


def run(playbook, rights, folder):
    """The finished playbook."""
    with given(playbook, rights, folder) as (_running, play):
        return play()


def changed(done):
    """{host: whether something changed there} of the recap."""
    return {host: number != "0" for host, number in re.findall(r"^(\S+) +: ok=\d+ +changed=(\d+)", done.stdout, re.M)}


def plan_of(done):
    """The hash of the plan, and whether each step has a date."""
    lines = re.findall(r'^ +"( *\d+ .*)",?$', done.stdout, re.M)
    return re.findall(r"Plan (sha256:\w+)", done.stdout)[:1], [bool(re.search(r"\d\d \w{3} \d\d:\d\d \w+", line)) for line in lines]


def test_table_names_every_asking_playbook():
    # fleet upgrades as upgrade does
    # rehearse reads as preflight does and then upgrades a simulator for minutes; scenario rehearse_pair shows that it only reads
    shipped = {path.stem for path in (ROOT / "playbooks").glob("*.yml")} - {"demo", "upgrade", "report", "rehearse", "simulator", "fleet"}
    assert set(TABLE) == shipped


# Of the upgrades, which take the longest, one for each commit; both modes of a pair ask for the same. CHAOS=whole runs all.
UPGRADES = [name for name in TABLE if name.startswith("upgrade") and (name != "upgrade_synchronous" or os.environ.get("CHAOS") == "whole")]
PLAYBOOKS = [*part(UPGRADES), *(name for name in TABLE if not name.startswith("upgrade"))]


def test_pair_modes_need_the_same_permissions():
    assert TABLE["upgrade_synchronous"] == TABLE["upgrade_asynchronous"]


@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_a_playbook_runs_with_exactly_these(tmp_path, playbook):
    with given(playbook, TABLE[playbook], tmp_path) as (running, play):
        predicted = play("--check")
        assert predicted.returncode == 0, (predicted.stdout + predicted.stderr)[-3000:]
        assert running.requests("write") == [] and not (tmp_path / "site").exists(), "a dry run only reads"
        done = play()
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    assert changed(predicted) == changed(done), predicted.stdout[-3000:]
    if playbook.startswith("upgrade"):
        (name, dates), (real, _dates) = plan_of(predicted), plan_of(done)
        assert name == real and name and dates and all(dates), predicted.stdout[-6000:]


@pytest.mark.parametrize(("playbook", "column"), part(TAKEN))  # CHAOS=whole takes all
def test_one_missing_permission_fails_by_name(tmp_path, playbook, column):
    rights = dict(TABLE[playbook])
    rights[column] = LESS[rights[column]]
    done = run(playbook, rights, tmp_path)
    told = done.stdout + done.stderr
    assert done.returncode != 0, told[-2000:]
    assert column.strip("/") in told, told[-2000:]


def test_the_playbook_snapshot_records_every_area_with_these(tmp_path):
    assert run("snapshot", TABLE["snapshot"], tmp_path).returncode == 0
    (path,) = (tmp_path / "site" / "snapshots").iterdir()
    assert {name for name, area in json.loads(path.read_text())["areas"].items() if area["state"] != "read"} == set()
