# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the shipped playbook takes to rehearse a three-hop pair with 10,000 Jump Clients (docs/performance.md): `make rehearsals`."""

import json
import os
import resource
import time

import pytest
import yaml
from simulator.testing import Running

from tests.support.ansible import ROOT
from tests.support.pair_inventory import run_on_pair

CLIENTS = {"active": 8000, "passive": 2000}
SECONDS = 120
SITE = {
    "upgrade_target_version": "newest",
    "rehearse_variants": [],
    "backup_certificate_passphrase": "only for this bench",
    "install_accept_eula": True,
    "install_contact": {"name": "Ada Example", "email": "ada@example.com", "title": "Administrator"},
    "catch_up_running_since": {"version": "19.1.8", "since": "2020-03-01", "by": "Ada Example", "why": "the world begins so"},
    "failover_network_hook": "/replaced/by/the/rehearsal.yml",
}


@pytest.mark.timeout(3600)
def test_large_pair_is_rehearsed_in_two_minutes(tmp_path):
    """A pair with three hops and ten thousand clients is rehearsed in two minutes."""
    world = yaml.safe_load((ROOT / "simulator/worlds/pair_far_outdated.yml").read_text())
    world["clients"]["jump_clients"] = CLIENTS
    with Running(yaml.safe_dump(world)) as running:
        begun, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = run_on_pair(running, tmp_path, "rehearse", **SITE)
        seconds, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stdout + done.stderr
    expected = json.loads((tmp_path / "site/rehearsal/rehearsal.json").read_text())["worlds"][0]
    installs = [step for step in expected["steps"] if step["title"].startswith("install ")]
    processor = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    load = os.getloadavg()[0]
    took = f"{seconds:.0f} s, {processor:.0f} s of the processor, load {load:.1f}"
    print(f"\nrehearsal of {len(installs)} installations in {expected['runs']} runs: {took}")
    assert (expected["state"], len(installs), running.requests("write")) == ("reached", 14, [])
    assert seconds < SECONDS or load > 2 * (os.cpu_count() or 1), "compare it on a machine that does nothing else"
