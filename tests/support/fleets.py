# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Many simulated sites, the inventory that names them, and a pass of the playbook fleet over them."""

import json

from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules import catch_up

from .ansible import command, connection_of, program, variables_of_sites
from .journals import Kept, performed
from .upgrades import FIRST_RUN

SECRET = "c2ltdWxhdGVkLXNlY3JldC1mb3ItdGhlLWRlbW8tMDE="
RIGHTS = {"perm_command": "full_access", "perm_backup": True, "perm_configuration": True}


def world(count, *, version="20.2.1", offered="22.1.4", **more):
    """YAML of a world of so many appliances, s0 and so on, each with an API account of its own; one package leads to `offered`."""
    accounts = [
        {"name": f"account {number}", "client_id": client_id(number), "client_secret": SECRET, "permissions": RIGHTS}
        for number in range(count)
    ]
    made = {
        "schema": 1,
        "name": "fleet",
        "product": "rs",
        "appliances": [{"name": f"s{n}", "hostname": f"s{n}.example.com", "base": "6.2.0", "version": version} for n in range(count)],
        "packages": [{"id": f"rs-{offered}", "name": f"BeyondTrust Remote Support {offered}", "kind": "site", "version": offered}],
        "accounts": {
            "api": accounts,
            "appliance": [{"username": "admin", "password": "canary-web"}],
            "login": [{"username": "admin", "password": "canary-login"}],
        },
        "clients": {"jump_clients": {"active": 12, "passive": 2}},
        **more,
    }
    return json.dumps(made, indent=1)


def client_id(number):
    """The API account of the appliance of that number."""
    return f"{number:040x}"


def begin(folder, site):
    """Open a run of a site in its state folder, and let it lose its lock; its journal."""
    kept = Kept(str(folder / site / "journal.jsonl"))
    kept.open()
    (folder / site / "journal.jsonl.lock").unlink()
    return Journal(kept.path)


def wait(folder, site, until):
    """Let the last run of a site wait for a window until a moment, ISO 8601."""
    journal = begin(folder, site)
    journal.append("window_waiting", until=until, why="outside of all windows")
    journal.append("run_ended", state="waiting", why=None, site=[], summary={"verdict": "The upgrade waits.", "nodes": []})


def nodes_of(running, folder, **more):
    """The connection options of all appliances of a world(). more: {name: options that differ}."""
    names = [one["name"] for one in running.world["appliances"]]
    accounts = {name: {"client_id": client_id(number), "client_secret": SECRET} for number, name in enumerate(names)}
    return [{**connection_of(running, folder, name), **accounts[name], "name": name, **more.get(name, {})} for name in names]


def finish(folder, node, version="22.1.4"):
    """Let a run of a site find that the version runs for years, and that nothing is left to do. node: of nodes_of()."""
    path = begin(folder, node["name"]).path
    connection = {option: value for option, value in node.items() if option != "name"}
    declared = dict(FIRST_RUN, version=version)
    assert performed(catch_up.OPERATION, **connection, journal=path, running_since=declared, threshold=0)["state"] == "open"
    Kept(path).close(run_state="reached")


def variables(folder):
    """Those that all sites share: one package away from the target, and nobody waits in the foreground."""
    return {
        **variables_of_sites(folder, "22.1.4"),
        "catch_up_running_since": FIRST_RUN,
        "fleet_dir": str(folder / "report"),
    }


def inventory(running, folder, *, hosts=None, **more):
    """Write hosts.json for all appliances of a world() and return its path. hosts: {name: more variables}; more: of all.

    The nodes of a pair of the world are a group with its name, upgraded synchronously.
    """
    found = {}
    for number, one in enumerate(running.world["appliances"]):
        known = connection_of(running, folder, one["name"], client_id=client_id(number), client_secret=SECRET)
        found[one["name"]] = {**{f"bomgar_{key}": value for key, value in known.items()}, **(hosts or {}).get(one["name"], {})}
    path = folder / "hosts.json"
    pairs = {one["name"]: _pair(running, folder, one) for one in running.world["pairs"]}
    path.write_text(json.dumps({"appliances": {"hosts": found, "children": pairs, "vars": {**variables(folder), **more}}}))
    return path


def _pair(running, folder, pair):
    """The group of a pair: its hosts and variables."""
    known = {
        "upgrade_site": pair["name"],
        "upgrade_mode": "synchronous",
        "upgrade_public_url": running.public_url(pair["name"]),
        "upgrade_state_dir": str(folder / pair["name"]),
    }
    return {"hosts": dict.fromkeys(pair["nodes"], {}), "vars": known}


def fleet(folder, *arguments, **more):
    """The finished playbook fleet; more: extra variables."""
    extra = ["-e", json.dumps(more)] if more else []
    return command(
        [program("ansible-playbook"), "-i", str(folder / "hosts.json"), "bomgar.appliance.fleet", *arguments, *extra], folder, check=False
    )


def report(folder):
    """fleet.json of the last pass."""
    return json.loads((folder / "report/fleet.json").read_text())


def verdicts(folder):
    """{site: verdict} of the last pass."""
    return {one["site"]: one["verdict"] for one in report(folder)["sites"]}


MADE = {"at": "2026-03-07T10:00:00+00:00", "collection": "0.1.0", "zone": "Europe/Berlin"}


def decision():
    """A result of the module fleet with a site of each kind."""
    told = {
        "a": ("done", "", "", "22.1.4"),
        "b": ("waiting", "2026-03-07T20:00:00+00:00", "The upgrade waits: clients have to catch up after RS 22.1.4.", "22.1.4"),
        "c": ("failed", "", "The account was not accepted.", "20.2.1"),
        "d": ("locked", "", "A run of ada@controller is at work.", ""),
        "e": ("unreachable", "", "c: no response.", ""),
        "f": ("not_started", "", "batch 1 stops: c failed.", "20.2.1"),
    }
    waves = [
        {"number": 1, "name": "canary", "state": "complete", "why": "", "sites": ["a"]},
        {"number": 2, "name": "batch 1", "state": "halted", "why": "batch 1 stops: c failed.", "sites": list("bcde")},
        {"number": 3, "name": "batch 2", "state": "held", "why": "batch 1 stops: c failed.", "sites": ["f"]},
    ]
    wave_of = {site: wave for wave in waves for site in wave["sites"]}
    sites = [
        {
            "site": site,
            "host": f"{site}1.example.com",
            "nodes": [f"{site}1.example.com", f"{site}2.example.com"] if site == "b" else [f"{site}1.example.com"],
            "mode": "asynchronous" if site == "b" else "standalone",
            "state_dir": f"/srv/upgrades/{site}",
            "wave": wave_of[site]["name"],
            "wave_number": wave_of[site]["number"],
            **dict(zip(("verdict", "until", "why", "version"), texts, strict=True)),
        }
        for site, texts in told.items()
    ]
    return {"state": "failed", "next_run_at": "2026-03-07T20:00:00+00:00", "waves": waves, "sites": sites}
