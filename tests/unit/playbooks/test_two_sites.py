# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Two sites in one batch, and one fails: the other stops between two steps and says why; nobody is told of a failure that was none."""

import datetime
import json

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import Lock
from simulator.testing import Running

from tests.support.ansible import command, program
from tests.support.two_sites import ALONE_TWICE, TWO, inventory

pytestmark = pytest.mark.slow


def ended(folder, site):
    """(outcome, why) of the last run in a site's journal."""
    last = [entry for entry in Journal(str(folder / site / "journal.jsonl")).read() if entry["event"] == "run_ended"][-1]
    return last["data"]["state"], last["data"].get("why", "")


def test_a_failed_site_stops_the_other_between_steps(tmp_path):
    with Running(TWO) as running:
        arguments = ["-i", inventory(running, tmp_path), "bomgar.appliance.upgrade", "-e", "bomgar_serial=2"]
        done = command([program("ansible-playbook"), *arguments], tmp_path, check=False, ANSIBLE_STDOUT_CALLBACK="only_json")
        assert done.returncode == 2, done.stdout + done.stderr
        assert running.requests("write") == []
    assert ended(tmp_path, "a.example.com")[0] == "failed" and "database is slow" in ended(tmp_path, "a.example.com")[1]
    state, why = ended(tmp_path, "b.example.com")
    assert state == "stopped" and "because a.example.com failed" in why
    assert (tmp_path / "notices").read_text().split("\n") == ["a.example.com failed", ""]
    shown = json.loads(done.stdout)
    assert shown["stats"]["b.example.com"]["failures"] == 0 and "b.example.com" not in shown["failed"]


def test_failed_start_stops_the_other_site(tmp_path):
    """The other one has read nothing yet, and still closes its run and gives its lock back."""
    with Running(ALONE_TWICE) as running:
        Lock(str(tmp_path / "a.example.com" / "journal.jsonl"), "").acquire()
        arguments = ["-i", inventory(running, tmp_path), "bomgar.appliance.upgrade", "-e", "bomgar_serial=2"]
        done = command([program("ansible-playbook"), *arguments], tmp_path, check=False)
        assert done.returncode == 2 and "Another run locks this site" in done.stdout, done.stdout + done.stderr
        assert running.requests("write") == []
    state, why = ended(tmp_path, "b.example.com")
    assert state == "stopped" and "because a.example.com failed" in why
    assert not (tmp_path / "b.example.com" / "journal.jsonl.lock").exists()
    assert "b.example.com              : ok=" in done.stdout and "is undefined" not in done.stdout + done.stderr


def test_two_sites_step_side_by_side(tmp_path):
    with Running(ALONE_TWICE, speed=60, idle_speed=60) as running:
        arguments = ["-i", inventory(running, tmp_path), "bomgar.appliance.upgrade", "-e", "bomgar_serial=2", "-e", "catch_up_mode=stop"]
        done = command([program("ansible-playbook"), *arguments], tmp_path, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    began, ended_at = {}, {}
    for site in "ab":
        entries = Journal(str(tmp_path / f"{site}.example.com" / "journal.jsonl")).read()
        events = [entry["event"] for entry in entries]
        assert events.index("backup_taken") < events.index("step_begun"), events
        assert ended(tmp_path, f"{site}.example.com")[0] == "waiting"
        began[site], ended_at[site] = (entries[events.index(event)]["time"] for event in ("step_begun", "step_done"))
    assert began["a"] < ended_at["b"] and began["b"] < ended_at["a"]


def test_custom_stats_name_both_waiting_sites(tmp_path):
    begin = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=100)).replace(microsecond=0, second=0)
    windows = [{"start": f"{begin:%Y-%m-%d %H:%M}", "end": f"{begin + datetime.timedelta(hours=6):%Y-%m-%d %H:%M}"}]
    with Running(ALONE_TWICE) as running:
        hosts = inventory(running, tmp_path)
        asked = [
            "-i",
            hosts,
            "bomgar.appliance.upgrade",
            "-e",
            "bomgar_serial=2",
            "-e",
            json.dumps({"window_list": windows, "window_zone": "UTC"}),
        ]
        done = command([program("ansible-playbook"), *asked], tmp_path, check=False, ANSIBLE_STDOUT_CALLBACK="only_json")
        assert done.returncode == 0, done.stdout + done.stderr
        planned = command([program("ansible-playbook"), *asked, "--check"], tmp_path, ANSIBLE_STDOUT_CALLBACK="only_json")
    stats = json.loads(done.stdout)["custom"]
    assert (stats["state"], stats["next_run_at"]) == ("waiting", begin.isoformat())
    assert stats["waiting"] == dict.fromkeys(("a.example.com", "b.example.com"), stats["next_run_at"])
    plans = {site: json.loads((tmp_path / site / "plan.json").read_text())["hash"] for site in ("a.example.com", "b.example.com")}
    assert json.loads(planned.stdout)["custom"]["plan_hashes"] == plans
