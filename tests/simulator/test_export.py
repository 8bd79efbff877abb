# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The export of the representative console: all Jump Clients with the date of their last change, in two invented styles."""

import csv
import datetime
import io

import pytest
import requests

UP = datetime.datetime(2026, 3, 1, 0, 30)  # the site package is in
STYLES = {
    "english": ("utf-8", ",", "Status", "Status Details", "%Y-%m-%d %H:%M:%S", " since ", "Upgrade pending", "Personal"),
    "german": ("utf-8-sig", ";", "Status", "Statusdetails", "%d.%m.%Y %H:%M", " seit ", "Upgrade ausstehend", "Persönlich"),
}


@pytest.fixture
def world(run, small):
    """world(style) -> a running small world with clients of all kinds and without a Base package to wait for."""

    def make(style="english"):
        text = small.replace("requires: [base-7]", "requires: []").replace("uninstalled: 2", "uninstalled: 2, personal: 3, offline: 2")
        return run(text + f"web: {{export_style: {style}}}\n")

    return make


def export(running, style="english", query=""):
    encoding, delimiter = STYLES[style][:2]
    answer = requests.get(f"{running.control_url}/console-export{query}", timeout=60)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode(encoding)), delimiter=delimiter))


@pytest.mark.parametrize("style", sorted(STYLES))
def test_it_has_all_clients_personal_ones_too(world, style):
    lines = export(world(style), style)
    assert len(lines) == 134
    assert [line["Name"] for line in lines[::133]] == ["client-00001", "client-00134"]
    assert [STYLES[style][7] in line.values() for line in lines].count(True) == 3


@pytest.mark.parametrize("style", sorted(STYLES))
def test_the_export_has_the_date_of_each_client(world, style):
    """After the upgrade for those that upgraded, before it for the others."""
    running = world(style)
    running.machine().start_install("site-24")
    running.advance(6 * 3600)
    _encoding, _delimiter, status, details, form, since, pending, _personal = STYLES[style]
    fleet, seen = running.machine().clients, {True: 0, False: 0}
    for index, line in enumerate(export(running, style)):
        words, _since, date = line[details].partition(since)
        moment = datetime.datetime.strptime(date, form)
        waits = fleet.needs_update(index, running.now())
        assert (moment > UP) is not waits, line
        assert words == line[status]
        if index < 120 or index >= 131:
            assert (line[status] == pending) is waits
        seen[waits] += 1
    assert min(seen.values()) > 10


def test_export_names_unreachable_hosts(world):
    """Hosts that are off, lost, disabled or uninstalled are named so."""
    running = world()
    running.machine().start_install("site-24")
    running.advance(3 * 86400)
    states = [line["Status"] for line in export(running)]
    assert [states.count(word) for word in ("Online", "Ready", "Lost", "Disabled", "Uninstalled", "Offline")] == [103, 20, 4, 3, 2, 2]


def test_export_lacks_removed_clients(world):
    """An unknown appliance has no export."""
    running = world()
    running.machine().clients.remove(6)
    assert "client-00007" not in [line["Name"] for line in export(running, query="?appliance=a")]
    answer = requests.get(f"{running.control_url}/console-export?appliance=z", timeout=60)
    assert (answer.status_code, "no appliance is called 'z'" in answer.json()["error"]) == (400, True)


def test_dates_are_in_the_zone_of_the_appliance(run, small):
    lines = [export(run(text)) for text in (small, small.replace("version: 23.2.1}", "version: 23.2.1, timezone_offset: 7200}"))]
    before, after = (datetime.datetime.fromisoformat(one[0]["Status Details"].partition(" since ")[2]) for one in lines)
    assert after - before == datetime.timedelta(hours=2)
