# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The status of a site: one round of reads for each node, whatever does not respond, and whoever owns its lock."""

import json
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import lock
from ansible_collections.bomgar.appliance.plugins.modules import status

from tests.support.ansible import ROOT, connection_of
from tests.support.journals import remove_second_line

SCHEMA = json.loads((ROOT / "docs/schemas/status.schema.json").read_text())
ROUND = {"get_api_info", "check_health", "get_appliances"}  # of the Command API, for a node of a pair


@pytest.fixture(autouse=True)
def own_run(monkeypatch):
    monkeypatch.delenv(lock.VARIABLE, raising=False)


def read(bench, monkeypatch, *names, **given):
    """The row of a site, which fits the schema. Nothing is written, to an appliance or to the state folder."""
    monkeypatch.setattr(status, "connect", lambda params, say: bench.appliance(params))
    nodes = [dict(connection_of(bench.running, bench.folder, name), name=name) for name in names]
    public = {"public_url": bench.running.public_url()} if len(names) > 1 else {}
    before = files(bench.folder / "site")
    row = bench.run(status.OPERATION, nodes=nodes, site="support", state_dir=str(bench.folder / "site"), **{**public, **given})["row"]
    assert files(bench.folder / "site") == before and bench.writes() == []
    jsonschema.validate(row, {"$ref": "#/$defs/site", "$defs": SCHEMA["$defs"]})
    return row


def files(folder):
    """Every file below it, with its content and time."""
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in Path(folder).rglob("*") if path.is_file()}


def asked(bench, monkeypatch, *names):
    """{appliance: Counter of what it was asked for} by one more read; tokens and sessions are there already."""
    read(bench, monkeypatch, *names)
    before = len(bench.running.requests())
    read(bench, monkeypatch, *names)
    found = {name: Counter() for name in names}
    for one in bench.running.requests()[before:]:
        found[one["appliance"]][(one.get("query") or {}).get("action") or one["path"]] += 1
    return found


def texts(row):
    return " ".join(one["text"] for one in row["findings"])


def test_a_site_without_a_folder_is_new(given, monkeypatch):
    bench = given()
    row = read(bench, monkeypatch, "a")
    node = row["nodes"][0]
    assert (row["state"], row["mode"], row["step"], row["last_run"], row["lock"]) == ("new", "standalone", None, None, None)
    assert (node["version"], node["base"], node["healthy"], node["serves"]) == ("19.1.8", "5.4.0", True, True)
    assert not (bench.folder / "site").exists()


def test_each_fact_is_read_once_from_each_node(given, monkeypatch):
    found = asked(given("pair_one_hop"), monkeypatch, "a", "b")
    assert found["a"]["check_health"] == 2  # once more under the public name
    found["a"]["check_health"] -= 1
    for of_node in found.values():
        assert set(of_node) > ROUND and set(of_node.values()) == {1} and len(of_node) == 5


def test_catch_up_costs_one_more_request(given, monkeypatch, journal):
    bench = given("clients_one_hop")
    without = asked(bench, monkeypatch, "a")["a"]
    node = read(bench, monkeypatch, "a")["nodes"][0]
    journal.append("run_opened")
    journal.append("version_seen", **{name: node[name] for name in ("guid", "version", "build")}, appliance_time=bench.running.now())
    row = read(bench, monkeypatch, "a")
    now = asked(bench, monkeypatch, "a")["a"]
    assert sum((now - without).values()) == 1 and sum((without - now).values()) == 0
    assert row["catch_up"]["version"] == node["version"] and row["catch_up"]["online"] > 0


def test_silent_node_is_a_row(given, monkeypatch):
    bench = given("pair_one_hop")
    bench.running.machine("b").shut_down()
    row = read(bench, monkeypatch, "a", "b")
    up, down = row["nodes"]
    assert up["version"] == "20.2.1" and up["serves"] and not down["reachable"] and down["why"]
    assert row["relation"] == "unknown" and "b could not be read" in texts(row)


def test_foreign_lock_is_shown_and_kept(given, monkeypatch, journal):
    journal.lock.acquire()
    journal.append("run_opened")
    row = read(given(), monkeypatch, "a")
    assert row["state"] == "running" and "@" in row["lock"]["holder"] and not row["lock"]["dead"]


def test_silent_lock_means_dead_run(given, monkeypatch, journal):
    journal.lock.acquire(60)
    journal.append("run_opened")
    bench = given()
    later = status.time.time() + 61
    monkeypatch.setattr(status.time, "time", lambda: later)
    row = read(bench, monkeypatch, "a")
    assert row["state"] == "unfinished" and row["lock"]["dead"]


def test_a_damaged_journal_is_a_finding(given, monkeypatch, journal):
    for _run in range(3):
        journal.append("run_opened")
    remove_second_line(journal.path)
    row = read(given(), monkeypatch, "a")
    assert row["nodes"][0]["version"] == "19.1.8" and [one["source"] for one in row["findings"]][-1:] == ["journal"]


def test_the_journal_of_another_appliance_is_a_finding(given, monkeypatch, journal):
    journal.append("run_opened")
    journal.append("version_seen", guid="another", version="19.1.8", appliance_time=1.0)
    assert "The journal of this site is of another appliance: another." in texts(read(given(), monkeypatch, "a"))


def test_a_folder_that_cannot_be_read_hides_nothing(given, monkeypatch, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/journal.jsonl").mkdir()
    row = read(given(), monkeypatch, "a")
    assert row["nodes"][0]["version"] == "19.1.8" and "journal.jsonl" in texts(row)
