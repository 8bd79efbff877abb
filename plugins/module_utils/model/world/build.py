# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A world file of the simulator from what was read of a site (simulator/README.md#world-files). Pure.

Nothing that names the site is in it: the names of nodes, hosts, people, clients and groups, identities and accounts are invented, the same
ones each time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...errors import Unsafe
from ..manifest import Manifest
from ..moments import iso
from ..package import BASE, SITE
from ..pair import ABSENT, PRESENT
from . import parts
from .assumptions import assumptions
from .fact import DECLARED, Fact
from .lengths import minutes_by_kind
from .packages import Packages

COMPANY, DOMAIN, PAIR = "Rehearsal", "rehearsal.example.com", "site"
# Virtual seconds per second: as many as the usual 15 seconds between two reads, since the upgrade of a world reads each second; while
# something is under way, one read for an installation. After so many real seconds of waiting, time passes faster (rehearse_speed).
SPEED, BUSY_SPEED, IDLE_AFTER = 15, 3600, 3
ACCOUNTS = {
    "api": ("rehearsal-account", "an invented secret of the rehearsal"),
    "pages": ("rehearsal-person", "an invented password of the rehearsal"),
}


@dataclass(frozen=True)
class WorldFile:
    """world: as the simulator reads it. facts: what it assumes. nodes: {name on the site: name in the world}; packages: likewise, with the
    names folded.
    """

    world: dict[str, Any]
    facts: tuple[Fact, ...]
    nodes: dict[str, str]
    packages: dict[str, str]


def build_world(
    reading: Mapping[str, Any], *, manifest: Manifest | None = None, lengths: Mapping[str, Any] | None = None, declared: Mapping[str, Any]
) -> WorldFile:
    """reading: as operations.world_read.read_site_facts() returns it.

    lengths: {kind of package, or sync: {seconds, basis}}. declared: parts of the world file that a person knows better; they win.
    Raises Unsafe for a site that could not be read completely enough, or that the simulator cannot be.
    """
    _refuse_unread(reading)
    order, names = _order(reading), {}
    nodes = [next(one for one in reading["nodes"] if one["name"] == name) for name in order]
    names = {node["name"]: letter for node, letter in zip(nodes, "ab")}
    packages = _packages(nodes, manifest)
    fleet, facts = parts.fleet(reading)
    timed, time_facts = minutes_by_kind(packages.worlds, lengths or {})
    world = {
        "schema": 1,
        "name": "rehearsal",
        "description": f"A site as it was read, {len(nodes)} node{'s' if len(nodes) > 1 else ''}; all names are invented",
        "product": nodes[0]["product"] or "rs",
        "company": COMPANY,
        "clock": {"start": iso(nodes[0]["clock"]), "speed": SPEED, "busy_speed": BUSY_SPEED, "idle_after": IDLE_AFTER},
        "appliances": [parts.appliance(node, names[node["name"]], DOMAIN, reading) for node in nodes],
        **({"pairs": [_pair(reading, nodes, lengths or {})]} if len(nodes) > 1 else {}),
        "packages": timed,
        "rows_name_requirements": packages.rows_name_requirements,
        "keep_installed_rows": any(row["state"] == "installed" for node in nodes for row in node["rows"]),
        "accounts": parts.accounts(nodes[0], ACCOUNTS),
        "clients": {**fleet, **parts.people(reading)},
        "certificates": parts.certificates(nodes[0], f"{PAIR}.{DOMAIN}" if len(nodes) > 1 else ""),
        **parts.settings(reading, nodes),
    }
    facts = [*packages.facts, *facts, *time_facts, *assumptions(reading, nodes, lengths or {})]
    facts += [Fact(key, DECLARED, str(value), "A person declared it.") for key, value in sorted(declared.items())]
    return WorldFile(_merged(world, declared), tuple(facts), names, packages.names)


def _refuse_unread(reading: Mapping[str, Any]) -> None:
    """Unsafe if what decides about the plan could not be read."""
    missing = [f"{node['name']}: {why}" for node in reading["nodes"] for section, why in node["errors"].items() if section in NEEDED]
    if len(reading["nodes"]) > 1:
        site = reading["site"]
        missing += [] if site["relation"] in (PRESENT, ABSENT) else [f"the failover relation is {site['relation']}"]
        missing += [] if site["serving"] else ["no node answers under the public name"]
    if missing:
        raise Unsafe(
            "The site cannot be rehearsed, because it could not be read completely. "
            + " ".join(f"[{number}] {why.rstrip('.')}." for number, why in enumerate(missing, 1)),
            remedy="Correct that, and run it again. Without an account for the pages, give upgrade_manifest and upgrade_base_versions.",
        )


NEEDED = ("info", "health", "software")


def _order(reading: Mapping[str, Any]) -> list[str]:
    """Names of the nodes, the serving one first: the simulator takes the first one for the primary."""
    names = [node["name"] for node in reading["nodes"]]
    serving = reading["site"]["serving"] if len(names) > 1 else names[0]
    primaries = [node["name"] for node in reading["nodes"] if node["role"] == "primary"]
    if len(names) > 1 and primaries and serving not in primaries:
        raise Unsafe(
            f"The site cannot be rehearsed: the public name leads to {serving}, and {primaries[0]} is primary.",
            remedy="Let the public name lead to the primary node, or swap the roles (playbook failover).",
        )
    return [serving, *(name for name in names if name != serving)]


def _packages(nodes: Sequence[Mapping[str, Any]], manifest: Manifest | None) -> Packages:
    running = {BASE: nodes[0]["base"], SITE: nodes[0]["version"]}
    packages = Packages(manifest, running)
    for node in nodes:
        packages.add_rows(node["rows"])
    packages.add_later()
    return packages


def _pair(reading: Mapping[str, Any], nodes: Sequence[Mapping[str, Any]], lengths: Mapping[str, Any]) -> dict[str, Any]:
    shared = any(node["shared_ips"] for node in nodes)
    return {
        "name": PAIR,
        "nodes": ["a", "b"],
        "public_hostname": f"{PAIR}.{DOMAIN}",
        "front": "shared_ip" if shared else "dns",
        "related": reading["site"]["relation"] == PRESENT,
        **parts.failover_settings(reading.get("failover") or {}),
        **({"sync": {"minutes": round(lengths["sync"]["seconds"] / 60, 2)}} if "sync" in lengths else {}),
    }


def _merged(world: Mapping[str, Any], declared: Mapping[str, Any]) -> dict[str, Any]:
    """The world with the declared parts: mappings are merged, packages by their id, other values replaced."""
    merged = dict(world)
    for key, value in declared.items():
        if key == "packages" and isinstance(value, list):
            known = {one["id"]: one for one in merged.get(key, ())}
            known.update({one["id"]: {**known.get(one["id"], {}), **one} for one in value if isinstance(one, Mapping) and "id" in one})
            merged[key] = list(known.values())
        elif isinstance(value, Mapping) and isinstance(merged.get(key), Mapping):
            merged[key] = _merged(merged[key], value)
        else:
            merged[key] = value
    return merged
