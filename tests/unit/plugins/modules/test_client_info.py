# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Who has upgraded, by kind and by name, and the same as a file for people."""

import csv
import os
import stat

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.api import configuration
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.table import cell
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules.client_info import OPERATION as INFO
from ansible_collections.bomgar.appliance.plugins.modules.client_list import OPERATION as LIST
from ansible_collections.bomgar.appliance.plugins.modules.preflight import OPERATION as PREFLIGHT

DAY = 86400


@pytest.fixture
def bench(given):
    return given("modern_layout")


def upgraded(bench):
    """It got a site package just now."""
    bench.machine.start_install("base-7.0.0", {})
    bench.running.advance(6 * 3600)
    bench.machine.start_install("rs-23.2.1", {})
    while bench.machine.version != "23.2.1":
        bench.running.advance(60)
    return bench.running.now()


def rows(result):
    with open(result["path"], newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.mission("M50", "M58")
def test_everybody_is_counted_by_kind(bench):
    told = bench.run(INFO)
    assert told["kinds"] == {
        "jump_client_active": {"total": 124, "done": 120, "pending": 0, "offline": 0, "lost": 2, "disabled": 2},
        "jump_client_passive": {"total": 21, "done": 20, "pending": 0, "offline": 0, "lost": 1, "disabled": 0},
        "jumpoint": {"total": 1, "done": 1, "pending": 0, "offline": 0, "lost": 0, "disabled": 0},
        "representative_console": {"total": 1, "done": 1, "pending": 0, "offline": 0, "lost": 0, "disabled": 0},
    }
    assert told["jump_clients"]["listed"] == told["jump_clients"]["total"] == 146
    assert told["representatives"] is None and told["connected"]["pinned_client"] == 120
    assert bench.run(INFO, since=0)["representatives"] == [{"name": "Ada Example", "sessions": 1}]


def test_people_read_a_line_for_each_kind(bench):
    assert bench.run(INFO)["lines"] == [
        "Jump Clients, active: 120 of 124 done, 2 lost, 2 disabled",
        "Jump Clients, passive: 20 of 21 done, 1 lost",
        "Jumpoints: 1 of 1 done",
        "Representative consoles: 1 of 1 done",
    ]
    assert bench.run(INFO, full=False)["lines"][0] == "Jump Clients, active: 124"


def with_odd_rows(monkeypatch, how_many):
    """The first rows of each list of Jump Clients lack what decides about the catch-up."""
    read = configuration.Listing.by_page

    def by_page(listing):
        for rows in read(listing):
            odd = max(0, how_many - listing.read + len(rows))
            yield [{**row, "needs_update": None} if number < odd else row for number, row in enumerate(rows)]

    monkeypatch.setattr(configuration.Listing, "by_page", by_page)


def test_odd_row_counts_as_unread(bench, monkeypatch):
    """One odd row loses no list."""
    before = bench.run(INFO)["jump_clients"]
    with_odd_rows(monkeypatch, 1)
    after = bench.run(INFO)["jump_clients"]
    assert (after["unread"], after["not_understood"], after["complete"]) == (1, 1, True) and after["updated"] == before["updated"] - 1


def test_preflight_asks_about_odd_row(bench, monkeypatch):
    with_odd_rows(monkeypatch, 1)
    found = {one["id"]: one for one in bench.run(PREFLIGHT, checks=["clients_followed", "jump_client_load"])["results"]}
    assert (found["clients_followed"]["kind"], found["jump_client_load"]["kind"]) == ("manual", "post")
    assert found["clients_followed"]["message"].endswith("not understood: 1.")


def test_list_without_understood_row_is_error(bench, monkeypatch):
    with_odd_rows(monkeypatch, 1000)
    with pytest.raises(NotUnderstood, match="needs_update"):
        bench.run(INFO)


def test_list_lengths_cost_three_small_requests(bench):
    told = bench.run(INFO, full=False)
    pages = [one for one in bench.running.requests() if one["path"].endswith("/jump-client")]
    assert len(pages) == 3 and all("per_page=5" in one["query"] or one["query"].get("per_page") == "5" for one in pages)
    assert told["kinds"]["jump_client_active"] == dict(dict.fromkeys(("done", "pending", "offline", "lost", "disabled")), total=124)
    assert (told["jump_clients"]["listed"], told["jump_clients"]["relevant"], told["jump_clients"]["complete"]) == (146, None, False)
    assert told["connected"]["pinned_client"] == 120 and told["stragglers"] == []


def test_the_list_is_read_where_nothing_else_counts(given):
    told = given("json_generation").run(INFO, full=False)
    assert told["jump_clients"]["complete"] and told["jump_clients"]["online"] > 0


def test_an_unknown_length_is_no_failure(bench, monkeypatch):
    """Of the list of Jump Clients."""
    monkeypatch.setattr(configuration, "_paging_header", lambda answer, name: None)
    told = bench.run(INFO, full=False)
    assert told["jump_clients"]["listed"] is None and told["kinds"]["jump_client_passive"]["total"] is None


@pytest.mark.mission("M42", "M57")
def test_stragglers_and_consoles_after_a_site_package(bench, tmp_path):
    """The stragglers are named, and the consoles have to start again."""
    journal = Journal(str(tmp_path / "state" / "journal.jsonl"))
    before = bench.run(INFO)
    journal.append("clients_counted", moment="before", counts={"kinds": before["kinds"]})
    since = upgraded(bench)
    journal.append("step_done", host="x", package="RS 23.2.1", kind="site", version="23.2.1", appliance_time=since)
    told = bench.run(INFO, journal=journal.path, stragglers=3)
    active = told["kinds"]["jump_client_active"]
    assert active["pending"] == active["offline"] == 120 - active["done"] > 0
    assert told["kinds"]["representative_console"] == {"total": 1, "done": 0, "pending": 1, "offline": 1, "lost": 0, "disabled": 0}
    assert len(told["stragglers"]) == 3 < told["stragglers_total"] and told["stragglers"][0]["last_seen"]
    bench.running.advance(DAY)
    told = bench.run(INFO, journal=journal.path)
    assert told["kinds"]["representative_console"]["done"] == told["kinds"]["jumpoint"]["done"] == 1
    assert told["stragglers"] == [] and journal.state().versions.catch_up["waited"] == 0


@pytest.mark.parametrize(("world", "pages"), [("json_generation", 2), ("modern_layout", 2)])
def test_the_whole_list_costs_few_requests(given, world, pages):
    """One for a hundred clients, and five more with the first token."""
    bench = given(world)
    bench.run(INFO)
    assert len(bench.running.requests()) <= pages + 5


def test_product_without_lists_counts_connected(given):
    told = given("old_xml").run(INFO)
    assert told["jump_clients"] is None and told["jumpoints"] is None and told["stragglers_total"] is None
    assert set(told["kinds"]) == {"representative_console"} and told["connected"]["pinned_client"] > 0


def test_without_lists_the_logged_in_people_are_saved(given, tmp_path):
    """The result says what is missing."""
    made = given("old_xml").run(LIST, dest=str(tmp_path / "lists" / "clients.csv"))
    assert made["rows"]["jump_client"] is None and made["rows"]["jumpoint"] is None
    assert len(rows(made)) == made["rows"]["representative_console"]


def test_invalid_filter_is_one_sentence(bench):
    with pytest.raises(InvalidInput, match="JMESPath"):
        bench.run(INFO, client_filter="name ==")


# --- the same as a file


def test_clients_are_written_privately_and_once(bench, tmp_path):
    """All clients are written privately, and a second time changes nothing."""
    path = str(tmp_path / "lists" / "clients.csv")
    made = bench.run(LIST, dest=path)
    assert made["changed"] and made["rows"] == {"jump_client": 146, "jumpoint": 1, "representative_console": 1}
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600 and len(rows(made)) == 148
    assert [row["state"] for row in rows(made)].count("lost") == 3
    again = bench.run(LIST, dest=path)
    assert not again["changed"] and again["sha256"] == made["sha256"]


def test_what_changed_replaces_the_file(bench, tmp_path):
    path = str(tmp_path / "lists" / "pending.csv")
    assert bench.run(LIST, dest=path, which="pending")["rows"] == {"jump_client": 0, "jumpoint": 0, "representative_console": 0}
    upgraded(bench)
    made = bench.run(LIST, dest=path, which="pending")
    assert made["changed"] and made["rows"]["jump_client"] > 0 and {row["state"] for row in rows(made)} == {"pending"}
    assert bench.run(LIST, dest=path, which="relevant")["rows"]["jump_client"] == 140
    assert os.listdir(tmp_path / "lists") == ["pending.csv"]


def test_check_mode_writes_nothing_and_predicts_the_same(bench, tmp_path):
    path = str(tmp_path / "lists" / "clients.csv")
    predicted = bench.run(LIST, dest=path, check_mode=True)
    assert predicted["changed"] and not os.path.exists(tmp_path / "lists")
    made = bench.run(LIST, dest=path)
    assert predicted == made and bench.writes() == []
    assert not bench.run(LIST, dest=path, check_mode=True)["changed"]


def test_a_filter_narrows_the_jump_clients(bench, tmp_path):
    made = bench.run(LIST, dest=str(tmp_path / "lists" / "a.csv"), client_filter="connection_type=='passive'", which="relevant")
    assert made["rows"]["jump_client"] == 20


def test_broken_list_leaves_the_old_file(bench, tmp_path):
    path = str(tmp_path / "lists" / "clients.csv")
    made = bench.run(LIST, dest=path)
    bench.running.fault("remove_field", field="needs_update", match={"path": "/api/config/*"}, skip=1, times=50)
    with pytest.raises(Exception, match="needs_update"):
        bench.run(LIST, dest=path)
    assert len(rows(made)) == 148 and os.listdir(tmp_path / "lists") == ["clients.csv"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("plain", "plain"),
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (7, "7"),
        (1, "1"),
        (0, "0"),
    ],
)
def test_no_cell_is_a_formula(value, text):
    assert cell(value) == text
