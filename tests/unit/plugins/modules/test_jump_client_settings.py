# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""jump_client_settings against simulated appliances: what it sets, proves, remembers, puts back, and what it leaves alone."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.modules.jump_client_settings import OPERATION as SETTINGS

from tests.support.sentences import performed, sentence

WORLD = """
schema: 1
name: settings
product: rs
appliances: [{{name: a, hostname: support.example.com, base: 6.2.0, version: {version}, layout: {layout}, language: {language}}}]
accounts:
  {api}
  appliance: [{{username: admin, password: appliance-password}}]
  login: [{{username: admin, password: login-password}}, {{username: eve, password: login-password}}]
jump_settings: {{max_concurrent: 50, bandwidth: 100, connection_rate: 50, automatic: enabled}}
web: {{session_minutes: 30}}
"""
LOGIN = {"login_username": "admin", "login_password": "login-password"}
LAYOUTS = [("classic", "en"), ("classic", "de"), ("modern", "en"), ("modern", "de")]
SLOWER = {"max_concurrent": 10, "bandwidth": 5, "connection_rate": 20, "automatic": "cycle"}
USUAL = {"max_concurrent": 50, "bandwidth": 100, "connection_rate": 50, "automatic": "enabled"}
SAVED = "save jump client settings"


@pytest.fixture
def bench(given):
    return given(world())


def world(layout="classic", language="en", version="22.1.4"):
    old = "legacy_users: [{username: api, password: api-password}]"
    new = f"api: [{{name: upgrades, client_id: {'c' * 40}, client_secret: {'s' * 44}, permissions: {{perm_command: read_only}}}}]"
    return WORLD.format(layout=layout, language=language, version=version, api=old if version < "16" else new)


def put(bench, **options):
    return bench.run(SETTINGS, **{**LOGIN, **options})


def end(bench, **options):
    """What the module ends with, an error as a failed result."""
    return performed(bench, SETTINGS, **{**LOGIN, **options})


def posts(bench):
    return [one["path"] for one in bench.running.requests() if one["method"] == "POST" and "jump" in one["path"]]


def events(journal, *names):
    return [entry["data"] for entry in journal.read() if entry["event"] in names]


# --- setting


@pytest.mark.mission("M52")
@pytest.mark.parametrize("version", ["22.1.4", "15.1.2"])
@pytest.mark.parametrize(("layout", "language"), LAYOUTS)
def test_each_setting_is_saved_once_and_verified(given, layout, language, version):
    bench = given(world(layout, language, version))
    result = put(bench, **SLOWER)
    assert bench.machine.jump_settings == SLOWER and bench.writes() == [SAVED] and len(posts(bench)) == 1
    assert (result["changed"], result["state"], result["settings"], result["before"]) == (True, "done", SLOWER, USUAL)
    assert result["diff"]["before"].startswith("max_concurrent: 50\nbandwidth: 100 MiB/s\nconnection_rate: 50/s\n")
    again = put(bench, **SLOWER)
    assert not again["changed"] and again["before"] == {} and bench.writes() == [SAVED]


def test_unset_options_are_not_changed(bench):
    result = put(bench, max_concurrent=7)
    assert bench.machine.jump_settings == {**USUAL, "max_concurrent": 7} and result["before"] == {"max_concurrent": 50}


def test_nothing_wanted_only_reads(bench):
    result = put(bench)
    assert result["settings"] == USUAL and not result["changed"] and bench.writes() == []


def test_check_mode_predicts_and_sends_reads_only(bench, journal):
    result = put(bench, check_mode=True, journal=str(journal.path), **SLOWER)
    assert result["changed"] and result["before"] == USUAL and "max_concurrent: 10\n" in result["diff"]["after"]
    assert bench.machine.jump_settings == USUAL and posts(bench) == [] and journal.read() == []


def test_the_journal_records_old_values_before_the_request(bench, journal):
    bench.running.fault("drop_before", match={"method": "POST", "path": "*jump*"}, times=None)
    result = end(bench, journal=str(journal.path), max_concurrent=10)
    assert result["failed"] and bench.machine.jump_settings == USUAL
    (noted,) = events(journal, "jump_settings_changed")
    assert noted == {"host": bench.running.url.rpartition("/")[2], "before": {"max_concurrent": 50}, "after": {"max_concurrent": 10}}


