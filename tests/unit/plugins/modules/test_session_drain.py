# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Nobody is cut off unless somebody asked for it, and then it is verified by what the appliance itself says."""

from datetime import datetime, timezone

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    ApplianceError,
    InvalidInput,
    NotUnderstood,
    PermissionMissing,
    Unsafe,
    WaitTimeout,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules.session_drain import OPERATION as DRAIN

CUT = {"policy": "terminate", "reason": "security update"}
ONE, OTHER = "1" * 32, "2" * 32


def people(bench, **sessions):
    """Each named person holds so many sessions."""
    found = bench.machine.people
    found.representatives.clear()
    for name, number in sessions.items():
        found.log_in(name, bench.running.now())
        for _session in range(number):
            begin(bench, name)
    return found


def begin(bench, name):
    """One more session of this person."""
    bench.machine.people.start_session(name, bench.running.now())


def end_all(bench):
    """Everybody ends what they do."""
    for lsid in list(bench.machine.people.sessions(bench.running.now())):
        bench.machine.people.end_session(lsid, bench.running.now())


def at_minute(bench, minute, act):
    """Let act() happen once virtual time is so late; told by the waits of the bench."""
    start, sleep, done = bench.running.now(), bench._sleep, []

    def slept(seconds):
        sleep(seconds)
        if not done and bench.running.now() - start >= 60 * minute:
            done.append(act())

    bench._sleep = slept


def asked(bench, what):
    """Requests for a command: its action in XML, its path in JSON."""
    return [one for one in bench.running.requests() if what in (one.get("action"), one["path"])]


def lists_of_people(bench):
    return len(asked(bench, "get_logged_in_reps")) + len(asked(bench, "/api/command/v2/user"))


def report(*running, ended=(), kind="session"):
    """A report as the interfaces describe it: a running session has an empty end."""
    rows = [f'<{kind} lsid="{lsid}"><start_time timestamp="1">x</start_time><end_time/></{kind}>' for lsid in running]
    rows += [f'<{kind} lsid="{lsid}"><end_time timestamp="9">1970-01-01T00:00:09</end_time></{kind}>' for lsid in ended]
    return f'<session_list xmlns="https://www.beyondtrust.com/namespaces/API/reporting">{"".join(rows)}</session_list>'


def reports(bench, body, times=1, **more):
    bench.running.fault("body", times=times, match={"path": "/api/reporting"}, body=body, content_type="text/xml", **more)


WORLDS = pytest.mark.parametrize("world", ["far_outdated", "json_generation", "old_xml"])


# --- waiting


@WORLDS
def test_without_a_session_it_is_quiet_at_once(given, world):
    bench = given(world)
    people(bench, Ada=0)
    result = bench.run(DRAIN)
    assert (result["state"], result["changed"], result["sessions"], result["waited_seconds"]) == ("quiet", False, 0, 0)
    assert [one["name"] for one in result["people"]] == ["Ada"]
    assert bench.writes() == [] and bench.seconds_asleep == 0


@pytest.mark.mission("M22")
@WORLDS
def test_it_waits_until_a_session_ends(given, world):
    bench = given(world)
    people(bench, Ada=1)
    at_minute(bench, 7, lambda: end_all(bench))
    result = bench.run(DRAIN)
    assert result["state"] == "quiet" and not result["timed_out"]
    assert 420 <= result["waited_seconds"] < 420 + 70
    assert bench.writes() == []


@WORLDS
def test_the_list_of_people_is_read_rarely(given, world):
    bench = given(world)
    people(bench, Ada=1)
    bench.run(DRAIN, policy="wait")
    assert lists_of_people(bench) == 2
    counts = len(asked(bench, "get_connected_client_list")) + len(asked(bench, "/api/command/v2/appliance/client-count"))
    assert 28 <= counts <= 36


def test_without_counts_people_are_listed_every_five_minutes(given):
    bench = given("old_xml")
    people(bench, Ada=1)
    bench.running.fault("xml_error", times=None, text="Invalid action", match={"action": "get_connected_client_list"})
    at_minute(bench, 7, lambda: end_all(bench))
    result = bench.run(DRAIN)
    assert result["state"] == "quiet" and result["waited_seconds"] < 740
    assert lists_of_people(bench) == 3


@WORLDS
def test_wait_returns_a_time_if_a_session_remains(given, world):
    bench = given(world)
    people(bench, Ada=2)
    result = bench.run(DRAIN, policy="wait", retry_after=1800)
    assert (result["state"], result["sessions"], result["timed_out"]) == ("waiting", 2, True)
    again = datetime.fromisoformat(result["next_run_at"])
    assert again.tzinfo == timezone.utc and abs(again.timestamp() - bench.running.now() - 1800) < 5
    assert bench.writes() == []


