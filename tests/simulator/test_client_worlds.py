# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The shipped worlds for what comes along with an upgrade: they hold what they promise."""

import pytest
import requests
from simulator import world
from simulator.clock import Clock
from simulator.machine import Machine

DAY = 86400


@pytest.fixture(scope="module")
def crowd():
    """The machine of clients_hundred_thousand, its site package installed, with its clock."""
    chosen = world.load("clients_hundred_thousand")
    clock = Clock(chosen.start, speed=0)
    machine = Machine(chosen, chosen["appliances"][0], clock)
    machine.start_install("rs-23.2.1")
    clock.advance(12 * 60)
    machine.settle()
    return machine


def state(running):
    return requests.get(f"{running.control_url}/state", timeout=60).json()["appliances"][0]


def install(running, *packages):
    for package in packages:
        running.machine().start_install(package)
        running.advance(13 * 60)


def test_one_hop_leaves_unreachable_clients(run):
    """One hop leaves the lost clients, the disabled ones and those whose hosts are off."""
    running = run("clients_one_hop")
    before = state(running)
    assert (before["clients"]["online"], before["sessions"], len(before["installers"])) == (34, 2, 3)
    install(running, "rs-23.2.1")
    assert (state(running)["version"], state(running)["clients"]["online"]) == ("23.2.1", 0)
    running.advance(25 * 3600)
    after = state(running)
    names = ("active_pending", "passive_pending", "personal_pending", "offline_pending", "online")
    assert [after["clients"][name] for name in names] == [0, 0, 0, 3, 34]
    assert set(after["jumpoints"].values()) == {True}
    assert [one["valid"] for one in after["installers"]] == [False] * 3
    assert after["packages"] == {}


def test_large_fleet_catches_up_within_a_day(crowd):
    """A hundred thousand clients catch up within a day, but not within hours."""
    numbers = crowd.clients.summary(crowd.now() + 2 * 3600)
    assert (numbers["active_pending"] + numbers["passive_pending"]) > 20_000
    numbers = crowd.clients.summary(crowd.now() + DAY)
    assert (numbers["active_pending"], numbers["passive_pending"], numbers["lost"], numbers["disabled"]) == (0, 0, 600, 400)
    assert crowd.clients.online(crowd.now() + DAY) == 70_000


def test_reinstalling_takes_two_hops_and_base(run):
    """Reinstalling takes two hops with a Base package between them."""
    running = run("clients_reinstall")
    assert state(running)["packages"] == {"rs-22.1.4": "available", "base-7.0.0": "blocked", "rs-23.2.1": "blocked"}
    running.machine().clients.uninstall(running.now())
    install(running, "rs-22.1.4", "base-7.0.0", "rs-23.2.1")
    assert (state(running)["version"], state(running)["base"], state(running)["clients"]["online"]) == ("23.2.1", "7.0.0", 0)
    running.machine().clients.reinstall(running.now())
    numbers = state(running)["clients"]
    assert (numbers["uninstalled"], numbers["active_pending"], numbers["passive_pending"]) == (1, 0, 0)
    assert numbers["online"] == numbers["active"] + 2


@pytest.mark.parametrize(("hours", "skipped"), [(0, 38), (25, 0)])
def test_passive_clients_need_the_day(run, hours, skipped):
    """Passive clients are left behind where nobody waits a day."""
    running = run("clients_passive")
    for package in ("rs-23.2.1", "rs-24.1.2"):
        running.machine().start_install(package)
        running.advance(3600)
        running.advance(3600 * hours)
    assert (state(running)["version"], state(running)["clients"]["skipped"]) == ("24.1.2", skipped)