# --- faults


def test_a_lost_response_is_settled_by_reading(bench):
    bench.running.fault("drop_after", match={"method": "POST", "path": "*jump*"})
    result = end(bench, **SLOWER)
    assert (result["changed"], result["outcome"]) == (True, "done") and bench.writes() == [SAVED] and len(posts(bench)) == 1


def test_a_lost_save_is_not_sent_again(bench):
    bench.running.fault("drop_before", match={"method": "POST", "path": "*jump*"})
    result = end(bench, max_concurrent=10)
    assert result["outcome"] == "unknown" and bench.writes() == []
    assert "max_concurrent 10 " in result["msg"] and "max_concurrent 50" in result["msg"]
    assert end(bench, max_concurrent=10)["changed"] and bench.writes() == [SAVED]


def test_it_waits_for_a_late_change(bench):
    bench.running.fault("status", status=503, match={"method": "POST", "path": "*jump*"})
    bench.running.fault("act", skip=3, act={"do": "set_jump_settings", "max_concurrent": 10}, match={"method": "GET", "path": "*jump*"})
    assert end(bench, max_concurrent=10)["outcome"] == "done" and len(posts(bench)) == 1


@pytest.mark.parametrize(("layout", "language"), LAYOUTS)
def test_an_ended_session_needs_a_new_login(given, layout, language):
    bench = given(world(layout, language))
    bench.running.fault("expire_session", match={"method": "POST", "path": "*jump*"})
    assert put(bench, **SLOWER)["changed"] and bench.machine.jump_settings == SLOWER and bench.writes() == [SAVED]


def test_a_session_that_ends_afterwards_presses_once(bench):
    bench.running.fault("login_page", skip=1, match={"method": "GET", "path": "*jump_clients*"})
    assert put(bench, **SLOWER)["changed"] and bench.writes() == [SAVED] and len(posts(bench)) == 1


def test_a_refusal_names_message_and_values(bench):
    text = sentence(bench, SETTINGS, **LOGIN, bandwidth=7.5)
    assert "bandwidth 100 MiB/s instead of bandwidth 7.5 MiB/s" in text and "enter a whole number from 1 to 100" in text
    assert end(bench, bandwidth=7.5)["outcome"] == "failed" and bench.machine.jump_settings == USUAL and bench.writes() == []


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("max_concurrent", 0),
        ("max_concurrent", 501),
        ("bandwidth", 0),
        ("bandwidth", 100.5),
        ("bandwidth", float("nan")),
        ("connection_rate", 301),
        ("connection_rate", -1),
    ],
)
def test_a_value_outside_the_range_is_refused(bench, option, value):
    text = sentence(bench, SETTINGS, **LOGIN, **{option: value})
    assert f"`{option}`" in text and "Nothing was changed" in text
    assert bench.running.requests() == [] and end(bench, **{option: value})["error"] == "InvalidInput"


def test_a_wrong_password_fails_and_writes_nothing(bench):
    text = sentence(bench, SETTINGS, login_username="eve", login_password="wrong-password", max_concurrent=10)
    assert "was not accepted" in text and bench.writes() == []


def test_without_a_login_account_the_error_names_it(bench):
    assert "login_username" in sentence(bench, SETTINGS, max_concurrent=10)


PAGE = """<html><body>
<nav><a href="/login/jump_clients">Jump Clients</a><a href="/login/status">Status</a><a href="/login/out">Logout</a></nav>
<form method="post">{fields}<input type="submit" name="save" value="Save"></form></body></html>"""
COUNT = '<p><label>Maximum number of concurrent Jump Client upgrades <input name="c" value="50"></label></p>'


