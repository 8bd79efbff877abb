# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The variables of a rehearsal from those of the site, and their checksum. Pure.

Each variable of the roles that an upgrade uses is kept as it is, replaced, set, or left out. A secret, an address and a hook are
never kept.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..package import fold
from ..roles.options import is_empty
from .variable_groups import KEPT, LEFT_OUT

_REASON = "A reason for the rehearsal"
_CONTACT = {"name": "Rehearsal", "email": "rehearsal@example.com", "title": "Rehearsal"}
_SECRET = "a passphrase of the rehearsal only"
_LEAST_WAIT = 30  # real seconds
# Real seconds: an installation ends before the first look, and then the interfaces tell its version only after a virtual minute.
_LEAST_START = 120
_SLOW_SECONDS = 5  # of a wait until its time passes faster


@dataclass(frozen=True)
class Rehearsed:
    """What stands for what in a rehearsal.

    hosts: {inventory name on the site: in the rehearsal}; packages: {folded name: name}; public_url: of the simulated pair, '' without one;
    hook: tasks file that moves the simulated public name; speed: virtual seconds per second; estimates: {kind or action: seconds}.
    """

    hosts: Mapping[str, str] = field(default_factory=dict)
    packages: Mapping[str, str] = field(default_factory=dict)
    public_url: str = ""
    hook: str = ""
    speed: float = 300
    estimates: Mapping[str, float] = field(default_factory=dict)


def rehearsed_variables(given: Mapping[str, Any], rehearsed: Rehearsed) -> dict[str, Any]:
    """The variables of one host in the rehearsal. given: its variables; names that no role of an upgrade has are ignored."""
    found = {name: given[name] for name in sorted(KEPT) if name in given and not is_empty(given[name])}
    for name, replace in REPLACED.items():
        if name in given and not is_empty(given[name]) and given[name] not in ({}, []):
            found[name] = replace(given[name], rehearsed)
    if any(not is_empty(given.get(name)) for name in _HOOKS):
        found[_HOOKS[0]] = rehearsed.hook
    found.update(
        {name: _scaled(name, default if is_empty(given.get(name)) else given[name], rehearsed) for name, default in SCALED.items()},
        **dict.fromkeys(_POLLS, 1),
        catch_up_mode="stop",
        preflight_checks=[*_listed(given.get("preflight_checks") or ["all"]), "!clock", "!state_durable"],
        window_estimates={**rehearsed.estimates, **_mapping(given.get("window_estimates") or {})},
    )
    return found


def left_out(hosts: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """{name: why} of the variables that a node of the site has and the rehearsal has not."""
    return {name: why for name, why in LEFT_OUT.items() if why and any(not is_empty(host.get(name)) for host in hosts)}


def variables_hash(hosts: Sequence[Mapping[str, Any]]) -> str:
    """'sha256:...' over what decides, of all nodes of a site in their order. Secrets and files are left out."""
    content = [{name: host[name] for name in DECIDING if name in host and not is_empty(host[name])} for host in hosts]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), default=str)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


# --- what is replaced

SECRETS = ("backup_certificate_passphrase", "backup_password")
ACCOUNTS = ("bomgar_web_username", "bomgar_login_username")
_HOOKS = ("failover_network_hook", "failover_network_role")
_POLLS = ("install_poll_interval", "catch_up_poll_interval", "failover_poll_interval", "drain_poll_interval")
# What a rehearsal always sets.
SET = ("catch_up_mode", "catch_up_hold_timeout", "preflight_checks", "window_estimates", *_POLLS)
# Real seconds that something is waited for, while the clock of the world is faster: {name: default}.
SCALED = {
    "install_wait_timeout": 7200,
    "install_start_timeout": 600,
    "failover_wait_timeout": 7200,
    "failover_public_timeout": 300,
    "catch_up_online_timeout": 3600,
    "drain_wait_timeout": 1800,
}


def _scaled(name: str, seconds: Any, rehearsed: Rehearsed) -> int:
    """In real seconds; people leave by the clock of the world, and anything else by that of a busy machine."""
    passed = math.ceil(float(seconds) / max(1.0, rehearsed.speed))
    if name == "drain_wait_timeout":
        return passed + _SLOW_SECONDS
    return max(_LEAST_START if name == "install_start_timeout" else _LEAST_WAIT, passed + 10)


def _mapping(value: Any) -> dict[str, Any]:
    read = json.loads(value) if isinstance(value, str) else value
    return dict(read) if isinstance(read, Mapping) else {}


def _listed(value: Any) -> list[Any]:
    return [one.strip() for one in value.split(",")] if isinstance(value, str) else list(value)


def _by_host(value: Any, rehearsed: Rehearsed) -> dict[str, Any]:
    return {rehearsed.hosts[name]: _package_names(one, rehearsed) for name, one in _mapping(value).items() if name in rehearsed.hosts}


def _package_names(value: Any, rehearsed: Rehearsed) -> Any:
    return value if isinstance(value, str) else [rehearsed.packages.get(fold(name), name) for name in value]


def _manifest(value: Any, rehearsed: Rehearsed) -> dict[str, Any]:
    """Without files, which are of the real appliance, and with the names of the world."""
    read = json.loads(value) if isinstance(value, str) else value
    entries = read.get("packages", []) if isinstance(read, Mapping) else read
    dropped = ("file", "sha256", "companions", "release_notes")
    found = []
    for entry in entries or ():
        one = {key: part for key, part in entry.items() if key not in dropped}
        one["name"] = rehearsed.packages.get(fold(entry["name"]), entry["name"])
        if entry.get("requires"):
            one["requires"] = _package_names(entry["requires"], rehearsed)
        found.append(one)
    return {"packages": found}


def _said(value: Any, rehearsed: Rehearsed) -> dict[str, Any]:
    """A declaration, with the reason and the person replaced."""
    return {**_mapping(value), "by": "Rehearsal", "why": _REASON}


def _waivers(value: Any, rehearsed: Rehearsed) -> list[dict[str, Any]]:
    kept = ("check", "target_version", "expires")
    given = json.loads(value) if isinstance(value, str) else value
    return [{**{key: one[key] for key in kept if key in one}, "by": "Rehearsal", "reason": _REASON} for one in given]


def _reason(value: Any, rehearsed: Rehearsed) -> str:
    return _REASON


def _secret(value: Any, rehearsed: Rehearsed) -> str:
    return _SECRET


_Replace = Callable[[Any, Rehearsed], Any]
REPLACED: dict[str, _Replace] = {
    **dict.fromkeys(SECRETS, _secret),
    **dict.fromkeys(
        (
            "upgrade_reinstall_acknowledged",
            "upgrade_standalone_reason",
            "drain_reason",
            "failover_reason",
            "backup_keys_waiver",
            "install_catch_up_waiver",
            "install_keys_waiver",
        ),
        _reason,
    ),
    "upgrade_site": lambda value, rehearsed: "site",
    "upgrade_public_url": lambda value, rehearsed: rehearsed.public_url,
    "upgrade_base_versions": _by_host,
    "upgrade_installed": _by_host,
    "upgrade_manifest": _manifest,
    "install_contact": lambda value, rehearsed: dict(_CONTACT),
    "preflight_waivers": _waivers,
    "catch_up_running_since": _said,
}
# All that decides about an upgrade, without secrets and accounts.
DECIDING = tuple(sorted({*KEPT, *REPLACED, *SCALED, *LEFT_OUT, *_HOOKS, *SET} - set(SECRETS)))