@WORLDS
def test_stop_names_the_people_if_a_session_remains(given, world):
    bench = given(world)
    people(bench, Ada=2, Bob=0)
    with pytest.raises(Unsafe, match=r"2 people are logged in, 2 sessions run: Ada \(2 sessions\), Bob\. At most 0 sessions") as caught:
        bench.run(DRAIN)
    facts = caught.value.facts
    assert (facts["outcome"], facts["sessions"], len(facts["people"])) == ("nothing_done", 2, 2)
    assert bench.writes() == [] and 1800 <= round(bench.seconds_asleep, 3) < 1900  # the clock counts from 1970: microseconds get lost


def test_zero_seconds_read_once(given):
    bench = given()
    people(bench, Ada=1)
    assert bench.run(DRAIN, policy="wait", wait_timeout=0)["state"] == "waiting"
    assert bench.seconds_asleep == 0 and lists_of_people(bench) == 1


def test_max_sessions_and_max_people_may_stay(given):
    bench = given()
    people(bench, Ada=1, Bob=1)
    assert bench.run(DRAIN, wait_timeout=0, max_sessions=2)["state"] == "quiet"
    with pytest.raises(Unsafe, match="At most 2 sessions and 1 people are allowed"):
        bench.run(DRAIN, wait_timeout=0, max_sessions=2, max_people=1)


def test_a_connected_customer_is_a_session(given):
    bench = given()
    people(bench, Ada=0)
    counts = (
        '<connected_client_list><connected_client_summary><appliance_summary id="1"><count type="support_customer">1</count>'
        "</appliance_summary></connected_client_summary></connected_client_list>"
    )
    bench.running.fault("body", body=counts, content_type="text/xml", match={"action": "get_connected_client_list"})
    with pytest.raises(Unsafe, match=r"1 session runs \(1 customer connected, 0 sessions held by people\)"):
        bench.run(DRAIN, wait_timeout=0)


@pytest.mark.parametrize(
    ("fault", "more"),
    [
        ("remove_field", {"field": "support_session_count"}),
        ("wrong_type", {"field": "support_session_count", "value": "many"}),
        ("wrong_type", {"field": "support_session_count", "value": "-1"}),
        ("login_page", {}),
        ("truncate", {"keep": 60}),
    ],
)
def test_an_unreadable_response_is_never_quiet(given, fault, more):
    bench = given()
    people(bench, Ada=0)
    bench.running.fault(fault, times=None, match={"action": "get_logged_in_reps"}, **more)
    with pytest.raises(ApplianceError):
        bench.run(DRAIN)


def test_an_absent_appliance_is_not_quiet(given):
    bench = given()
    people(bench, Ada=1)
    bench.running.fault("status", status=502, skip=3, times=None, match={"path": "/api/command"})
    with pytest.raises(ApplianceError, match="502"):
        bench.run(DRAIN, policy="wait", wait_timeout=300)


def test_a_backup_node_shows_nobody_and_says_so(given):
    bench = given("pair_far_outdated")
    backup = next(name for name in ("a", "b") if bench.running.machine(name).failover_role == "backup")
    result = bench.run(DRAIN, url=bench.running.url_of(backup))
    assert (result["state"], result["people"]) == ("quiet", [])
    assert "the backup, which shows nobody" in result["message"]


# --- check mode


@WORLDS
@pytest.mark.parametrize(("more", "state", "changed"), [({"policy": "wait"}, "waiting", False), ({}, "waiting", False)])
def test_check_mode_predicts_without_waiting(given, world, more, state, changed):
    bench = given(world)
    people(bench, Ada=1)
    result = bench.run(DRAIN, check_mode=True, journal=str(bench.folder / "site" / "journal.jsonl"), **more)
    assert (result["state"], result["changed"]) == (state, changed)
    assert "would" in result["message"]
    assert bench.seconds_asleep == 0 and bench.writes() == [] and not (bench.folder / "site").exists()


def test_check_mode_of_terminate_counts_and_writes_nothing(given):
    bench = given("json_generation")
    people(bench, Ada=2, Bob=0)
    result = bench.run(DRAIN, check_mode=True, log_out=True, **CUT)
    assert (result["changed"], result["terminated"], result["logged_out"]) == (True, 2, 2)
    assert bench.writes() == [] and bench.seconds_asleep == 0


