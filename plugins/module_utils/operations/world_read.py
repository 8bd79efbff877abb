# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads a site for a rehearsal, with reads only, and writes its world files. What is optional does not end the reading."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from typing import Any

from ..errors import ApplianceError, NotFound
from ..model.certificate import inspect_der
from ..model.journal.state import state_of
from ..model.read_manifest import read_manifest
from ..model.world.build import WorldFile, build_world
from ..model.world.fact import DECLARED, MEASURED
from ..model.world.fleet import Fleet
from ..model.world.variants import Variant, variants_of
from ..storage.files import write_private
from ..storage.folder import check_private_folder, make_private_folder
from ..storage.journal import Journal
from ..storage.regular_file import read_file
from .offers import read_offer
from .port import Appliance
from .read_pair import read_node, read_pair


def read_world(appliances: Mapping[str, Appliance], public: Any, params: Mapping[str, Any], *, check_mode: bool) -> dict[str, Any]:
    """The result of the module world_read. appliances: {name: Appliance}; public: the Appliance behind the public name, or None.

    Unsafe for a site that could not be read completely enough to be rehearsed.
    """
    manifest = read_manifest(params["manifest"]) if params["manifest"] else None
    reading = read_site_facts(appliances, public, params)
    known = state_of(Journal(params["journal"]).content().entries) if params["journal"] else None
    lengths = _lengths(known.measured if known else (), params["estimates"])
    found = build_world(reading, manifest=manifest, lengths=lengths, declared=params["declared"])
    variants = variants_of(found.world, params["variants"])
    written = _write(params["dest"], variants, check_mode)
    return {
        "changed": bool(written),
        "world": found.world,
        "facts": [one.as_dict() for one in found.facts],
        "node_names": found.nodes,
        "package_names": found.packages,
        "lengths": lengths,
        "worlds": [_shown(one, params["dest"]) for one in variants],
        "lines": _lines(found, variants),
    }


def _lines(found: WorldFile, variants: list[Variant]) -> list[str]:
    unknown = [f"{one.value}. {one.why}" for one in found.facts if one.basis == "assumed"]
    return [*unknown, "Rehearsed: " + "; ".join(one.title for one in variants) + "."]


def _lengths(measured: Any, declared: Mapping[str, Any]) -> dict[str, Any]:
    """{kind of package, or sync: {seconds, basis}}: declared, or the longest of the last three that the journal measured."""
    found: dict[str, Any] = {}
    for kind in ("base", "site", "licence", "hotfix", "sync"):
        action = "sync" if kind == "sync" else "install"
        seconds = [one["seconds"] for one in measured if one["action"] == action and one["kind"] in ("", kind)][-3:]
        if declared.get(kind) is not None:
            found[kind] = {"seconds": float(declared[kind]), "basis": DECLARED}
        elif seconds:
            found[kind] = {"seconds": max(seconds), "basis": MEASURED}
    return found


# --- reading


def read_site_facts(appliances: Mapping[str, Appliance], public: Any, params: Mapping[str, Any]) -> dict[str, Any]:
    """{nodes, site, fleet, people, jumpoints, connected, jump_settings, failover, errors}: errors has a sentence for each part not read."""
    nodes = [_node(name, one, params) for name, one in appliances.items()]
    alone = len(nodes) == 1
    pair = None if alone else read_pair(appliances, public, params["public_url"] or "", certificates=True)
    site = {"relation": "none", "serving": nodes[0]["name"]} if pair is None else pair.as_dict()
    for node, seen in zip(nodes, pair.nodes if pair else ()):
        node["served"] = seen.certificate or None
    errors: dict[str, str] = {}
    serving = appliances.get(site["serving"])
    return {"nodes": nodes, "site": site, "errors": errors, **(_clients(serving, params, errors) if serving else {})}


def _node(name: str, appliance: Appliance, params: Mapping[str, Any]) -> dict[str, Any]:
    """One node: what it runs and offers; `errors` has a sentence for each part that was not read."""
    account = next(one["client_id"] for one in params["nodes"] if name == (one["name"] or one["url"]))
    node: dict[str, Any] = {"name": name, "errors": {}, "rows": [], "base": "", "legacy": not account}
    read = _reader(node, node["errors"])
    read("health", lambda: {**read_node(name, appliance).as_dict(), "name": name})
    read("info", lambda: {"permissions": dict(appliance.info().permissions)})
    read("software", lambda: _software(name, appliance, params))
    read("product", lambda: {"product": node.get("product") or appliance.product()})
    read("timezone", lambda: _as_member(appliance, node))
    read("served certificate", lambda: {"served": inspect_der(appliance.certificate(), now=node.get("clock") or 0, host=appliance.host)})
    if params["method"] == "web":
        read("certificates", lambda: {"certificates": [{"default": one.default} for one in appliance.pages.certificates()]})
        read("storage", lambda: {"percent_used": appliance.pages.storage()["percent_used"]})
    return node


