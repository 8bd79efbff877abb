# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Upgrades the worlds of a rehearsal, several at a time: each has a simulator, and runs of the upgrade as processes of their own."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import urllib.parse
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ..errors import ApplianceError, InvalidInput, Unsafe
from ..model.strict_json import read_json
from ..model.world.inventory import inventory
from ..model.world.passing import Wait, next_passing, wait_of
from ..storage.files import write_private
from ..storage.folder import make_private_folder
from ..storage.journal import Journal
from ..storage.os_errors import explain_os_errors
from ..storage.regular_file import read_file

_ANSWER_TIMEOUT = 600  # seconds that the control of a simulator has to answer on a busy machine
_MOST_RUNS = 200  # of the upgrade of one world
# No variable of the environment that names an appliance or an account reaches the upgrade of a world.
_ENVIRONMENT = {
    "BT_API_HOST": "",
    "BT_CLIENT_ID": "",
    "BT_CLIENT_SECRET": "",
    "BOMGAR_APPLIANCE_RUN": "",
    "BOMGAR_APPLIANCE_STEP": "",
    "ANSIBLE_STDOUT_CALLBACK": "ansible.builtin.default",
    "ANSIBLE_NOCOLOR": "1",
    "ANSIBLE_FORCE_COLOR": "0",
    "ANSIBLE_VERBOSITY": "0",
}


def run_worlds(params: Mapping[str, Any]) -> dict[str, Any]:
    """The result of the module rehearsal_run: {runs: {id of the world: how many runs its upgrade had}}.

    Raises InvalidInput for a world that the simulator refuses, before any is upgraded.
    """
    runs = [WorldRun(one, params) for one in params["worlds"]]
    parallel = params["parallel"] or os.cpu_count() or 1
    with ThreadPoolExecutor(max_workers=parallel) as pool:
        list(pool.map(WorldRun.check, runs))
        counted = list(pool.map(WorldRun.upgrade, runs))
    return {"changed": True, "runs": {run.id: number for run, number in zip(runs, counted)}}


class WorldRun:
    """The upgrade of one world. What it leaves is in its folder: state/, simulator.json and output.txt."""

    def __init__(self, world: Mapping[str, Any], params: Mapping[str, Any]) -> None:
        self.id, self._path, self._params = world["id"], world["path"], params
        self._folder = os.path.join(os.path.abspath(params["dest"]), "runs", self.id)
        self._control = self._ready = ""

    def check(self) -> None:
        """InvalidInput if the simulator cannot be this world."""
        done = self._simulator("simulator", "--check", "--world", self._path)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().removeprefix(f"simulator: {self._path}: ").rstrip(".")
            raise InvalidInput(
                f"The simulator refuses the world {self._path}: {said}.",
                remedy="Correct rehearse_declared, or install requirements-simulator.txt.",
            )

    def upgrade(self) -> int:
        """Upgrade it until nothing is left to wait for; the number of runs."""
        with explain_os_errors(self._folder):
            shutil.rmtree(self._folder, ignore_errors=True)
        make_private_folder(self._folder)
        try:
            self._start()
            number = self._runs()
            self._write("simulator.json", self._ask("GET", "/state"))
        finally:
            self._simulator("simulator.background", "stop", "--dir", os.path.join(self._folder, "simulator"))
        return number

    # --- the simulator

    def _simulator(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": self._params["collection"]}
        return self._process([self._params["python"], "-m", module, *arguments], environment)

    def _start(self) -> None:
        folder = os.path.join(self._folder, "simulator")
        options = ["--world", self._path, "--idle-speed", str(self._params["speed"]), "--timeout", str(_ANSWER_TIMEOUT)]
        done = self._simulator("simulator.background", "start", "--dir", folder, *options)
        if done.returncode:
            raise Unsafe(
                f"The simulator of the world {self.id} did not start. {done.stderr.strip()}", remedy="Correct that, and rehearse again."
            )
        ready = read_json(read_file(os.path.join(folder, "ready.json")))
        self._control = str(ready["control"])
        hook = os.path.join(self._params["collection"], "playbooks", "tasks", "rehearse_network.yml")
        given = {"folder": self._folder, "hook": hook, "speed": self._params["speed"]}
        self._write("inventory.json", inventory(self._params["nodes"], self._params["read"], ready, **given))

    def _ask(self, method: str, path: str, order: Mapping[str, Any] | None = None) -> Any:
        """What the control of the simulator answers."""
        address = urllib.parse.urlsplit(self._control)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=_ANSWER_TIMEOUT)
        try:
            connection.request(method, path, json.dumps(order) if order else None)
            return read_json(connection.getresponse().read())
        except (OSError, http.client.HTTPException, ValueError) as exc:
            raise ApplianceError(f"The simulator of the world {self.id} does not answer ({exc}).", remedy="Rehearse again.") from exc
        finally:
            connection.close()

    # --- the upgrade

    def _runs(self) -> int:
        begins = self._now()
        waits: list[Wait] = []
        for number in range(1, _MOST_RUNS + 1):
            self._run()
            wait = self._wait()
            passing = next_passing([*waits, wait], begins, self._params["days"]) if wait else None
            if wait is None or passing is None:
                return number
            waits.append(wait)
            late = max(0.0, passing.until - wait.ended)
            self._ask("POST", "/clock", {"advance": late, "until_clients": passing.most})
        return _MOST_RUNS

    def _run(self) -> None:
        arguments = ["-m", "ansible", "playbook", "--inventory", os.path.join(self._folder, "inventory.json"), "bomgar.appliance.upgrade"]
        done = self._process([self._params["ansible_python"], *arguments], {**os.environ, **_ENVIRONMENT})
        write_private(os.path.join(self._folder, "output.txt"), f"{done.stdout}\n{done.stderr}\n".encode())

    def _wait(self) -> Wait | None:
        """What the last run waits for. A run that wrote no report failed before it began."""
        report, journal = (os.path.join(self._folder, "state", name) for name in ("report.json", "journal.jsonl"))
        if not os.path.lexists(report):
            return None
        entries = Journal(journal).content().entries if os.path.lexists(journal) else ()
        return wait_of(read_json(read_file(report)), entries, self._now())

    def _now(self) -> float:
        return float(self._ask("GET", "/clock")["epoch"])

    def _process(self, command: list[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        with explain_os_errors(command[0]):
            # run_command belongs to a module; an operation runs in an action plugin too, and in several threads.
            return subprocess.run(  # pylint: disable=ansible-bad-function
                command, env=dict(environment), stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
            )

    def _write(self, name: str, value: Any) -> None:
        write_private(os.path.join(self._folder, name), json.dumps(value, indent=1).encode() + b"\n")