def test_check_mode_fails_where_zero_seconds_fail(given):
    bench = given()
    people(bench, Ada=1)
    with pytest.raises(Unsafe):
        bench.run(DRAIN, check_mode=True, wait_timeout=0)


# --- ending sessions


def test_each_session_is_ended_once(given):
    bench = given("json_generation")
    found = people(bench, Ada=2, Bob=1)
    held = set(found.sessions(bench.running.now()))
    result = bench.run(DRAIN, **CUT)
    assert (result["state"], result["changed"], result["terminated"], result["logged_out"]) == ("quiet", True, 3, 0)
    assert found.sessions(bench.running.now()) == {}
    assert [one["method"] for one in bench.running.requests("write")] == ["DELETE"] * 3
    assert {one["path"].rpartition("/")[2] for one in bench.running.requests("write")} == held
    assert len(found.logged_in(bench.running.now())) == 2


@WORLDS
def test_nobody_is_cut_off_before_the_timeout(given, world):
    bench = given(world)
    found = people(bench, Ada=1)
    reports(bench, report(*found.sessions(bench.running.now())), times=None)
    at_minute(bench, 7, lambda: end_all(bench))
    assert bench.run(DRAIN, log_out=True, **CUT)["state"] == "quiet"
    assert bench.writes() == []


@pytest.mark.parametrize("world", ["far_outdated", "old_xml"])
def test_with_xml_the_report_contains_the_ids(given, world):
    bench = given(world)
    found = people(bench, Ada=2)
    held = list(found.sessions(bench.running.now()))
    reports(bench, report(*held, ended=[ONE]), times=2)
    result = bench.run(DRAIN, **CUT)
    assert (result["state"], result["terminated"]) == ("quiet", 2)
    assert found.sessions(bench.running.now()) == {}
    assert bench.writes() == [f"terminate session {lsid}" for lsid in held]


def test_people_are_logged_out_only_on_request(given):
    bench = given("json_generation")
    found = people(bench, Ada=1, Bob=0)
    result = bench.run(DRAIN, log_out=True, wait_timeout=0, **CUT)
    assert (result["terminated"], result["logged_out"], result["people"]) == (1, 2, [])
    assert found.logged_in(bench.running.now()) == []
    assert [one["method"] for one in bench.running.requests("write")] == ["DELETE", "POST", "POST"]


@pytest.mark.parametrize("path", ["/api/command/v2/session/*", "/api/command/v2/user/*/logout"])
def test_a_lost_response_is_settled_by_reading(given, path):
    bench = given("json_generation")
    found = people(bench, Ada=2)
    bench.running.fault("drop_after", match={"path": path})
    result = bench.run(DRAIN, log_out=True, wait_timeout=0, **CUT)
    assert (result["state"], result["terminated"], result["logged_out"]) == ("quiet", 2, 1)
    assert len(bench.running.requests("write")) == 3
    assert found.logged_in(bench.running.now()) == []


def test_a_lost_request_is_not_sent_again(given):
    bench = given("json_generation")
    people(bench, Ada=1)
    bench.running.fault("drop_before", match={"method": "DELETE"})
    with pytest.raises(WaitTimeout, match="still there: 1 person is logged in, 1 session runs") as caught:
        bench.run(DRAIN, wait_timeout=0, **CUT)
    assert (caught.value.facts["outcome"], caught.value.facts["terminated"]) == ("unknown", 0)
    assert len([one for one in bench.running.requests() if one["method"] == "DELETE"]) == 1


@pytest.mark.parametrize(("path", "more"), [("*/session/*", {"max_sessions": 1}), ("*/logout", {"log_out": True})])
def test_an_ended_session_must_be_gone(given, path, more):
    bench = given("json_generation")
    people(bench, Ada=2)
    bench.running.fault("drop_before", match={"path": path})
    with pytest.raises(WaitTimeout, match="Not all ended") as caught:
        bench.run(DRAIN, wait_timeout=0, **more, **CUT)
    assert caught.value.facts["outcome"] == "unknown"


@pytest.mark.parametrize(("skip", "asked", "outcome"), [(0, True, "failed"), (1, True, None)])
def test_a_forbidden_write_fails_with_the_outcome(given, skip, asked, outcome):
    bench = given("json_generation")
    people(bench, Ada=3)
    bench.running.fault("status", status=403, body="no", skip=skip, times=None, match={"method": "DELETE"})
    params = bench.params(DRAIN, wait_timeout=0, **CUT)
    appliance = bench.appliance(params)
    with pytest.raises(PermissionMissing, match="full_access") as caught:
        DRAIN.function(appliance, params, check_mode=False)
    assert (appliance.request_sent, caught.value.facts.get("outcome")) == (asked, outcome)
    assert len([one for one in bench.running.requests() if one["method"] == "DELETE"]) == skip + 1