@pytest.mark.parametrize(
    ("fields", "wanted", "words"),
    [
        (COUNT, {"bandwidth": 5}, "jump_bandwidth"),
        (COUNT, {"max_concurrent": 10, "automatic": "cycle"}, "jump_automatic"),
        ("<p>Nothing to see.</p>", {"max_concurrent": 10}, "jump_max_concurrent"),
    ],
)
def test_a_missing_field_is_named_before_any_write(bench, journal, fields, wanted, words):
    bench.running.fault(
        "body", times=None, body=PAGE.format(fields=fields), content_type="text/html", match={"method": "GET", "path": "*jump_clients*"}
    )
    result = end(bench, journal=str(journal.path), **wanted)
    assert words in result["msg"] and "bomgar_web_labels" in result["msg"] and result["outcome"] == "nothing_done"
    assert posts(bench) == [] and bench.writes() == [] and journal.read() == []


@pytest.mark.parametrize("unit", ["KB/s", "Mbit/s", "MB/s", "kbps"])
def test_another_unit_is_refused_and_not_guessed(bench, unit):
    label = '<label for="b">Maximum bandwidth of concurrent Jump Client upgrades</label>'
    field = f'<p>{label} <input id="b" name="b" value="800"> {unit}</p>'
    bench.running.fault(
        "body", times=None, body=PAGE.format(fields=field), content_type="text/html", match={"method": "GET", "path": "*jump_clients*"}
    )
    text = sentence(bench, SETTINGS, **LOGIN, bandwidth=5)
    assert "bandwidth as '800" in text and "MiB/s" in text and posts(bench) == []


# --- putting back


def changed(bench, journal, **options):
    put(bench, journal=str(journal.path), **{"max_concurrent": 10, "automatic": "cycle", **options})
    return {"state": "restored", "journal": str(journal.path)}


@pytest.mark.parametrize(("layout", "language"), LAYOUTS)
def test_restored_restores_only_changed_settings(given, journal, layout, language):
    bench = given(world(layout, language))
    restored = changed(bench, journal)
    bench.machine.save_jump_settings(connection_rate=33)
    predicted = put(bench, check_mode=True, **restored)
    assert predicted["changed"] and journal.state().clients.jump_settings and bench.machine.jump_settings["max_concurrent"] == 10
    result = put(bench, **restored)
    assert result["changed"] and bench.machine.jump_settings == {**USUAL, "connection_rate": 33}
    assert journal.state().clients.jump_settings is None and result["note"] == ""
    asked = len(bench.running.requests())
    assert not put(bench, **restored)["changed"] and len(bench.running.requests()) == asked


def test_without_a_record_nothing_is_restored(bench, journal):
    result = put(bench, state="restored", journal=str(journal.path))
    assert not result["changed"] and bench.running.requests() == []


def test_two_changes_restore_the_first_values(bench, journal):
    restored = changed(bench, journal)
    changed(bench, journal, max_concurrent=5, bandwidth=3)
    put(bench, **restored)
    assert bench.machine.jump_settings == USUAL


def test_a_change_of_a_person_is_kept(bench, journal):
    restored = changed(bench, journal)
    bench.machine.save_jump_settings(max_concurrent=77)
    result = put(bench, **restored)
    assert bench.machine.jump_settings == {**USUAL, "max_concurrent": 77}
    assert "max_concurrent 77" in result["note"] and journal.state().clients.jump_settings is None
    assert "max_concurrent 77" in events(journal, "jump_settings_restored")[0]["note"]


def test_settings_with_old_values_are_only_recorded(bench, journal):
    restored = changed(bench, journal)
    bench.machine.save_jump_settings(**USUAL)
    writes = len(bench.writes())
    assert not put(bench, **restored)["changed"] and len(bench.writes()) == writes and journal.state().clients.jump_settings is None


@pytest.mark.mission("M52")
def test_unrestored_settings_are_listed_and_stay_recorded(bench, journal):
    restored = changed(bench, journal)
    bench.running.fault(
        "body",
        times=None,
        body=PAGE.format(fields="<p>Nothing.</p>"),
        content_type="text/html",
        match={"method": "GET", "path": "*jump_clients*"},
    )
    result = end(bench, **restored)
    assert result["failed"] and "max_concurrent 50, automatic enabled" in result["msg"]
    assert "/login > Jump > Jump Clients" in result["msg"] and result["unrestored"] == {"max_concurrent": 50, "automatic": "enabled"}
    assert journal.state().clients.jump_settings["why"] and events(journal, "jump_settings_unrestored")


