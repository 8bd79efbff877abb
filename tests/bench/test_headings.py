# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How much of a run people have to read: its task headings, as counts (docs/performance.md)."""

import json
import os
import re
from pathlib import Path

import pytest

from tests.support.ansible import command, program

MODE = "asynchronous"
# A pair with one hop in `make test`; HEADINGS=whole takes the demo as it is, which lasts some minutes.
WHOLE = os.environ.get("HEADINGS") == "whole"
WORLD = {} if WHOLE else {"demo_world": "pair_one_hop"}
ONCE = 0 if WHOLE else 60  # headings that a run has once, whatever it installs: start, preflight, clients, verification, aftercare
IDLE = ("included", "skipping")


def headings(stdout):
    """The status of each task heading, in order: that of its first host that does something, or else 'included' or 'skipping'."""
    found = []
    for line in stdout.splitlines():
        if line.startswith("TASK ["):
            found.append("")
        elif line.startswith("PLAY "):
            continue
        elif (
            found
            and found[-1] in ("", *IDLE)
            and (status := re.match(r"(included|skipping|ok|changed|fatal|failed|rescued|\.\.\.ignoring)\b", line))
        ):
            found[-1] = status.group(1)
    return found


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The demo, then the same command again: (their output, entries of the journal)."""
    folder = tmp_path_factory.mktemp("headings")
    given = {"demo_dir": str(folder / "demo"), "demo_mode": MODE, "demo_catch_up": "hold", "demo_keep": True, **WORLD}
    play = [program("ansible-playbook"), "bomgar.appliance.demo", "-e", json.dumps(given)]
    try:
        outputs = [command(play, folder).stdout for _run in range(2)]
    finally:
        stopped = {"simulator_state": "stopped", "simulator_dir": str(folder / "demo/simulator")}
        include = ["-m", "ansible.builtin.include_role", "-a", "name=bomgar.appliance.simulator"]
        command([program("ansible"), "localhost", *include, "-e", json.dumps(stopped)], folder, check=False)
    journal = Path(folder / "demo/site/journal.jsonl").read_text().splitlines()
    return outputs, [json.loads(line) for line in journal]


def test_a_whole_upgrade_is_short_to_read(runs):
    (first, _second), entries = runs
    statuses = headings(first)
    steps = sum(entry["event"] in ("step_done", "action_done", "catch_up_passed") for entry in entries)
    idle = sum(status in IDLE for status in statuses)
    print(f"\n{MODE} demo: {len(statuses)} headings, {steps} steps, {len(statuses) / steps:.1f} a step, {idle / len(statuses):.0%} idle")
    assert len(statuses) <= 400
    assert len(statuses) <= ONCE + 12 * steps
    assert idle <= len(statuses) / 3


def test_a_site_with_nothing_to_do_takes_a_handful_of_tasks(runs):
    (_first, second), _entries = runs
    upgrade = second[second.index("PLAY [Upgrade all appliances]") :]
    upgrade = upgrade[: upgrade.index("\nPLAY ", 1)]
    print(f"\nnothing to do: {len(headings(upgrade))} headings")
    assert len(headings(upgrade)) <= 12
