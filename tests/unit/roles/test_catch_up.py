# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The role that passes the gate: a closed gate is no failure, and tells the controller when to come back."""

import json
import math
import re
from array import array
from datetime import datetime, timedelta, timezone

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from simulator.testing import Running

from tests.support.ansible import connection_of, play

pytestmark = pytest.mark.slow


def just_begun(running, folder):
    """The task that passes a catch-up which has just begun."""
    journal = Journal(str(folder / "site" / "journal.jsonl"))
    journal.append(
        "step_done",
        host="x",
        package="BeyondTrust Remote Support 22.1.4",
        kind="site",
        version="22.1.4",
        appliance_time=running.simulation.clock.now(),
    )
    return {"ansible.builtin.include_role": {"name": "bomgar.appliance.catch_up"}, "vars": {"catch_up_journal": journal.path}}


def test_closed_catch_up_ends_green(tmp_path):
    """It gives the time as custom stats."""
    with Running("modern_layout") as running:
        task = just_begun(running, tmp_path)
        defaults = {"group/bomgar.appliance.appliance": connection_of(running, tmp_path)}
        done = play([{"block": [task], "module_defaults": defaults}], tmp_path, ANSIBLE_SHOW_CUSTOM_STATS="1")
    stats = done.stdout[done.stdout.index("CUSTOM STATS") :]
    assert "failed=0" in done.stdout and "state: waiting" in stats.replace('"', "")
    assert re.search(r"next_run_at.*\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", stats)


def test_custom_stats_keep_each_waiting_host(tmp_path):
    """The one that waits longest sets them last, and takes nothing from the other one."""
    with Running("modern_layout") as running:
        later = datetime.fromtimestamp(running.now() + 100 * 86400, timezone.utc).replace(second=0, microsecond=0)
        windows = [{"start": f"{later:%Y-%m-%d %H:%M}", "end": f"{later + timedelta(hours=6):%Y-%m-%d %H:%M}"}]
        of_window = {"ansible.builtin.include_role": {"name": "bomgar.appliance.window"}, "vars": {"window_list": windows}}
        tasks = [
            {**just_begun(running, tmp_path), "when": "inventory_hostname == 'catches_up'"},
            {**of_window, "when": "inventory_hostname == 'is_outside'"},
        ]
        defaults = {"group/bomgar.appliance.appliance": connection_of(running, tmp_path)}
        hosts = "\n".join(f"{name} ansible_connection=local" for name in ("catches_up", "is_outside"))
        done = play([{"block": tasks, "module_defaults": defaults}], tmp_path, hosts=hosts, ANSIBLE_STDOUT_CALLBACK="only_json")
    stats = json.loads(done.stdout)["custom"]
    assert stats["waiting"].keys() == {"catches_up", "is_outside"}
    assert stats["waiting"]["is_outside"] == later.isoformat() > stats["waiting"]["catches_up"] == stats["next_run_at"]


def test_reinstalling_shows_what_to_uninstall(tmp_path):
    with Running("modern_layout") as running:
        task = {"ansible.builtin.include_role": {"name": "bomgar.appliance.catch_up"}, "vars": {"catch_up_strategy": "reinstall"}}
        defaults = {"group/bomgar.appliance.appliance": connection_of(running, tmp_path)}
        done = play([{"block": [task], "module_defaults": defaults}], tmp_path)
    assert "failed=0" in done.stdout
    assert "120 Jump Clients are connected" in done.stderr and "Uninstall all client software" in done.stderr


def test_the_longest_wait_ends_in_a_failure(tmp_path):
    """Which says what to do."""
    with Running("modern_layout") as running:
        fleet = running.machine().clients
        fleet._done[0:30] = array("d", [math.inf] * 30)
        fleet._sort()
        journal = Journal(str(tmp_path / "site" / "journal.jsonl"))
        journal.append("step_done", host="x", package="RS 22.1.4", kind="site", version="22.1.4", appliance_time=running.now() - 90000)
        task = {
            "ansible.builtin.include_role": {"name": "bomgar.appliance.catch_up"},
            "vars": {"catch_up_journal": journal.path, "catch_up_max_wait": 86400},
        }
        defaults = {"group/bomgar.appliance.appliance": connection_of(running, tmp_path)}
        done = play([{"block": [task], "module_defaults": defaults}], tmp_path, check=False)
    assert "failed=1" in done.stdout and "at_max_wait: open_with_list" in done.stdout and "30 are missing" in done.stdout
