# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Since when the serving node runs what it runs, as the entries of a journal tell it."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.state import state_of
from hypothesis import given, settings
from hypothesis import strategies as st

OLD, NEW = {"version": "20.2.1", "build": "1-ab"}, {"version": "22.1.4", "build": "2-cd"}
SITE = {"package": "Bomgar 22.1.4", "kind": "site", "version": "22.1.4"}


def state(*events):
    return state_of(
        [{"seq": number, "time": f"t{number}", "run": 1, "event": event, "data": data} for number, (event, data) in enumerate(events, 1)]
    )


def seen(software, time, guid="aa", serves=True):
    return "version_seen", dict(software, guid=guid, appliance_time=time, serves=serves)


def passed(package):
    return "catch_up_passed", {"package": package}


def catch_up(*events):
    found = state(*events).versions.catch_up
    return found and (found["version"], found["start"], found["since"])


def test_first_reading_has_unobserved_start():
    assert catch_up(seen(OLD, 100.0)) == ("20.2.1", "unobserved", 100.0)
    assert catch_up(seen(OLD, 100.0), passed("site version 20.2.1"), seen(OLD, 900.0)) is None


@pytest.mark.parametrize("later", [NEW, dict(OLD, build="9-xy"), dict(OLD, version="19.1.8")])
def test_other_version_or_build_starts_catch_up(later):
    assert catch_up(seen(OLD, 100.0), passed("site version 20.2.1"), seen(later, 900.0)) == (later["version"], "seen", 900.0)


def test_missing_build_is_no_other_build():
    assert catch_up(seen(OLD, 100.0), passed("site version 20.2.1"), seen({"version": "20.2.1", "build": ""}, 900.0)) is None


@pytest.mark.parametrize("kind", ["base", "other", "hotfix", "licence"])
def test_other_version_starts_catch_up_despite_name(kind):
    """Whatever a row is called, another version after it starts the catch-up."""
    known = [seen(OLD, 100.0), passed("site version 20.2.1")]
    step = {"package": "Remote Support 22.1.4", "kind": kind, "appliance_time": 900.0, "guid": "aa"}
    assert catch_up(*known, ("step_begun", step), ("step_done", dict(step, software=NEW))) == ("22.1.4", "verified", 900.0)
    assert catch_up(*known, ("step_begun", step), ("step_done", dict(step, software=OLD))) is None


def test_a_verification_counts_from_its_own_time():
    """Also when the version was read before."""
    begun = ("step_begun", dict(SITE, guid="aa", online_before=40, soak_hours=48))
    found = state(
        seen(OLD, 1.0),
        passed("site version 20.2.1"),
        begun,
        seen(NEW, 800.0),
        ("step_done", dict(SITE, guid="aa", appliance_time=900.0, software=NEW)),
    ).versions.catch_up
    assert [found[name] for name in ("start", "since", "package", "online_before", "soak_hours")] == [
        "verified",
        900.0,
        "Bomgar 22.1.4",
        40,
        48,
    ]


def test_an_old_journal_does_not_hide_the_version():
    """It verifies an old step; what runs now is newer."""
    newest = {"version": "23.2.1", "build": "3-ef"}
    events = [("step_begun", dict(SITE, guid="aa")), ("step_done", dict(SITE, guid="aa", appliance_time=900.0, software=newest))]
    assert catch_up(seen(OLD, 1.0), passed("site version 20.2.1"), *events) == ("23.2.1", "verified", 900.0)


def test_lone_module_records_previous_version():
    begun = ("step_begun", dict(SITE, guid="aa", software=OLD))
    assert state(begun).versions.catch_up is None and state(begun).versions.served["version"] == "20.2.1"
    assert catch_up(begun, ("step_withdrawn", SITE), seen(NEW, 500.0)) == ("22.1.4", "seen", 500.0)


def test_serving_node_alone_decides_for_pair():
    """In a pair only the version of the serving node counts."""
    pair = ("run_opened", {"guids": ["aa", "bb"]})
    before = [pair, seen(OLD, 1.0), passed("site version 20.2.1"), seen(OLD, 1.0, "bb", serves=False)]
    assert catch_up(*before, seen(NEW, 500.0, "bb", serves=False)) is None
    assert catch_up(*before, seen(NEW, 500.0, "bb", serves=False), seen(NEW, 700.0, "bb")) == ("22.1.4", "seen", 700.0)
    moved = ("action_done", {"action": "take_over", "node": "b", "guid": "bb", "appliance_time": 800.0})
    assert catch_up(*before, seen(NEW, 500.0, "bb", serves=False), moved) == ("22.1.4", "verified", 800.0)
    assert catch_up(*before, moved) is None, "the other node runs the same"


def test_swap_leaves_unknown_start_unknown():
    swap = {"action": "swap", "node": "b", "guid": "bb", "version": "20.2.1", "appliance_time": 5.0}
    begun = ("action_begun", {"action": "swap", "node": "b", "data": {"served_before": "20.2.1"}})
    assert catch_up(begun, ("action_done", swap), seen(OLD, 9.0, "bb")) == ("20.2.1", "unobserved", 9.0)


def test_a_declared_start_is_used_for_its_version():
    """Only for the version that it names, and only where no start was observed."""
    says = {"version": "20.2.1", "since": 50.0, "by": "Ada", "why": "delivered so"}
    assert catch_up(seen(OLD, 100.0), ("start_declared", says)) == ("20.2.1", "declared", 50.0)
    assert catch_up(seen(OLD, 100.0), ("start_declared", dict(says, version="22.1.4"))) == ("20.2.1", "unobserved", 100.0)
    known = [seen(OLD, 1.0), passed("site version 20.2.1"), seen(NEW, 100.0)]
    assert catch_up(*known, ("start_declared", dict(says, version="22.1.4"))) == ("22.1.4", "seen", 100.0)


def test_a_catch_up_uses_the_last_count_before():
    """When no clients were counted for it."""
    counted = ("clients_counted", {"moment": "before", "counts": {"connected": {"pinned_client": 30}, "jump_clients": {"listed": 33}}})
    found = state(seen(OLD, 1.0), passed("site version 20.2.1"), counted, seen(NEW, 100.0)).versions.catch_up
    assert (found["online_before"], found["listed_before"]) == (30, 33)


VERSIONS = st.sampled_from([OLD, NEW, dict(NEW, build="8-zz"), {"version": "23.2.1", "build": "3-ef"}])
READINGS = st.lists(st.tuples(VERSIONS, st.booleans(), st.sampled_from(["aa", "bb"]), st.booleans()), max_size=12)


@settings(max_examples=200, deadline=None)
@given(READINGS)
def test_no_order_of_readings_skips_catch_up(readings):
    """After any readings: a gate is closed, or the last thing that was met is what a passed gate was for."""
    events, met, settled, pending = [], None, None, None
    for number, (software, serves, guid, passes) in enumerate(readings):
        events.append(seen(software, 100.0 * number, guid, serves))
        if serves:
            pending = software if software != met else pending
            met = software
        found = state(*events).versions.catch_up
        assert (found is not None) == (pending is not None and pending != settled)
        if found:
            assert (found["version"], found["build"]) == (met["version"], met["build"])
        if passes and found:
            events.append(passed(found["package"]))
            settled, pending = met, None
        elif pending != settled:
            settled = None
