# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The gate: a day on the appliance's clock and the clients caught up, measured."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError, InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules.client_wait import OPERATION as WAIT

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


def test_it_is_closed_before_the_day_is_over_and_says_when_to_come_back(upgraded):
    bench, since = upgraded
    bench.running.advance(DAY - 60)
    gate = bench.run(WAIT, since=since)
    assert (gate["state"], gate["changed"]) == ("waiting", False)
    assert 0 < gate["remaining_seconds"] <= 60 and gate["next_run_at"]


def test_it_opens_when_the_day_is_over_and_the_clients_have_followed(upgraded):
    bench, since = upgraded
    bench.running.advance(DAY + 3600)
    gate = bench.run(WAIT, since=since)
    assert (gate["state"], gate["next_run_at"]) == ("open", "")
    assert gate["caught_up_percent"] == 100.0


def test_it_stays_closed_when_too_few_have_followed(upgraded):
    bench, since = upgraded
    gate = bench.run(WAIT, since=since, min_wait=0, threshold=100)
    assert gate["state"] == "waiting" and gate["caught_up_percent"] < 100


def test_a_filter_narrows_who_counts(upgraded):
    bench, since = upgraded
    bench.running.advance(DAY // 2)
    gate = bench.run(WAIT, since=since, min_wait=0, threshold=100, client_filter="connection_type=='active'")
    assert gate["state"] == "open"


def test_hold_waits_in_the_foreground_with_progress(upgraded):
    bench, since = upgraded
    gate = bench.run(WAIT, since=since, mode="hold", poll_interval=600)
    assert gate["state"] == "open"
    assert DAY - 600 <= bench.seconds_asleep <= DAY + 7200
    assert any("gate" in line for line in bench.lines)


def test_hold_ends_like_stop_when_its_patience_is_over(upgraded):
    bench, since = upgraded
    assert bench.run(WAIT, since=since, mode="hold", hold_timeout=3600)["state"] == "waiting"


def test_an_unreadable_count_never_opens_it(upgraded):
    bench, since = upgraded
    bench.running.advance(2 * DAY)
    bench.running.fault("remove_field", field="needs_update", match={"path": "/api/config/*"}, times=50)
    with pytest.raises(ApplianceError, match="needs_update"):
        bench.run(WAIT, since=since)


def test_without_a_site_package_there_is_nothing_to_wait_for(given, tmp_path):
    bench = given()
    assert bench.run(WAIT, journal=str(tmp_path / "none.jsonl"))["state"] == "open"
    assert bench.running.requests() == []


def test_a_threshold_over_a_hundred_is_refused(given):
    with pytest.raises(InvalidInput, match="percent"):
        given().run(WAIT, since=0, threshold=101)


def test_a_filter_that_is_no_jmespath_is_refused_with_the_expression(upgraded):
    bench, since = upgraded
    with pytest.raises(InvalidInput, match="JMESPath"):
        bench.run(WAIT, since=since, client_filter="name ==")


def test_a_filter_that_keeps_nobody_is_refused_instead_of_opening_the_gate(upgraded):
    bench, since = upgraded
    bench.running.advance(2 * DAY)
    with pytest.raises(InvalidInput, match="keeps none of the"):
        bench.run(WAIT, since=since, client_filter="name=='nobody'")


def test_a_manifest_can_only_make_the_wait_longer(upgraded, tmp_path):
    bench, since = upgraded
    bench.running.advance(30 * 3600)
    journal = Journal(str(tmp_path / "state" / "journal.jsonl"))
    journal.append("step_done", host="x", package="BeyondTrust Remote Support 23.2.1", kind="site", version="23.2.1",
                   appliance_time=since, soak_hours=48)
    assert bench.run(WAIT, journal=journal.path)["state"] == "waiting"
    bench.running.advance(20 * 3600)
    assert bench.run(WAIT, journal=journal.path)["state"] == "open"
    assert journal.open_gate() is None


def test_holding_without_one_look_that_succeeded_is_no_closed_gate_but_a_failure(upgraded):
    bench, since = upgraded
    bench.running.advance(3600)
    bench.running.fault("act", skip=2, act={"do": "serve_strange_certificate"})
    with pytest.raises(ApplianceError, match="certificate"):
        bench.run(WAIT, since=since, mode="hold", hold_timeout=7200, poll_interval=1800)
