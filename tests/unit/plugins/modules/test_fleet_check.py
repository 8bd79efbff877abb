# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Whether sites that are done by their journals are done by their appliances."""

import requests
from ansible_collections.bomgar.appliance.plugins.modules.fleet_check import OPERATION
from ansible_collections.bomgar.appliance.plugins.plugin_utils.role_specs import DEFAULTS, ROLES
from simulator.testing import Running

from tests.support.fleets import client_id, finish, nodes_of, world
from tests.support.journals import performed

WANTED = {"mode": "standalone", "target_version": "22.1.4"}


def options(**given):
    """Those of the role upgrade, as its defaults are; templates are other variables that are not set."""
    known = {name: DEFAULTS.get(name, option.get("default")) for name, option in ROLES["upgrade"]["main"].items()}
    found = {name.removeprefix("upgrade_"): value for name, value in known.items() if value is not None and "{{" not in str(value)}
    return {**found, "method": "web", **WANTED, **given}


def checked(running, folder, **more):
    """What is read of all appliances of a world()."""
    nodes = nodes_of(running, folder, **more)
    sites = [{"site": one["name"], "state_dir": str(folder / one["name"]), "nodes": [one["name"]], "options": options()} for one in nodes]
    return performed(OPERATION, sites=sites, nodes=nodes)


def test_each_site_has_its_verdict(tmp_path):
    with Running(world(4, version="22.1.4")) as running:
        finish(tmp_path, nodes_of(running, tmp_path)[0])
        running.fault("drop_before", times=None, match={"appliance": "s2"})
        known = (tmp_path / "s0/journal.jsonl").read_text()
        made = checked(running, tmp_path, s3={"client_secret": "canary wrong secret"})
        assert running.requests("write") == []
    assert {site: one["verdict"] for site, one in made["read"].items()} == {"s0": "done", "s1": "due", "s2": "unreachable", "s3": "failed"}
    assert made["read"]["s0"]["version"] == "22.1.4" and not made["changed"]
    assert made["read"]["s2"]["why"] and made["read"]["s3"]["why"] and "canary wrong secret" not in str(made)
    assert (tmp_path / "s0/journal.jsonl").read_text() == known and not (tmp_path / "s1").exists(), "nothing is recorded"


def test_another_version_is_due_again(tmp_path):
    with Running(world(1, version="22.1.4")) as running:
        finish(tmp_path, nodes_of(running, tmp_path)[0])
        assert checked(running, tmp_path)["read"]["s0"]["verdict"] == "done"
        running.machine("s0").version = "20.2.1"
        running.advance(3600)
        assert checked(running, tmp_path)["read"]["s0"]["verdict"] != "done"


def test_a_fleet_is_read_side_by_side(tmp_path):
    """A site whose appliance answers late keeps none of the others waiting."""
    with Running(world(3, version="22.1.4")) as running:
        checked(running, tmp_path)
        order = [one["appliance"] for one in running.requests()]
    assert order.index("s2") < len(order) - 1 - order[::-1].index("s0"), order


def test_sites_with_one_account_keep_its_limit_together(tmp_path):
    with Running(world(8, version="22.1.4", limits={"rate": True})) as running:
        shared = {f"s{number}": {"client_id": client_id(0)} for number in range(8)}
        made = checked(running, tmp_path, **shared)
        rates = requests.get(f"{running.control_url}/state", timeout=60).json()["rates"]
    assert {one["verdict"] for one in made["read"].values()} == {"due"}
    assert list(rates) == [client_id(0)] and rates[client_id(0)]["refused"] == 0 and rates[client_id(0)]["most_in_a_second"] <= 20, rates