def test_a_refused_end_fails_with_its_reason(given):
    bench = given()
    people(bench, Ada=1)
    reports(bench, report(ONE), times=None)
    with pytest.raises(ApplianceError, match="Invalid lsid") as caught:
        bench.run(DRAIN, wait_timeout=0, **CUT)
    assert caught.value.facts["outcome"] == "failed"


def test_ended_session_is_no_failure(given):
    bench = given("json_generation")
    people(bench, Ada=1)
    bench.running.fault("status", status=404, body='{"message": "Session not found."}', match={"method": "DELETE"})
    at_minute(bench, 0, lambda: end_all(bench))
    assert bench.run(DRAIN, wait_timeout=0, **CUT)["state"] == "quiet"


def test_new_sessions_are_ended_at_most_three_times(given):
    bench = given("json_generation")
    people(bench, Ada=1)
    real, left = bench.machine.terminate_session, [99]

    def terminate(lsid):
        ended = real(lsid)
        if left[0]:
            left[0] -= 1
            begin(bench, "Ada")
        return ended

    bench.machine.terminate_session = terminate
    with pytest.raises(WaitTimeout, match="New sessions began 3 times") as caught:
        bench.run(DRAIN, wait_timeout=0, **CUT)
    assert (caught.value.facts["outcome"], caught.value.facts["terminated"]) == ("failed", 3)
    left[0] = 0
    assert bench.run(DRAIN, wait_timeout=0, **CUT)["terminated"] == 1


def test_a_session_without_an_id_is_reported(given):
    bench = given()
    people(bench, Ada=1)
    reports(bench, report(), times=None)
    with pytest.raises(Unsafe, match="lists no id of the running sessions, so nothing was ended") as caught:
        bench.run(DRAIN, wait_timeout=0, **CUT)
    assert caught.value.facts["outcome"] == "nothing_done" and bench.writes() == []


def test_an_unreachable_max_people_ends_no_session(given):
    bench = given("json_generation")
    people(bench, Ada=1)
    with pytest.raises(Unsafe, match="cannot be reached without `log_out`"):
        bench.run(DRAIN, wait_timeout=0, max_people=0, **CUT)
    assert bench.writes() == []


# --- permissions


def test_a_missing_report_names_the_permission_at_once(given):
    bench = given()
    people(bench, Ada=1)
    with pytest.raises(PermissionMissing, match="perm_reporting_support is missing.*`policy: wait`.*`log_out: true`") as caught:
        bench.run(DRAIN, **CUT)
    assert caught.value.facts["permission"] == "perm_reporting_support"
    assert bench.writes() == [] and bench.seconds_asleep == 0


def test_without_the_report_a_logout_ends_sessions(given):
    bench = given()
    found = people(bench, Ada=2, Bob=1)
    result = bench.run(DRAIN, wait_timeout=0, log_out=True, **CUT)
    assert (result["state"], result["terminated"], result["logged_out"]) == ("quiet", 0, 2)
    assert found.logged_in(bench.running.now()) == []


@pytest.mark.parametrize("world", ["far_outdated", "json_generation"])
def test_a_read_only_account_is_refused_at_once(given, world):
    bench = given(world)
    people(bench, Ada=1)
    bench.machine.accounts.api[bench.running.world["accounts"]["api"][0]["client_id"]].permissions["perm_command"] = "read_only"
    with pytest.raises(PermissionMissing, match="full_access"):
        bench.run(DRAIN, **CUT)
    assert bench.writes() == [] and bench.seconds_asleep == 0


# --- bad input, journal


@pytest.mark.parametrize(
    "wrong",
    [
        {"wait_timeout": -1},
        {"max_sessions": -1},
        {"max_people": -1},
        {"poll_interval": 0},
        {"retry_after": 0},
        {"policy": "terminate", "reason": "  "},
    ],
)
def test_invalid_options_are_refused_before_any_request(given, wrong):
    bench = given()
    with pytest.raises(InvalidInput):
        bench.run(DRAIN, **wrong)
    assert bench.running.requests() == []


