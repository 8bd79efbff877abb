# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The gate: a day on the appliance's clock and the clients caught up, measured."""

import csv
import io
import math
from array import array

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError, InvalidInput, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules.catch_up import OPERATION as WAIT

DAY = 86400


@pytest.fixture
def upgraded(given):
    """A bench whose appliance got a site package just now, and the time of it."""
    bench = given("modern_layout")
    bench.machine.start_install("base-7.0.0", {})
    bench.running.advance(6 * 3600)
    bench.machine.start_install("rs-23.2.1", {})
    while bench.machine.version != "23.2.1":
        bench.running.advance(60)
    return bench, bench.running.simulation.clock.now()


def test_it_is_closed_before_the_minimum_wait(upgraded):
    bench, since = upgraded
    bench.running.advance(DAY - 60)
    catch_up = bench.run(WAIT, since=since)
    assert (catch_up["state"], catch_up["changed"]) == ("waiting", False)
    assert 0 < catch_up["remaining_seconds"] <= 60 and catch_up["next_run_at"]


def test_it_opens_after_the_wait_with_upgraded_clients(upgraded):
    bench, since = upgraded
    bench.running.advance(DAY + 3600)
    catch_up = bench.run(WAIT, since=since)
    assert (catch_up["state"], catch_up["next_run_at"]) == ("open", "")
    assert catch_up["caught_up_percent"] == 100.0


def test_it_stays_closed_if_too_few_have_upgraded(upgraded):
    bench, since = upgraded
    catch_up = bench.run(WAIT, since=since, min_wait=0, threshold=100)
    assert catch_up["state"] == "waiting" and catch_up["caught_up_percent"] < 100


