# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Packages that unlock each other and installations that take their time."""

import io

import pytest
from simulator.machine import Refused

MINUTE = 60


def rows(machine):
    return {row.id: row.state for row in machine.listed()}


def pass_time(machine, minutes):
    machine.clock.advance(minutes * MINUTE)
    machine.settle()


def install(machine, package):
    machine.start_install(package)
    pass_time(machine, 60)


def test_only_what_needs_nothing_else_is_available(make_machine):
    machine = make_machine()
    assert rows(machine) == {"base-7": "available", "site-24": "blocked", "site-25": "blocked"}
    assert {row.id: row.waits_for for row in machine.listed()}["site-24"] == ("Base 7.0.0",)


def test_installed_package_unlocks_the_next(make_machine):
    machine = make_machine()
    install(machine, "base-7")
    assert rows(machine) == {"site-24": "available", "site-25": "blocked"}
    assert machine.base_version == "7.0.0"


def test_rows_need_not_name_what_they_wait_for(make_machine, small):
    machine = make_machine(small + "rows_name_requirements: false\n")
    assert all(row.waits_for == () for row in machine.listed())


def test_later_package_is_not_listed_before(make_machine, small):
    machine = make_machine(small.replace("requires: [site-24]", "after: [site-24]"))
    assert "site-25" not in rows(machine)


def test_a_world_may_keep_installed_rows(make_machine, small):
    machine = make_machine(small + "keep_installed_rows: true\n")
    install(machine, "base-7")
    assert rows(machine)["base-7"] == "installed"


def test_a_blocked_package_is_refused(make_machine):
    with pytest.raises(Refused) as caught:
        make_machine().start_install("site-24")
    assert caught.value.code == "blocked"


def test_a_second_installation_is_refused_while_one_runs(make_machine):
    machine = make_machine()
    machine.start_install("base-7")
    with pytest.raises(Refused) as caught:
        machine.start_install("base-7")
    assert caught.value.code == "busy"


def test_a_site_package_takes_site_and_machine_down(make_machine):
    """First the site, then the machine; afterwards the old version is reported for a while."""
    machine = make_machine()
    install(machine, "base-7")
    machine.start_install("site-24")
    seen = []
    for _half_minute in range(33 * 2):
        installation = machine.installation
        seen.append((installation.phase if installation else None, machine.is_down(), machine.version))
        machine.clock.advance(30)
        machine.settle()
    assert list(dict.fromkeys(seen)) == [
        ("downloading", None, "23.2.1"),
        ("installing", "site", "23.2.1"),
        ("rebooting", "all", "23.2.1"),
        ("lagging", None, "23.2.1"),
        (None, None, "24.1.2"),
    ]
    assert machine.build != ""


def test_events_happen_without_requests(make_machine):
    """After an installation all happens in its time, even if nobody sends a request for a week."""
    machine = make_machine()
    machine.start_install("base-7")
    begun = machine.now()
    pass_time(machine, 7 * 24 * 60)
    done = [event for event in machine.history if event["event"] == "installed"]
    assert [event["time"] - begun for event in done] == [20 * MINUTE]
    assert machine.boots == 1


def test_stuck_base_stays_on_the_old(make_machine, small):
    machine = make_machine(small.replace("version: 7.0.0}", "version: 7.0.0, stuck: true}"))
    machine.start_install("base-7")
    pass_time(machine, 60 * 24 * 30)
    assert (machine.installation.phase, machine.installation.percent) == ("stuck", 60)
    assert machine.base_version == "6.2.0"
    assert machine.is_down() is None


def test_restart_during_base_ends_the_machine(make_machine, small):
    machine = make_machine(small.replace("version: 7.0.0}", "version: 7.0.0, stuck: true}"))
    machine.start_install("base-7")
    pass_time(machine, 60)
    machine.restart()
    pass_time(machine, 60 * 24 * 365)
    assert machine.is_down() == "all"


def test_an_ordinary_restart_comes_back(make_machine):
    machine = make_machine()
    machine.restart()
    assert machine.is_down() == "all"
    pass_time(machine, 6)
    assert (machine.is_down(), machine.boots) == (None, 1)


def test_failing_package_gives_its_reason(make_machine, small):
    machine = make_machine(small.replace("version: 7.0.0}", "version: 7.0.0, fails: Checksum error.}"))
    install(machine, "base-7")
    assert (machine.installation.phase, machine.installation.message) == ("failed", "Checksum error.")
    assert machine.base_version == "6.2.0"
    machine.check_for_updates()
    assert machine.installation is None
    assert rows(machine)["base-7"] == "available"


def test_failing_site_package_still_cuts_off(make_machine, small):
    text = small.replace("requires: [base-7]", "requires: [], fails: Checksum error.")
    machine = make_machine(text)
    machine.start_install("site-24")
    pass_time(machine, 26)
    assert (machine.version, machine.is_down()) == ("23.2.1", None)
    assert machine.people.logged_in(machine.now()) == []
    assert machine.clients.summary(machine.now())["active_pending"] == 0


def test_a_full_disk_fails_the_installation(make_machine, small):
    machine = make_machine(small + "storage: {percent_used: 99}\n")
    install(machine, "base-7")
    assert machine.installation.message == "Not enough disk space."


def test_a_licence_text_must_be_accepted(make_machine, small):
    machine = make_machine(small.replace("version: 7.0.0}", "version: 7.0.0, eula: Text.}"))
    with pytest.raises(Refused) as caught:
        machine.start_install("base-7")
    assert caught.value.code == "eula"
    machine.start_install("base-7", {"name": "Ada"})
    assert machine.installation.phase == "downloading"


def test_the_update_server_may_be_silent(make_machine, small):
    machine = make_machine(small + "update_server: build_failed\n")
    assert "support" in machine.check_for_updates()
    assert machine.listed() == []


def test_package_file_fits_one_appliance(make_machine, small):
    machine, other = make_machine(), make_machine(small.replace("a.example.com", "b.example.com"))
    file = machine.packages.get("base-7").file(machine.guid)
    assert "not a valid update" in other.upload("x.nss", io.BytesIO(file))
    assert "not a valid update" in machine.upload("x.nss", io.BytesIO(file[:-1]))
    assert machine.upload("x.nss", io.BytesIO(file)) == ""
    assert machine.installation.package.id == "base-7"
    assert machine.writes == ["install base-7"]


def test_file_of_blocked_or_installed_is_refused(make_machine):
    machine = make_machine()
    blocked = machine.packages.get("site-24").file(machine.guid)
    assert "needs another update" in machine.upload("x.nss", io.BytesIO(blocked))
    install(machine, "base-7")
    again = machine.packages.get("base-7").file(machine.guid)
    assert "installed already" in machine.upload("x.nss", io.BytesIO(again))


def test_site_package_ends_sessions_and_installers(make_machine):
    """A site package logs people out, ends sessions and makes installers invalid."""
    machine = make_machine()
    install(machine, "base-7")
    pass_time(machine, 60)
    old = machine.people.installers[0]
    assert old.valid(machine.now())
    machine.start_install("site-24")
    pass_time(machine, 31)
    assert machine.people.logged_in(machine.now()) == []
    assert machine.people.sessions(machine.now()) == {}
    assert not machine.people.jumpoints[0].connected(machine.now())
    assert not old.valid(machine.now())
    pass_time(machine, 20)
    assert [one.name for one in machine.people.logged_in(machine.now())] == ["Ada Example"]
    assert [one.connected(machine.now()) for one in machine.people.jumpoints] == [True, False]