def test_the_journal_records_ended_sessions_and_the_reason(given):
    bench = given("json_generation")
    people(bench, Ada=2)
    path = str(bench.folder / "site" / "journal.jsonl")
    bench.run(DRAIN, wait_timeout=0, journal=path, **CUT)
    drained = Journal(path).state().clients.drains[-1]
    assert (drained["state"], drained["people"], drained["sessions"], drained["terminated"]) == ("quiet", 1, 2, 2)
    assert drained["reason"] == "security update"


def test_the_journal_records_a_failed_drain(given):
    bench = given()
    people(bench, Ada=2)
    path = str(bench.folder / "site" / "journal.jsonl")
    with pytest.raises(Unsafe):
        bench.run(DRAIN, wait_timeout=0, journal=path)
    assert Journal(path).state().clients.drains[-1]["state"] == "stopped"


def test_the_journal_records_remaining_sessions(given):
    bench = given("json_generation")
    people(bench, Ada=2)
    path = str(bench.folder / "site" / "journal.jsonl")
    bench.running.fault("drop_before", match={"method": "DELETE"})
    with pytest.raises(WaitTimeout):
        bench.run(DRAIN, wait_timeout=0, journal=path, **CUT)
    drained = Journal(path).state().clients.drains[-1]
    assert (drained["state"], drained["sessions"], drained["terminated"], drained["reason"]) == ("not ended", 2, 1, "security update")


def test_an_invalid_id_is_never_sent(given):
    bench = given()
    people(bench, Ada=1)
    reports(bench, report("../1"))
    with pytest.raises(NotUnderstood, match="lsid"):
        bench.run(DRAIN, wait_timeout=0, **CUT)
    assert bench.writes() == []


# --- with a simulator that has the report of sessions and sessions that end by themselves

LIVELY = """
schema: 1
name: lively
description: People whose sessions end
product: {product}
appliances: [{{name: a, hostname: support.example.com, base: 6.0.0, version: 22.1.4}}]
accounts:
  api:
    - name: upgrade automation
      client_id: 0c7f4d1e8a2b4c6d9e0f1a2b3c4d5e6f70819203
      client_secret: c2ltdWxhdGVkLXNlY3JldC1mb3ItdGhlLWRlbW8tMDE=
      permissions: {{perm_command: full_access, perm_reporting: {reporting}}}
  appliance: [{{username: admin, password: appliance-password}}]
  login: [{{username: admin, password: login-password}}]
clients:
  representatives: [{{name: Ada, sessions: 2, session_minutes: {minutes}}}, {{name: Bob, sessions: 0}}]
"""


@pytest.fixture
def lively(given):
    return lambda product="rs", minutes=7, reporting="true": given(LIVELY.format(product=product, minutes=minutes, reporting=reporting))


@pytest.mark.parametrize("product", ["rs", "pra"])
def test_it_waits_for_simulated_sessions(lively, product):
    bench = lively(product)
    result = bench.run(DRAIN)
    assert result["state"] == "quiet" and 420 <= result["waited_seconds"] < 490
    assert bench.writes() == []


@pytest.mark.parametrize(("product", "kind"), [("rs", "SupportSession"), ("pra", "AccessSession")])
def test_simulated_sessions_are_ended_with_the_report(lively, product, kind):
    bench = lively(product, minutes=600)
    held = set(bench.machine.people.sessions(bench.running.now()))
    result = bench.run(DRAIN, **CUT)
    assert (result["state"], result["terminated"], result["logged_out"]) == ("quiet", 2, 0)
    assert {one.rpartition(" ")[2] for one in bench.writes()} == held and len(bench.writes()) == 2
    assert bench.machine.people.sessions(bench.running.now()) == {}


def test_the_simulated_report_needs_a_permission(lively):
    bench = lively(minutes=600, reporting="false")
    with pytest.raises(PermissionMissing, match="perm_reporting_support"):
        bench.run(DRAIN, **CUT)
    assert bench.writes() == [] and bench.seconds_asleep == 0


@pytest.mark.parametrize("product", ["rs", "pra"])
def test_an_empty_report_still_logs_people_out(given, product):
    """The appliance says in a sentence that no session matches; that is no refusal."""
    text = LIVELY.format(product=product, minutes=7, reporting="true").replace("sessions: 2", "sessions: 0")
    bench = given(text)
    result = bench.run(DRAIN, **CUT, wait_timeout=0, max_people=0, log_out=True)
    assert (result["state"], result["terminated"], result["logged_out"]) == ("quiet", 0, 2)
    assert bench.machine.logged_in() == []
    asked = [one["query"]["generate_report"] for one in bench.running.requests("read") if one["path"] == "/api/reporting"]
    assert set(asked) == {"SupportSession" if product == "rs" else "AccessSession"}