def _reader(into: dict[str, Any], errors: dict[str, str]) -> Callable[[str, Callable[[], Mapping[str, Any]]], None]:
    def read(part: str, reader: Callable[[], Mapping[str, Any]]) -> None:
        try:
            into.update(reader())
        except ApplianceError as exc:
            errors[part] = exc.summary

    return read


def _as_member(appliance: Appliance, node: Mapping[str, Any]) -> dict[str, Any]:
    """What the list of appliances has of the node: its offset, and its cluster role, which the XML generation reports only here."""
    own = next((one for one in appliance.members() if one.guid == node.get("guid")), None)
    if own is None:
        return {"timezone_offset": None}
    return {"timezone_offset": own.timezone_offset, "cluster_role": node.get("cluster_role") or own.cluster_role}


def _software(name: str, appliance: Appliance, params: Mapping[str, Any]) -> dict[str, Any]:
    """Base version and rows of the list of updates, or what the manifest and a person say."""
    offer = read_offer(
        appliance,
        method=params["method"],
        manifest=params["manifest"],
        base_version=params["base_versions"].get(name) or None,
        installed=params["installed"].get(name) or (),
    )
    if not offer["base_version"]:
        raise NotFound("Nobody states its Base version.", remedy="Give it in upgrade_base_versions.")
    automatic = appliance.pages.updates(check=False).automatic if params["method"] == "web" else None
    return {"base": offer["base_version"], "rows": offer["packages"], "automatic": automatic}


def _clients(appliance: Appliance, params: Mapping[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    """Clients, people and settings of the site, read at the node that serves."""
    found: dict[str, Any] = {}
    read = _reader(found, errors)
    read("connected", lambda: {"connected": appliance.client_counts()})
    read("people", lambda: {"people": [{"kind": one.kind, "sessions": one.sessions} for one in appliance.logged_in()]})
    read("fleet", lambda: {"fleet": _fleet(appliance, params["client_filter"])})
    read("jumpoints", lambda: {"jumpoints": appliance.clients.jumpoints()})
    if appliance.pages.can_use("login"):
        read("jump settings", lambda: {"jump_settings": appliance.pages.jump_settings().as_dict()})
    if appliance.pages.can_use("login") and len(params["nodes"]) > 1:
        read("failover settings", lambda: {"failover": appliance.pages.failover().settings})
    return found


def _fleet(appliance: Appliance, client_filter: str | None) -> dict[str, Any] | None:
    """Counts of the Jump Clients, one row at a time; None without a Configuration API."""
    fleet = Fleet(appliance.info().clock)
    try:
        for row in appliance.clients.jump_client_rows(client_filter):
            fleet.add(row)
    except NotFound:
        return None
    return fleet.as_dict()


# --- writing


def _write(dest: str, variants: list[Variant], check_mode: bool) -> list[str]:
    """Write a world file for each variant, where its content is new; return their paths."""
    (check_private_folder if check_mode else make_private_folder)(dest)
    contents = {world_path(dest, one): _yaml(one.world) for one in variants}
    new = [path for path, content in contents.items() if not os.path.lexists(path) or read_file(path) != content]
    for path in () if check_mode else new:
        write_private(path, contents[path])
    return new


def world_path(dest: str, variant: Variant) -> str:
    return os.path.join(os.path.abspath(dest), f"{variant.id}.yml")


def _yaml(world: Mapping[str, Any]) -> bytes:
    import yaml

    head = "# A world of the simulator, made from what was read of a site. All names are invented. See simulator/README.md.\n"
    plain = json.loads(json.dumps(world, default=str))  # what a person declared is of types of Ansible, which YAML refuses
    return (head + yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=140)).encode()


def _shown(variant: Variant, dest: str) -> dict[str, Any]:
    return {"id": variant.id, "title": variant.title, "why": variant.why, "path": world_path(dest, variant)}
