# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Jump Clients: who upgrades when, who never does, and what that costs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulator.clock import Clock
from simulator.machine.clients import Fleet

HOUR = 3600
UPGRADE = {
    "seconds_each": 60,
    "megabytes_each": 0,
    "active_within_minutes": 10,
    "passive_within_hours": 24,
    "offline_hours": None,
    "left_behind": True,
}
SETTINGS = {"max_concurrent": 50, "bandwidth": 100, "connection_rate": 50, "automatic": "enabled"}


def fleet(upgrade=None, options=None, **numbers):
    spec = {"active": 0, "passive": 0, "lost": 0, "disabled": 0, "uninstalled": 0, "offline": 0, "personal": 0, **numbers}
    spec |= {"name_pattern": "client-{n:05d}", "groups": 3, "upgrade": {**UPGRADE, **(upgrade or {})}}
    return Fleet({"clients": {"jump_clients": spec}}, {**SETTINGS, **(options or {})}, start=0)


def test_only_unreachable_clients_need_one_at_first():
    """Before any upgrade only the lost, the disabled and the uninstalled clients need one."""
    summary = fleet(active=5, passive=4, lost=3, disabled=2, uninstalled=1).summary(0)
    assert (summary["active_pending"], summary["passive_pending"]) == (0, 0)


def test_site_package_makes_all_need_one():
    """After a site package all clients need an upgrade, and those that can get it do."""
    ours = fleet(active=100, passive=50, lost=3, disabled=2, uninstalled=1)
    ours.site_installed(HOUR, 2 * HOUR)
    assert ours.summary(2 * HOUR)["active_pending"] == 100
    assert ours.online(2 * HOUR) == 0
    done = 2 * HOUR + 25 * HOUR
    summary = ours.summary(done)
    assert (summary["active_pending"], summary["passive_pending"]) == (0, 0)
    assert ours.online(done) == 100
    assert [n for n in range(len(ours)) if ours.needs_update(n, 10**12)] == [150, 151, 152, 153, 154, 155]


@pytest.mark.mission("M53")
def test_active_clients_precede_passive_ones():
    """Active clients upgrade soon, passive ones within a day."""
    ours = fleet(active=100, passive=100)
    ours.site_installed(0, 0)
    assert ours.summary(HOUR)["active_pending"] == 0
    assert 60 < ours.summary(6 * HOUR)["passive_pending"] < 90


@pytest.mark.mission("M51")
@settings(max_examples=25, deadline=None)
@given(active=st.integers(0, 60), passive=st.integers(0, 60), places=st.integers(1, 10), seconds=st.integers(1, 900))
def test_limit_bounds_upgrades_at_a_time(active, passive, places, seconds):
    ours = fleet({"seconds_each": seconds}, {"max_concurrent": places}, active=active, passive=passive)
    ours.site_installed(0, 0)
    ends = sorted(ours._done)
    for end in ends:
        running = sum(end - seconds < other <= end for other in ends)
        assert running <= places


def test_narrow_bandwidth_makes_each_upgrade_longer():
    wide, narrow = (fleet({"megabytes_each": 40}, {"bandwidth": rate}, active=500) for rate in (100, 1))
    for ours in (wide, narrow):
        ours.site_installed(0, 0)
    assert wide.summary(HOUR)["active_pending"] == 0
    assert narrow.summary(HOUR)["active_pending"] > 400


def test_with_automatic_upgrades_disabled_nobody_ever_upgrades():
    ours = fleet(None, {"automatic": "disabled"}, active=10, passive=10)
    ours.site_installed(0, 0)
    assert ours.summary(10**9)["active_pending"] == 10


@pytest.mark.mission("M11")
def test_missed_version_leaves_client_behind():
    """A client that missed a version is left behind, unless the world is kind."""
    strict, kind = (fleet({"left_behind": value}, passive=100) for value in (True, False))
    for ours in (strict, kind):
        ours.site_installed(0, 0)
        ours.site_installed(HOUR, 2 * HOUR)
    later = 40 * HOUR
    assert strict.summary(later)["passive_pending"] > 80
    assert kind.summary(later)["passive_pending"] == 0


def test_new_limits_hold_for_those_who_still_wait():
    options = dict(SETTINGS, max_concurrent=1)
    ours = fleet({"seconds_each": 600}, None, active=50)
    ours._settings = options
    ours.site_installed(0, 0)
    assert ours.summary(HOUR)["active_pending"] > 40
    options["max_concurrent"] = 50
    ours.reschedule(HOUR)
    assert ours.summary(2 * HOUR)["active_pending"] == 0


@pytest.mark.parametrize(("kind", "pending"), [("lost", True), ("disabled", True), ("active", False)])
def test_a_client_may_become_something_else(kind, pending):
    ours = fleet(active=3)
    ours.set_kind(1, kind, now=0)
    assert ours.needs_update(1, 10**9) is pending
    assert ours.kind(1) == kind


def test_online_means_connected_later_than_disconnected():
    ours = fleet(active=1, passive=1, lost=1)
    ours.site_installed(HOUR, 2 * HOUR)
    connect, disconnect = ours.times(0, 2 * HOUR)
    assert connect < disconnect
    connect, disconnect = ours.times(0, 30 * HOUR)
    assert connect > disconnect
    for index in (1, 2):
        connect, disconnect = ours.times(index, 30 * HOUR)
        assert connect < disconnect


def test_a_hundred_thousand_clients_are_counted_by_bisection():
    ours = fleet(None, {"max_concurrent": 500}, active=60_000, passive=40_000)
    ours.site_installed(0, 0)
    touched = []
    ours._done = type("Watched", (), {"__getitem__": lambda self, index: touched.append(index)})()
    assert ours.summary(HOUR)["active_pending"] < 60_000
    assert touched == []


def test_the_clock_of_a_machine_is_what_counts(make_machine):
    machine = make_machine()
    assert isinstance(machine.clock, Clock)
    machine.start_install("base-7")
    machine.clock.advance(HOUR)
    machine.settle()
    assert machine.clients.summary(machine.now())["active_pending"] == 0, "Base needs no client upgrade"
