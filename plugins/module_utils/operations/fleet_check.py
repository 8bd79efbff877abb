# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Verifies at the appliances that sites of a fleet are done, many at a time in one process. Nothing is changed or recorded."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ..errors import ApplianceError
from ..model.roles.plan_policies import plan_policies
from ..policy.fleet.standing import DONE, DUE, failure_of, one_line
from .port import Appliance
from .site import read_site
from .site_plan import decide

AT_ONCE = 16  # sites; each waits for its appliance most of the time
Connected = tuple[Mapping[str, Appliance], Any]  # {name: Appliance}, and the Appliance behind the public name or None
_WITHOUT_TIMES = {"list": [], "blackouts": [], "margin": 900, "zone": "UTC"}  # of no matter where nothing is left to do
_PREPARED: dict[str, Any] = {"checked": [], "saved": {}, "clients": False, "restored": False}


def check_sites(sites: Sequence[Mapping[str, Any]], connect: Callable[[Mapping[str, Any]], Connected]) -> dict[str, Any]:
    """{site: {verdict, why, version}}. sites: {site, state_dir, options (of the role upgrade), nodes}. connect: makes the connections.

    verdict: done if the plan is empty, due if anything is left to do or a person is needed, else what the error means.
    """
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        found = list(pool.map(lambda site: _checked(site, connect), sites))
    return {site["site"]: one for site, one in zip(sites, found)}


def _checked(site: Mapping[str, Any], connect: Callable[[Mapping[str, Any]], Connected]) -> dict[str, str]:
    try:
        appliances, public = connect(site)
        return _read(site, appliances, public)
    except ApplianceError as exc:
        return {"verdict": failure_of(type(exc).__name__), "why": one_line(str(exc)), "version": ""}


def _read(site: Mapping[str, Any], appliances: Mapping[str, Appliance], public: Any) -> dict[str, str]:
    """As the role upgrade begins: read the site, then plan what is left."""
    options = site["options"]
    asked = {
        **{name: options.get(name) for name in ("public_url", "mode", "method")},
        **{name: options.get(name) or {} for name in ("base_versions", "installed")},
        "manifest": options.get("manifest") or None,
        "journal": os.path.join(os.path.abspath(site["state_dir"]), "journal.jsonl"),
        "command": "",
        "read_offers": True,
        "known_offers": {},
        "refuse": True,
    }
    seen = read_site(appliances, public, asked, check_mode=True)
    version = next((node["version"] for node in seen["site"]["nodes"] if node["name"] == seen["site"]["serving"]), "")
    memory, due = seen["memory"], {"verdict": DUE, "why": "", "version": version}
    if seen["state"] != "read" or memory["open_step"] or memory["under_way"]:
        return due
    plan = decide(_to_plan(options, seen), check_mode=True, say=lambda text: None)
    return {**due, "verdict": DONE} if plan["reached"] and not plan["blockers"] else due


def _to_plan(options: Mapping[str, Any], seen: Mapping[str, Any]) -> dict[str, Any]:
    """The params of the module upgrade_plan, as the role gives them. A drain and times matter only where something is left to do."""
    return {
        "site": seen["site"],
        "memory": seen["memory"],
        "mode": options["mode"],
        "target_version": options["target_version"],
        "target_base": options.get("target_base") or None,
        "manifest": options.get("manifest") or None,
        "optional_packages": options["optional_packages"],
        "windows": _WITHOUT_TIMES,
        "policies": plan_policies(options),
        "prepared": _PREPARED,
        "journal": None,
        "approved_plan": None,
        "replan_reason": None,
        "purpose": "upgrade",
    }