def test_a_filter_selects_the_eligible_clients(upgraded):
    bench, since = upgraded
    bench.running.advance(DAY // 2)
    catch_up = bench.run(WAIT, since=since, min_wait=0, threshold=100, client_filter="connection_type=='active'")
    assert catch_up["state"] == "open"


def test_hold_waits_and_shows_progress(upgraded):
    bench, since = upgraded
    catch_up = bench.run(WAIT, since=since, mode="hold", poll_interval=600)
    assert catch_up["state"] == "open"
    assert DAY - 600 <= bench.seconds_asleep <= DAY + 7200
    assert any("waiting time" in line for line in bench.lines)


def test_curve_points_come_at_modest_rate(upgraded, tmp_path):
    bench, since = upgraded
    journal = Journal(str(tmp_path / "site/journal.jsonl"))
    health = bench.appliance({**bench.params(WAIT, since=since)}).health()
    about = {"package": "BeyondTrust Remote Support 23.2.1", "kind": "site", "guid": health.guid, "host": "x"}
    journal.append("step_begun", **about, version="23.2.1", online_before=40)
    journal.append(
        "step_done",
        **about,
        version="23.2.1",
        appliance_time=since,
        evidence={},
        software={"version": health.version, "build": health.build},
    )
    assert bench.run(WAIT, journal=journal.path, mode="hold", poll_interval=600)["state"] == "open"
    points = [entry["data"] for entry in journal.read() if entry["event"] == "catch_up_waiting"]
    assert 20 <= len(points) <= 124 and journal.read()[-1]["event"] == "catch_up_passed"
    assert max(later["at"] - earlier["at"] for earlier, later in zip(points, points[1:])) <= 2 * 3600
    assert all(point["next_run_at"] and point["reasons"] for point in points)


def test_hold_ends_like_stop_after_its_timeout(upgraded):
    bench, since = upgraded
    assert bench.run(WAIT, since=since, mode="hold", hold_timeout=3600)["state"] == "waiting"


def test_an_unreadable_count_never_opens_it(upgraded):
    bench, since = upgraded
    bench.running.advance(2 * DAY)
    bench.running.fault("remove_field", field="needs_update", match={"path": "/api/config/*"}, times=50)
    with pytest.raises(ApplianceError, match="needs_update"):
        bench.run(WAIT, since=since)


def test_without_a_journal_it_fails_without_a_request(given, tmp_path):
    bench, empty = given(), tmp_path / "empty.jsonl"
    empty.write_bytes(b"")
    for options, words in (
        ({"journal": str(tmp_path / "none.jsonl")}, "no journal"),
        ({"journal": str(empty)}, "no journal"),
        ({}, "start of the waiting time is unknown"),
    ):
        with pytest.raises(InvalidInput, match=words):
            bench.run(WAIT, **options)
    assert bench.running.requests() == []


def test_a_threshold_over_a_hundred_is_refused(given):
    with pytest.raises(InvalidInput, match="range is 0 to 100"):
        given().run(WAIT, since=0, threshold=101)


def test_an_invalid_filter_is_refused(upgraded):
    bench, since = upgraded
    with pytest.raises(InvalidInput, match="JMESPath"):
        bench.run(WAIT, since=since, client_filter="name ==")


def test_a_filter_without_clients_is_refused(upgraded):
    bench, since = upgraded
    bench.running.advance(2 * DAY)
    with pytest.raises(InvalidInput, match="matches none of the"):
        bench.run(WAIT, since=since, client_filter="name=='nobody'")


def test_a_manifest_can_only_make_the_wait_longer(upgraded, tmp_path):
    bench, since = upgraded
    bench.running.advance(30 * 3600)
    journal = Journal(str(tmp_path / "state" / "journal.jsonl"))
    journal.append(
        "step_done",
        host="x",
        package="BeyondTrust Remote Support 23.2.1",
        kind="site",
        version="23.2.1",
        appliance_time=since,
        soak_hours=48,
    )
    assert bench.run(WAIT, journal=journal.path)["state"] == "waiting"
    bench.running.advance(20 * 3600)
    assert bench.run(WAIT, journal=journal.path)["state"] == "open"
    assert journal.state().versions.catch_up is None


def test_holding_without_a_successful_read_fails(upgraded):
    bench, since = upgraded
    bench.running.advance(3600)
    bench.running.fault("act", skip=2, act={"do": "serve_strange_certificate"})
    with pytest.raises(ApplianceError, match="certificate"):
        bench.run(WAIT, since=since, mode="hold", hold_timeout=7200, poll_interval=1800)


# --- cheap at scale

MANY = """
schema: 1
name: many
product: rs
clock: {start: "2026-03-01T00:00:00+00:00", speed: 0}
appliances: [{name: a, hostname: support.example.com, base: 6.2.0, version: VERSION}]
packages: []
accounts:
  api:
    - client_id: 0c7f4d1e8a2b4c6d9e0f1a2b3c4d5e6f70819203
      client_secret: c2ltdWxhdGVkLXNlY3JldC1mb3ItdGhlLWRlbW8tMDE=
      permissions: {perm_command: full_access, perm_backup: true, perm_configuration: true}
  appliance: [{username: admin, password: appliance-password}]
  login: [{username: admin, password: login-password}]
clients:
  jump_clients: {active: ACTIVE, passive: 0}
"""


def many(active=100_000, version="23.2.1"):
    return MANY.replace("ACTIVE", str(active)).replace("VERSION", version)


def pending(bench, *indexes):
    """These clients need an update for ever."""
    fleet = bench.machine.clients
    for index in indexes:
        fleet._done[index] = math.inf
    fleet._sort()


def asked(bench, since=0):
    """The addresses that were asked for, after so many requests; without tokens."""
    return [entry["path"] for entry in bench.running.requests()[since:] if entry["path"] != "/oauth2/token"]


def catch_up_of(tmp_path, bench, **more):
    """A journal with the gate of a site package that the appliance runs since now."""
    journal = Journal(str(tmp_path / "state" / "journal.jsonl"))
    journal.append(
        "step_done",
        host="x",
        package="RS 23.2.1",
        kind="site",
        version="23.2.1",
        appliance_time=bench.running.now(),
        guid=bench.machine.guid,
        **more,
    )
    return journal


@pytest.mark.slow
@pytest.mark.parametrize("version", ["23.2.1", "26.1.1"])
def test_call_before_minimum_needs_three_requests(given, tmp_path, version):
    bench = given(many(version=version))
    journal = catch_up_of(tmp_path, bench)
    bench.run(WAIT, journal=journal.path)  # this one learns which generation of the API there is
    before = len(bench.running.requests())
    catch_up = bench.run(WAIT, journal=journal.path)
    assert catch_up["state"] == "waiting" and catch_up["basis"] == "none" and catch_up["jump_clients"] is None
    assert len(asked(bench, before)) == 3 and not any("config" in path for path in asked(bench))


@pytest.mark.slow
def test_list_is_read_as_needed(given):
    bench = given(many())
    since = bench.running.now() - DAY
    pending(bench, *range(5001))
    catch_up = bench.run(WAIT, since=since)
    assert catch_up["state"] == "waiting" and not catch_up["complete"] and catch_up["jump_clients"]["requests"] == 51
    bench.machine.clients._done[1000:5001] = array("d", [-math.inf] * 4001)
    bench.machine.clients._sort()
    catch_up = bench.run(WAIT, since=since)
    assert catch_up["state"] == "open" and not catch_up["complete"] and catch_up["jump_clients"]["requests"] == 960


def test_holding_uses_a_tenth_of_the_hourly_requests(given):
    bench = given(many(2000))
    pending(bench, *range(0, 2000, 2))
    bench.run(WAIT, since=bench.running.now() - 2 * DAY, mode="hold", hold_timeout=600, poll_interval=10, threshold=50.1)
    lists = [path for path in asked(bench) if path.endswith("/jump-client")]
    assert 200 <= len(lists) <= 250 + 20
    assert any("% have caught up" in line and "online" in line for line in bench.lines)


def test_journals_of_another_appliance_are_refused(given, tmp_path):
    bench = given(many(10))
    journal = catch_up_of(tmp_path, bench)
    bench.machine.guid = "f" * 32
    bench.running.advance(2 * DAY)
    with pytest.raises(Unsafe, match="is of the appliance"):
        bench.run(WAIT, journal=journal.path)
    assert not any("config" in path for path in asked(bench))


# --- lists that change


def test_a_shrunken_list_keeps_the_catch_up_closed(given, tmp_path):
    bench = given(many(400))
    journal = catch_up_of(tmp_path, bench, listed_before=1000)
    bench.running.advance(2 * DAY)
    catch_up = bench.run(WAIT, journal=journal.path)
    assert catch_up["state"] == "waiting" and catch_up["caught_up_percent"] == 40
    assert any("600 Jump Clients that were listed before are missing" in reason for reason in catch_up["reasons"])
    assert bench.run(WAIT, journal=journal.path, listed_before=400)["state"] == "open"


def test_the_journal_records_measurements_for_the_forecast(given, tmp_path):
    bench = given(many(100))
    journal = catch_up_of(tmp_path, bench)
    pending(bench, *range(60))
    bench.running.advance(DAY)
    first = bench.run(WAIT, journal=journal.path)
    assert first["rate_per_hour"] is None and first["estimated_end"] is None
    bench.machine.clients._done[0:30] = array("d", [-math.inf] * 30)
    bench.machine.clients._sort()
    bench.running.advance(3600)
    second = bench.run(WAIT, journal=journal.path)
    at = bench.running.now() - 3600
    assert journal.state().versions.catch_up["readings"] == [
        {"at": at, "online": 40, "listed": 100, "done": 40, "of": 100},
        {"at": at + 3600, "online": 70, "listed": 100, "done": 70, "of": 100},
    ]
    assert second["rate_per_hour"] == 30 and second["estimated_end"] == "2026-03-02T01:50:00+00:00"
    assert second["stragglers_total"] == 30 and len(second["stragglers"]) == 20


# --- early and longest


@pytest.mark.parametrize(("behind", "state"), [(1, "open"), (2, "waiting")])
def test_it_opens_early_from_its_threshold(given, behind, state):
    bench = given(many(100))
    pending(bench, *range(behind))
    catch_up = bench.run(WAIT, since=bench.running.now() - 60, early_open_threshold=99)
    assert catch_up["state"] == state and catch_up["kinds"]["jump_client_active"]["total"] == 100


@pytest.mark.mission("M62")
def test_after_max_wait_it_fails_and_names_stragglers(given, tmp_path):
    bench = given(many(100))
    journal = catch_up_of(tmp_path, bench)
    pending(bench, *range(30))
    bench.running.advance(3 * DAY)
    made = WAIT.perform(bench.params(WAIT, journal=journal.path, max_wait=2 * DAY))
    assert made["failed"] and made["outcome"] == "nothing_done" and made["caught_up_percent"] == 70
    assert len(made["stragglers"]) == made["stragglers_total"] == 30
    assert "maximum wait (48:00:00) is over" in made["msg"] and "open_with_list" in made["msg"]
    assert journal.state().versions.catch_up["waited"] == 1


@pytest.mark.mission("M67")
def test_after_max_wait_it_opens_and_records_stragglers(given, tmp_path):
    bench = given(many(100))
    journal = catch_up_of(tmp_path, bench)
    pending(bench, *range(30))
    bench.running.advance(3 * DAY)
    catch_up = bench.run(WAIT, journal=journal.path, max_wait=2 * DAY, at_max_wait="open_with_list")
    passed = next(entry["data"] for entry in journal.read() if entry["event"] == "catch_up_passed")
    assert passed["not_default"] == {"max_wait": 2 * DAY, "at_max_wait": "open_with_list"}
    assert catch_up["state"] == "open" and len(catch_up["stragglers"]) == 30
    assert len(journal.state().clients.stragglers) == 30 and journal.state().versions.catch_up is None


def test_holding_ends_at_max_wait(given):
    bench = given(many(100))
    pending(bench, *range(30))
    with pytest.raises(Unsafe, match="maximum wait"):
        bench.run(WAIT, since=bench.running.now(), mode="hold", max_wait=DAY + 3600, hold_timeout=9 * DAY, poll_interval=600)
    assert DAY + 3600 <= bench.seconds_asleep < DAY + 5400


@pytest.mark.parametrize(
    "terms",
    [
        {"early_open_threshold": 90},
        {"early_open_threshold": 101},
        {"max_wait": 60},
        {"export_timezone": "Mars"},
        {"export_columns": {"x": "y"}},
        {"export_date_format": "%q"},
        {"seen_within": 30},
        {"seen_within": -1},
    ],
)
def test_invalid_conditions_are_refused_before_any_request(given, terms):
    bench = given()
    with pytest.raises(InvalidInput):
        bench.run(WAIT, since=0, **terms)
    assert bench.running.requests() == []


# --- the console's export


def exported(tmp_path, bench, done, late):
    """An export of the console: so many dates after now, so many before."""
    out, stamps = io.StringIO(), ["2026-03-01 12:00:00"] * done + ["2026-02-01 12:00:00"] * late
    csv.writer(out).writerows([["Name", "Status Details"], *([f"c{n}", f"Online since {stamp}"] for n, stamp in enumerate(stamps))])
    (tmp_path / "export.csv").write_text(out.getvalue())
    return str(tmp_path / "export.csv")


@pytest.mark.mission("M65")
@pytest.mark.parametrize(("done", "state"), [(95, "open"), (94, "waiting")])
def test_an_export_replaces_the_list(given, tmp_path, done, state):
    bench = given(many(10))
    since = bench.running.now()
    pending(bench, *range(10))
    path = exported(tmp_path, bench, done, 100 - done)
    bench.running.advance(DAY)
    catch_up = bench.run(WAIT, since=since, console_export=path)
    assert (catch_up["state"], catch_up["basis"], catch_up["caught_up_percent"], catch_up["complete"]) == (
        state,
        "console_export",
        done,
        True,
    )
    assert catch_up["stragglers_total"] == 100 - done and not any("config" in path for path in asked(bench))


@pytest.mark.mission("M66")
def test_an_old_or_missing_export_keeps_it_closed(given, tmp_path):
    bench = given(many(10))
    since = bench.running.now()
    bench.running.advance(2 * DAY)
    catch_up = bench.run(WAIT, since=since, console_export=exported(tmp_path, bench, 0, 5))
    assert catch_up["state"] == "waiting" and catch_up["reasons"] == ["the export is older than the upgrade"]
    assert "no export at" in bench.run(WAIT, since=since, console_export=str(tmp_path / "none.csv"))["reasons"][0]


def test_another_file_instead_of_an_export_is_refused(given, tmp_path):
    bench = given(many(10))
    (tmp_path / "page.csv").write_text("<html>Log in</html>")
    with pytest.raises(InvalidInput, match="web page"):
        bench.run(WAIT, since=bench.running.now(), console_export=str(tmp_path / "page.csv"))


# --- reinstall instead of waiting


@pytest.mark.mission("M15")
@pytest.mark.parametrize("version", ["23.2.1", "26.1.1"])
def test_reinstall_opens_if_no_client_is_connected(given, tmp_path, version):
    bench = given(many(0, version))
    journal = catch_up_of(tmp_path, bench)
    catch_up = bench.run(WAIT, journal=journal.path, strategy="reinstall")
    assert (catch_up["state"], catch_up["basis"]) == ("open", "reinstall") and set(catch_up["still_connected"].values()) == {0}
    assert journal.state().versions.catch_up is None


@pytest.mark.mission("M15")
@pytest.mark.parametrize("version", ["23.2.1", "26.1.1"])
def test_reinstall_is_manual_while_a_client_is_online(given, tmp_path, version):
    bench = given(many(1, version))
    journal = catch_up_of(tmp_path, bench)
    made = WAIT.perform(bench.params(WAIT, journal=journal.path, strategy="reinstall"))
    assert (made["state"], made["outcome"], made["changed"]) == ("manual", "manual", False)
    assert made["still_connected"]["pinned_client"] == 1 and "1 Jump Clients are connected" in made["instructions"][0]
    assert journal.state().versions.catch_up is not None


@pytest.mark.mission("M15")
def test_reinstall_is_manual_if_clients_are_unknown(given):
    bench = given(many(0))
    bench.running.fault("xml_error", match={"path": "/api/command"}, times=9)
    with pytest.raises(ApplianceError):
        bench.run(WAIT, strategy="reinstall")


def test_unseen_clients_are_not_eligible(given):
    """Clients that were not seen for a month are not eligible."""
    bench = given(many(100))
    since = bench.running.now()
    fleet = bench.machine.clients
    fleet.cut, fleet._done = since - 60, array("d", [math.inf] * 10 + [since] * 90)  # those that need an update are offline since then
    fleet._sort()
    bench.running.advance(31 * DAY)
    catch_up = bench.run(WAIT, since=since)
    assert catch_up["state"] == "open" and catch_up["jump_clients"]["excluded"]["unseen"] == catch_up["stragglers_total"] == 10
    assert bench.run(WAIT, since=since, seen_within=0)["state"] == "waiting"


@pytest.mark.mission("M40")
def test_online_count_needs_one_request(given):
    bench = given(many(200))
    since = bench.running.now()
    bench.machine.clients.site_installed(since - 600, since)
    terms = {"since": since, "min_wait": 0, "threshold": 50, "basis": "online_count", "online_before": 200}
    catch_up = bench.run(WAIT, **terms)
    assert (catch_up["state"], catch_up["basis"], catch_up["caught_up_percent"]) == ("waiting", "online_count", 0.0)
    catch_up = bench.run(WAIT, **terms, mode="hold", poll_interval=60)
    assert catch_up["state"] == "open" and catch_up["connected"]["pinned_client"] >= 100
    assert not any("config" in path for path in asked(bench))
