# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a pass over many sites costs, against as many `ansible.builtin.ping` in the same run (docs/performance.md).

FLEET_SITES=200 takes the size of the budgets; `make test` takes fewer.
"""

import json
import os
import resource
import subprocess
import threading
import time
from pathlib import Path

import pytest
from simulator.testing import Running

from tests.support.ansible import environment_of, program
from tests.support.fleets import finish, inventory, nodes_of, verdicts, wait, world

SITES = int(os.environ.get("FLEET_SITES", "40"))
WHOLE = 200
FEW = max(10, SITES // 20)
PING = [{"hosts": "appliances", "gather_facts": False, "connection": "local", "tasks": [{"ansible.builtin.ping": None}]}]
LATER = "2999-01-01T00:00:00+00:00"


class Measured:
    """A command of Ansible: .seconds on the clock, .processor seconds, and .megabytes, the most that all its processes had together."""

    def __init__(self, folder, play, *arguments):
        self.megabytes = 0.0
        begun, used = time.perf_counter(), _processor()
        done = subprocess.Popen(
            [program("ansible-playbook"), "-i", str(folder / "hosts.json"), play, *arguments],
            cwd=folder,
            env=environment_of(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        watcher = threading.Thread(target=self._watch, args=(done,))
        watcher.start()
        self.output = done.communicate()[0]
        watcher.join()
        self.seconds, self.processor = time.perf_counter() - begun, _processor() - used
        assert done.returncode == 0, self.output[-3000:]

    def _watch(self, process):
        while process.poll() is None:
            self.megabytes = max(self.megabytes, _proportional(process.pid) / 1024)
            time.sleep(0.2)


def _processor():
    """Seconds of the processor that all ended children of this process have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _proportional(session):
    """KiB of all processes of a session, a shared page counted in parts."""
    total = 0
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if int((place / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                total += int((place / "smaps_rollup").read_text().partition("Pss:")[2].split()[0])
        except (OSError, ValueError, IndexError):
            continue
    return total


@pytest.fixture
def fleet(tmp_path):
    """Called as fleet(number of sites): a folder with their inventory, and the running simulator."""
    started = []

    def start(count):
        running = Running(world(count, version="22.1.4"))
        started.append(running)
        inventory(running, tmp_path)
        (tmp_path / "ping.yml").write_text(json.dumps(PING))
        return running

    yield start
    for running in started:
        running.stop()


def ratio(folder, play, name, budget):
    """(times, megabytes): what a playbook takes, in times of as many pings right before it.

    At the size of the budgets it is time on the clock, on a machine that does nothing else. For fewer sites it is that of the processor,
    which other work on the machine hardly changes.
    """
    pings, ours = Measured(folder, "ping.yml"), Measured(folder, play)
    clock, processor = ours.seconds / pings.seconds, ours.processor / pings.processor
    print(
        f"\n{name}, {SITES} sites: {ours.seconds:.1f} s against {pings.seconds:.1f} s of pings, {clock:.2f} times; of the processor "
        f"{ours.processor:.1f} s against {pings.processor:.1f} s, {processor:.2f} times (<= {budget}); {ours.megabytes:.0f} MB"
    )
    return clock if SITES >= WHOLE else processor, ours.megabytes


def test_waiting_sites_take_half_of_pings(fleet, tmp_path):
    """A pass over waiting sites takes half as long as as many pings."""
    running = fleet(SITES)
    for number in range(SITES):
        wait(tmp_path, f"s{number}", LATER)
    times, megabytes = ratio(tmp_path, "bomgar.appliance.fleet", "a pass over waiting sites", 0.5)
    assert set(verdicts(tmp_path).values()) == {"waiting"} and running.requests() == []
    assert times <= 0.5 and megabytes < 600


def test_done_sites_take_no_longer_than_pings(fleet, tmp_path):
    """A pass over sites with nothing to do takes no longer than as many pings."""
    running = fleet(SITES)
    for node in nodes_of(running, tmp_path):
        finish(tmp_path, node)
    assert ratio(tmp_path, "bomgar.appliance.fleet", "a pass over sites with nothing to do", 1.0)[0] <= 1.0
    assert set(verdicts(tmp_path).values()) == {"done"}


def test_status_takes_one_and_a_half_pings(fleet, tmp_path):
    """The status of a fleet takes one and a half times as long as as many pings."""
    fleet(SITES)
    assert ratio(tmp_path, "bomgar.appliance.status", "status", 1.5)[0] <= 1.5


def test_site_costs_the_same_in_any_fleet(tmp_path):
    """The decision alone, in one process: what Ansible takes to start is the same for any fleet."""
    found = {}
    for number in range(SITES):
        wait(tmp_path, f"s{number}", LATER)
    for count in (FEW, SITES):
        begun = time.process_time()
        _decide(tmp_path, count)
        found[count] = (time.process_time() - begun) / count
    print(f"\na waiting site: {found[FEW] * 1000:.2f} ms of {FEW}, {found[SITES] * 1000:.2f} ms of {SITES}")
    assert found[SITES] <= 1.2 * found[FEW]


def _decide(folder, count):
    from ansible_collections.bomgar.appliance.plugins.modules.fleet import OPERATION

    from tests.support.journals import performed

    names = [f"s{number}" for number in range(count)]
    sites = [
        {"site": name, "host": name, "nodes": [name], "mode": "standalone", "state_dir": str(folder / name), "target_version": "22.1.4"}
        for name in names
    ]
    assert performed(OPERATION, hosts=names, sites=sites, batches=[5])["state"] == "waiting"
