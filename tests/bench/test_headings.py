# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How much of a run people have to read, as counts: its task headings, and the lines of the callback `progress` (docs/performance.md)."""

import json
import os
import re
from pathlib import Path

import pytest

from tests.support.ansible import command, program
from tests.support.callback.headings import IDLE

pytestmark = pytest.mark.timeout(3600)  # two runs of a demo, on a busy machine
MODE = "asynchronous"
# A pair with one hop in `make test`; HEADINGS=whole takes the demo as it is, which lasts some minutes.
WHOLE = os.environ.get("HEADINGS") == "whole"
WORLD = {} if WHOLE else {"demo_world": "pair_one_hop"}
ONCE = 0 if WHOLE else 60  # headings that a run has once, whatever it installs: start, preflight, clients, verification, aftercare
UPGRADE = "Upgrade all appliances"

# What a person needs of a log, and how it begins.
NEEDED = {
    "what will happen": r"From .* to |  clients\.$| +#  node|--+  -|Hop \d+ of | *\d+  \S+ +\S| {20,}\S|Downtime: |Plan sha256:",
    "what will happen otherwise": r"  \S+: the plan now has ",
    "how far it is": r"\[ *\d+/\d+\] ",
    "whether it may begin": r"  \S+  \d+ checks: ",
    "what is saved": r"  \S+  saved: ",
    "what a person has to do": r"  \S+: (\d+\. |The page )|  Left to do |  - ",
    "what the owner's tasks did": r"  changed   ",
    "how it ended": r"SUMMARY: |\S+, \S+: The upgrade is |  \S+  [\d.]+, Base |  (open|first|next|report): |         \S",
}
PASSING = re.compile(NEEDED["how far it is"] + r".* of about ")  # says that a step is still at work: more of them on a slow machine


def kinds(lines):
    """What a person needs each line for, None for nothing; the rest of a long line is needed for the same."""
    last = None
    for line in lines:
        found = next((kind for kind, begins in NEEDED.items() if re.match(begins, line)), None)
        last = last if found is None and line.startswith("    ") else found
        yield last


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The demo, then the same command again: ([(lines of the screen, headings) of each], entries of the journal)."""
    folder = tmp_path_factory.mktemp("headings")
    given = {"demo_dir": str(folder / "demo"), "demo_mode": MODE, "demo_catch_up": "hold", "demo_keep": True, **WORLD}
    play = [program("ansible-playbook"), "bomgar.appliance.demo", "-e", json.dumps(given)]
    shown = {"ANSIBLE_STDOUT_CALLBACK": "bomgar.appliance.progress", "ANSIBLE_CALLBACKS_ENABLED": "headings"}
    try:
        found = [one_run(play, folder, HEADINGS_FILE=str(folder / f"{number}"), **shown) for number in range(2)]
    finally:
        stopped = {"simulator_state": "stopped", "simulator_dir": str(folder / "demo/simulator")}
        include = ["-m", "ansible.builtin.include_role", "-a", "name=bomgar.appliance.simulator"]
        command([program("ansible"), "localhost", *include, "-e", json.dumps(stopped)], folder, check=False)
    journal = Path(folder / "demo/site/journal.jsonl").read_text().splitlines()
    return found, [json.loads(line) for line in journal]


def one_run(play, folder, **environment):
    stdout = command(play, folder, **environment).stdout
    headings = Path(environment["HEADINGS_FILE"]).read_text().splitlines()
    return [line for line in stdout.splitlines() if line.strip()], [json.loads(one) for one in headings]


def steps_done(entries):
    return sum(entry["event"] in ("step_done", "action_done", "catch_up_passed") for entry in entries)


def test_a_whole_upgrade_is_short_to_read(runs):
    ((_lines, headings), _second), entries = runs
    steps, count = steps_done(entries), len(headings)
    idle = sum(one["status"] in IDLE for one in headings)
    print(f"\n{MODE} demo: {count} headings, {steps} steps, {count / steps:.1f} a step, {idle / count:.0%} idle ({idle})")
    assert count <= 400
    assert count <= ONCE + 12 * steps
    assert idle <= count / 4


def test_nothing_to_do_takes_few_tasks(runs):
    (_first, (_lines, headings)), _entries = runs
    batches = [one["batch"] for one in headings if one["play"] == UPGRADE]
    print(f"\nnothing to do: {batches.count(batches[0])} headings")
    assert batches.count(batches[0]) <= 12


def test_nearly_every_line_of_the_screen_is_needed(runs):
    ((lines, _headings), _second), entries = runs
    steps, passing = steps_done(entries), sum(bool(PASSING.match(line)) for line in lines)
    for_nothing = [line for line, kind in zip(lines, kinds(lines)) if kind is None]
    needed = 1 - len(for_nothing) / len(lines)
    print(f"\nprogress: {len(lines)} lines, {passing} of them of steps at work; {needed:.0%} are needed. Needed by nobody:")
    print("\n".join(for_nothing))
    assert needed > 0.9
    assert len(lines) - passing <= 35 + 2.5 * steps
    assert len(lines) - passing < 120


def test_every_kind_of_line_is_there(runs):
    """So that no pattern takes the lines of another kind."""
    ((lines, _headings), _second), _entries = runs
    assert set(kinds(lines)) | {"what will happen otherwise"} == {*NEEDED, None}
