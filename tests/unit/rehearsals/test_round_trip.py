# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Any shipped world that is upgraded, read, and upgraded again as the copy that a rehearsal makes gives the same plan, calendar and end.

A few worlds in each run, others with the next commit; REHEARSALS=whole takes all.
"""

import datetime

import pytest
import yaml
from simulator import world as worlds
from simulator.testing import Running

from tests.support.appliances import Bench
from tests.support.rehearsals import Variables, calendar, end_of, read, upgrade_whole
from tests.support.sample import part

CONTACT = {"name": "Ada Example", "email": "ada@example.com", "title": "Administrator"}
# Several sites in one world; pages with labels that are an option of the connection, which a copy does not have.
LEFT_OUT = {"mixed_fleet", "other_labels"}
LARGE = {"clients_hundred_thousand"}
NAMES = sorted(set(worlds.shipped()) - LEFT_OUT - LARGE)
pytestmark = pytest.mark.timeout(1800)  # on a busy machine
DECLARED = {
    "base_stuck": {"packages": [{"id": "base-6.2.0", "stuck": True}]},
    "package_fails": {"packages": [{"id": "site-23.2.1", "fails": "The package could not be installed."}]},
    "pair_clients_stay_away": {"clients": {"jump_clients": {"passive": 10, "upgrade": {"active_within_minutes": 20160}}}},
}
UNCOUNTED = ("passive", "lost", "disabled", "uninstalled", "offline")
NIGHT = {"list": [{"start": "20:00", "end": "04:00"}]}
CLOSE = 900  # seconds by which a moment may differ, besides a fiftieth of it: packages of a kind take as long as the longest of them


def of_today(name):
    """A shipped world that begins at half past six in the evening of today, so that its windows are the same whenever this runs."""
    given = yaml.safe_load((worlds.SHIPPED / f"{name}.yml").read_text())
    evening = datetime.datetime.now(datetime.timezone.utc).replace(hour=18, minute=30, second=0, microsecond=0)
    return worlds.parse(yaml.safe_dump({**given, "clock": {"start": evening.isoformat()}}))


def declared_of(name, world):
    """What no interface says of a site, and a person declares: also packages that are listed only after another one is installed, and
    before 21.1 the Jump Clients that are not connected."""
    ids = {one["id"]: f"{one['kind']}-{one.get('version', '')}" for one in world["packages"]}
    later = [one for one in world["packages"] if one["after"]]
    rows = [{key: one[key] for key in ("id", "name", "kind")} for one in later]
    for row, one in zip(rows, later, strict=True):
        row.update({key: [ids[name] for name in one[key]] for key in ("requires", "after")})
    found = DECLARED.get(name, {})
    listed = world["appliances"][0]["version"] >= "21.1"
    kinds = {} if listed else {kind: world["clients"]["jump_clients"][kind] for kind in UNCOUNTED}
    clients = found.get("clients", {}).get("jump_clients", {})
    return {"packages": [*found.get("packages", ()), *rows], "clients": {"jump_clients": {**kinds, **clients}}}


def variables_of(world):
    pair = bool(world["pairs"])
    more = {"accept_eula": {"accept_eula": True, "contact": CONTACT}}
    return Variables(mode="asynchronous" if pair else "standalone", windows=NIGHT if pair else {}, more=more)


def played(world, folder, variables):
    with Running(world) as running:
        begins = running.now()
        return upgrade_whole(Bench(running, folder), variables), begins


def round_trip(name, folder):
    """(found, truth, copy): the result of world_read; of both upgrades their calendar and their end, with the names of the copy."""
    world = of_today(name)
    variables = variables_of(world)
    truth, begins = played(world, folder / "truth", variables)
    with Running(of_today(name)) as running:
        given = {"journal": str(folder / "truth/site/journal.jsonl"), "declared": declared_of(name, world)}
        found = read(Bench(running, folder / "read"), folder / "rehearsal", variables, variants=[], **given)
    again, begun = played(found["worlds"][0]["path"], folder / "copy", variables)
    names = {"names": found["node_names"], "packages": found["package_names"], "windows": variables.windows}
    return (
        (calendar(truth, begins, **names), end_of(truth, len(found["node_names"]))),
        (calendar(again, begun, windows=variables.windows), end_of(again, 2)),
    )


def is_close(one, other):
    return one == other or one is not None and other is not None and abs(one - other) <= CLOSE + one / 50


@pytest.mark.parametrize("name", part(NAMES, 16, "REHEARSALS"))
def test_copy_has_plan_calendar_and_end(name, tmp_path):
    (steps, end), (copied, copied_end) = round_trip(name, tmp_path)
    assert [step[:2] for step in copied] == [step[:2] for step in steps]
    assert [step[4] for step in copied] == [step[4] for step in steps], "another window"
    far = [
        (step[:4], again[:4]) for step, again in zip(steps, copied) if not is_close(step[2], again[2]) or not is_close(step[3], again[3])
    ]
    assert far == []
    assert copied_end == end


def test_some_worlds_show_a_window_and_a_wait(tmp_path):
    """The comparison above would hold of empty calendars as well."""
    world = of_today("pair_one_hop")
    truth, begins = played(world, tmp_path, variables_of(world))
    steps, end = calendar(truth, begins, windows=NIGHT), end_of(truth, 2)
    assert end[0] == "reached" and sum(step[1].startswith("install ") for step in steps) == 4
    assert any(step[1].startswith("wait for a maintenance window") for step in steps) and any(step[4] for step in steps)
