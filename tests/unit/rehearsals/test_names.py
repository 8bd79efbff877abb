# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""No name, no address, no identity and no secret of a site is in its world files, wherever the site has one."""

import pytest
import yaml
from ansible_collections.bomgar.appliance.plugins.modules.appliance_info import OPERATION
from simulator.testing import Running
from simulator.world import SHIPPED

from tests.support.appliances import Bench
from tests.support.rehearsals import Variables, read

CANARY = "Zebrafink"  # in each text of the site that people write


def named_world(name):
    """A shipped world with the canary in each name, text and secret that it can have."""
    given = yaml.safe_load((SHIPPED / f"{name}.yml").read_text())
    given["company"] = f"{CANARY} Ltd"
    for box in given["appliances"]:
        box.update(hostname=f"{box['name']}.zebrafink.example.com", serial=f"{CANARY}-{box['name']}", health_problem=f"{CANARY} is down")
    for pair in given.get("pairs", ()):
        pair["public_hostname"] = "support.zebrafink.example.com"
    given["accounts"]["api"] = [
        {
            "name": f"{CANARY} automation",
            "comments": f"asked for by {CANARY}",
            "client_id": "zebrafink-client",
            "client_secret": "zebrafink-secret",
            "permissions": {"perm_command": "full_access", "perm_backup": True, "perm_configuration": True},
        }
    ]
    for area in ("appliance", "login"):
        given["accounts"][area] = [{"username": "zebrafink", "password": "zebrafink-password"}]
    given["packages"].append({"id": "extra", "name": f"{CANARY} special", "kind": "hotfix"})
    given["packages"].append({"id": "more", "name": f"Licence for {CANARY}", "kind": "licence"})
    given["clients"].update(
        jump_clients={**given["clients"]["jump_clients"], "name_pattern": "zebrafink-{n:05d}"},
        jumpoints=[{"name": f"{CANARY} data centre"}],
        representatives=[{"name": f"Ada {CANARY}", "sessions": 1}, {"name": f"Ben {CANARY}", "type": "Invited"}],
        teams=[f"{CANARY} team"],
        users=5,
        installers=2,
    )
    given["certificates"] = [
        {"name": "support.zebrafink.example.com", "default": True, "days_left": 310, "names": ["zebrafink.example.com"]},
        {"name": f"{CANARY} old", "days_left": 25},
    ]
    return yaml.safe_dump(given)


def shown_by(bench):
    """What the site itself returns of its names: the search would find nothing in a site that has none."""
    appliance = bench.appliance(bench.params(OPERATION))
    rows = [*appliance.clients.jump_client_rows(None)] if bench.machine.version >= "21.1" else []
    return f"{rows} {appliance.logged_in()} {appliance.clients.jumpoints() if rows else ''}"


SITES = [("clients_one_hop", "standalone"), ("pair_json", "asynchronous"), ("pair_far_outdated", "synchronous")]


@pytest.mark.parametrize(("name", "mode"), SITES)
def test_world_file_names_no_site(name, mode, tmp_path):
    with Running(named_world(name)) as running:
        bench = Bench(running, tmp_path)
        for kind in ("jump_groups", "teams"):
            running.machine().people.add(kind, f"{CANARY} {kind}")
        assert CANARY in shown_by(bench)
        found = read(bench, tmp_path, Variables(mode=mode))
        known = [one[key] for one in running.world["appliances"] for key in ("guid", "serial", "hostname")]
        known += [running.url_of(one["name"]).rpartition(":")[2] for one in running.world["appliances"]]
    files = sorted((tmp_path / "worlds").iterdir())
    assert len(files) == len(found["worlds"]) > 3
    for file in files:
        text = file.read_text()
        assert CANARY.lower() not in text.lower() and [one for one in known if one in text] == []
