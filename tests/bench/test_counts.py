# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Budgets as counts and ratios (docs/performance.md). `make bench` prints the figures."""

import importlib
import json
import statistics
import subprocess
import sys

import pytest
import yaml
from ansible_collections.bomgar.appliance.plugins.modules.appliance_info import OPERATION as OBSERVE
from simulator.testing import Running

from tests.support.ansible import ROOT, connection_of, play
from tests.support.appliances import Bench

PLACE = "ansible_collections.bomgar.appliance.plugins.modules."
MODULES = sorted(
    path.stem for path in (ROOT / "plugins/modules").glob("*.py") if hasattr(importlib.import_module(PLACE + path.stem), "OPERATION")
)  # role_arguments is an action plugin alone


@pytest.mark.parametrize("world", ["far_outdated", "old_xml", "json_generation"])
def test_one_observation_takes_at_most_four_requests(world, tmp_path):
    with Running(world) as running:
        bench = Bench(running, tmp_path)
        params = bench.params(OBSERVE)
        OBSERVE.function(bench.appliance(params), params, check_mode=False)
        first = len(running.requests())
        OBSERVE.function(bench.appliance(params), params, check_mode=False)
        print(f"\nobservation, {world}: {first} requests, again {len(running.requests()) - first}")
        assert first <= 4


def test_routed_task_costs_a_quarter_of_packed(tmp_path):
    """A routed task costs at most a quarter of the same module packed."""
    with Running("already_current") as running:
        durations = {way: _durations(running, tmp_path / way, f"appliance ansible_connection={way}") for way in ("local", "bastion")}
    routed, packed = (statistics.median(durations[way]) for way in ("local", "bastion"))
    print(f"\na task of appliance_info: routed {routed * 1000:.0f} ms, packed {packed * 1000:.0f} ms, ratio 1/{packed / routed:.1f}")
    assert routed <= packed / 4


def _durations(running, folder, host, tasks=8):
    folder.mkdir()
    file = folder / "durations.jsonl"
    task = {"name": "measured", "bomgar.appliance.appliance_info": connection_of(running, folder)}
    play([task] * (tasks + 1), folder, hosts=host, ANSIBLE_CALLBACKS_ENABLED="durations", DURATIONS_FILE=str(file))
    return [json.loads(line)["seconds"] for line in file.read_text().splitlines()][1:]


def test_payload_and_import_time_are_known():
    sizes = _payloads()
    print(f"\n{'module':<20}{'payload KiB':>12}{'import ms':>11}")
    for name in MODULES:
        print(f"{name:<20}{sizes[name] / 1024:>12.0f}{_import_milliseconds(name):>11.0f}")
        assert sizes[name] < 1024 * 1024


def _payloads():
    """{module: bytes of what Ansible sends to a bastion for it, all its imports included}; in one process, whose start takes longest."""
    code = (
        "import json, sys\n"
        "from ansible.executor.module_common import modify_module\n"
        "from ansible.parsing.dataloader import DataLoader\n"
        "from ansible.plugins.loader import init_plugin_loader\n"
        "from ansible.template import Templar\n"
        "folder, *names = sys.argv[1:]\n"
        "init_plugin_loader()\n"
        "def size(name):\n"
        "    built = modify_module(module_name=f'bomgar.appliance.{name}', module_path=f'{folder}/{name}.py', module_args={},"
        " templar=Templar(loader=DataLoader()), task_vars={'ansible_python_interpreter': sys.executable})\n"
        "    return len(built.b_module_data if hasattr(built, 'b_module_data') else built[0])\n"
        "print(json.dumps({name: size(name) for name in names}))\n"
    )
    command = [sys.executable, "-c", code, str(ROOT / "plugins/modules"), *MODULES]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _import_milliseconds(name):
    """Of one process. It is shown and held to nothing."""
    code = (
        f"import time; begun = time.perf_counter(); import ansible_collections.bomgar.appliance.plugins.modules.{name};"
        "print((time.perf_counter() - begun) * 1000)"
    )
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def test_every_module_has_its_action_plugin():
    """So that it runs in the controller's process, and the parent process loads the plugin before it forks."""
    assert {path.stem for path in (ROOT / "plugins/action").glob("*.py")} == {*MODULES, "role_arguments", "rehearsal_variables"}


def test_action_group_holds_modules_of_an_appliance():
    """Every module that connects to an appliance is in the action group."""
    group = set(yaml.safe_load((ROOT / "meta/runtime.yml").read_text())["action_groups"]["appliance"])
    assert group == {name for name in MODULES if importlib.import_module(PLACE + name).OPERATION.appliance}
