# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Worlds are upgraded side by side, each with a simulator of its own, until nothing is left to wait for.

The upgrade is played by a script, which writes a report as the playbook does; the scenarios rehearse_* run the playbook.
"""

import json
import sys
from pathlib import Path

import pytest
import yaml
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.modules import rehearsal_run

from tests.support.ansible import ROOT
from tests.support.appliances import Bench

# Waits for a day at its first run, and is finished at the second. Keeps when it ran, by the clock of its simulator.
UPGRADE = """#!{python}
import datetime, json, os, pathlib, sys, time, urllib.request
inventory = pathlib.Path(sys.argv[sys.argv.index("--inventory") + 1])
said = json.loads(inventory.read_text())["all"]["vars"]
now = json.load(urllib.request.urlopen(said["rehearsal_control"] + "/clock"))["epoch"]
state = pathlib.Path(said["upgrade_state_dir"])
state.mkdir(parents=True, exist_ok=True)
with open(state / "ran", "a") as ran:
    ran.write(json.dumps(dict(now=now, host=os.environ["BT_API_HOST"])) + "\\n")
until = datetime.datetime.fromtimestamp(now + 86400, datetime.timezone.utc).isoformat(timespec="seconds")
first = len((state / "ran").read_text().splitlines()) == 1
report = dict(state="waiting" if first else "reached", next=dict(not_before=until if first else ""))
(state / "report.json").write_text(json.dumps(report))
print("the end of the output")
"""


def world(tmp_path, name, **more):
    path = tmp_path / f"{name}.yml"
    shipped = yaml.safe_load((ROOT / "simulator/worlds/already_current.yml").read_text())
    path.write_text(yaml.safe_dump({**shipped, "name": name, **more}))
    return {"id": name, "title": name, "why": "", "path": str(path)}


def run(tmp_path, *worlds):
    script = tmp_path / "upgrade"
    script.write_text(UPGRADE.format(python=sys.executable))
    script.chmod(0o700)
    return Bench(None, tmp_path).run(
        rehearsal_run.OPERATION,
        dest=str(tmp_path / "rehearsal"),
        worlds=list(worlds),
        read={"node_names": {"support.example.com": "a"}, "package_names": {}, "lengths": {}},
        nodes=[{"inventory_hostname": "support.example.com", "bomgar_web_username": "given"}],
        parallel=2,
        collection=str(ROOT),
        python=sys.executable,
        ansible_python=str(script),
    )


def test_worlds_are_upgraded_until_done(tmp_path, monkeypatch):
    monkeypatch.setenv("BT_API_HOST", "till.example.org")
    names = ["expected", "base_stuck"]
    assert run(tmp_path, *(world(tmp_path, name) for name in names))["runs"] == dict.fromkeys(names, 2)
    for name in names:
        folder = tmp_path / "rehearsal/runs" / name
        ran = [json.loads(line) for line in (folder / "state/ran").read_text().splitlines()]
        assert ran[1]["now"] - ran[0]["now"] >= 86400 - 1 and {one["host"] for one in ran} == {""}
        assert json.loads((folder / "simulator.json").read_text())["world"] == name
        assert (folder / "output.txt").read_text().startswith("the end of the output")
        assert not (folder / "simulator/ready.json").exists(), "its simulator still runs"
        assert {path.stat().st_mode & 0o077 for path in (folder, folder / "inventory.json", folder / "output.txt")} == {0}


def test_refused_world_prevents_all_upgrades(tmp_path):
    refused = world(tmp_path, "sync_slow", clents={"jump_clients": {"passive": 40}})
    with pytest.raises(InvalidInput) as caught:
        run(tmp_path, world(tmp_path, "expected"), refused)
    assert str(caught.value).startswith(f"The simulator refuses the world {refused['path']}: line ")
    assert "line " in str(caught.value) and "'clents'" in str(caught.value) and "clients" in str(caught.value)
    assert "Correct rehearse_declared" in str(caught.value)
    assert not Path(tmp_path / "rehearsal/runs").exists()