def test_missing_field_is_no_change(bench, journal):
    restored = changed(bench, journal, automatic="enabled")
    other = COUNT.replace("Maximum number", "Largest number") + "<p><b>Global connection rate for Jump Clients:</b> 50</p>"
    bench.running.fault(
        "body", times=None, body=PAGE.format(fields=other), content_type="text/html", match={"method": "GET", "path": "*jump_clients*"}
    )
    assert "jump_max_concurrent" in end(bench, **restored)["msg"] and journal.state().clients.jump_settings is not None


def test_restoring_survives_a_lost_response(bench, journal):
    restored = changed(bench, journal)
    bench.running.fault("drop_after", match={"method": "POST", "path": "*jump*"})
    assert put(bench, **restored)["changed"] and bench.machine.jump_settings == USUAL and len(posts(bench)) == 2


def test_the_other_node_can_restore(given, journal):
    bench = given("pair_one_hop")
    machines = {one: bench.running.machine(one) for one in "ab"}
    journal.append("run_opened", guid=machines["a"].guid, guids=[machines["a"].guid, machines["b"].guid])
    one = {name: bench.running.world["accounts"]["login"][0][name] for name in ("username", "password")}
    login = {f"login_{name}": value for name, value in one.items()}
    before = dict(machines["a"].jump_settings)
    put(bench, **login, journal=str(journal.path), max_concurrent=9)
    bench.running.pair().set_role(machines["b"], "primary", data_sync_first=True)
    bench.running.advance(3600)
    result = put(bench, **login, url=bench.running.url_of("b"), state="restored", journal=str(journal.path))
    assert result["changed"] and machines["b"].jump_settings == before


# --- by hand


def test_instructions_name_values_until_a_person_confirms(bench, journal):
    options = {"method": "manual", "journal": str(journal.path), **SLOWER}
    told = put(bench, **options)
    steps = " ".join(told["instructions"])
    assert told["state"] == "manual" and not told["changed"] and journal.read() == []
    for words in ("to 10.", "to 5 MiB/s.", "to 20 per second.", "current upgrade cycle", "Maximale Bandbreite", "Write down the present"):
        assert words in steps
    done = put(bench, confirmed=True, **options)
    assert (done["state"], done["changed"], done["before"]) == ("done", False, {}) and "Only the person" in done["note"]
    assert journal.state().clients.jump_settings["after"] == SLOWER and journal.state().clients.jump_settings["before"] == {}
    assert put(bench, **options)["state"] == "done" and len(journal.read()) == 1
    assert bench.writes() == []


def test_a_person_restores_what_a_person_changed(bench, journal):
    put(bench, method="manual", confirmed=True, journal=str(journal.path), max_concurrent=10)
    restored = {"state": "restored", "journal": str(journal.path)}
    told = put(bench, **restored)  # also with the method web: only the person knows the previous values
    assert told["state"] == "manual" and "the value that the person wrote down" in " ".join(told["instructions"])
    assert put(bench, confirmed=True, **restored)["state"] == "done" and journal.state().clients.jump_settings is None


def test_a_person_can_restore_the_settings(bench, journal):
    restored = changed(bench, journal)
    told = put(bench, method="manual", **restored)
    assert "if it still shows 10, restore 50." in " ".join(told["instructions"]) and told["before"]["max_concurrent"] == 50
    assert put(bench, check_mode=True, method="manual", confirmed=True, **restored)["state"] == "done"
    assert journal.state().clients.jump_settings is not None
    put(bench, method="manual", confirmed=True, **restored)
    assert journal.state().clients.jump_settings is None


def test_restored_needs_a_journal(bench):
    with pytest.raises(AssertionError, match="journal"):
        bench.params(SETTINGS, state="restored")
    with pytest.raises(InvalidInput):
        put(bench, max_concurrent=999)
