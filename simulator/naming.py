# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What follows from other values of a world file: names, identities, builds, the minutes of a kind of package."""

from __future__ import annotations

import zlib
from typing import Any


def named(data: Any) -> Any:
    """Fill in what follows from other values: names, identities, builds, minutes by kind."""
    for box in data["appliances"]:
        box.setdefault("hostname", f"{box['name']}.support.example.com")
        box.setdefault("guid", _digits(f"guid {box['hostname']}", 32))
        box.setdefault("serial", f"SIM{_digits(box['guid'], 8).upper()}")
        box.setdefault("build", build_of(box["version"]))
        box["names"] = [box["hostname"]]
    for pair in data["pairs"]:
        _name_nodes(pair, [box for box in data["appliances"] if box["name"] in pair["nodes"]])
    for box in data["appliances"]:
        box.setdefault("failover_role", "none")
    for package in data["packages"]:
        prefix = {"base": "Base", "site": "BeyondTrust"}.get(package["kind"])
        package.setdefault("name", f"{prefix} {package['version']}" if prefix else package["id"])
        if package["kind"] == "site":
            package.setdefault("build", build_of(package["version"]))
        package["minutes"] = {**_MINUTES[package["kind"]], **package["minutes"]}
    for number, account in enumerate(data["accounts"]["api"], 1):
        account.setdefault("name", f"API account {number}")
    return data


def _name_nodes(pair: dict[str, Any], boxes: Any) -> None:
    """The roles of a pair's nodes, and the names that its certificate is for."""
    for box in boxes:
        role = "primary" if box["name"] == pair["nodes"][0] else "backup"
        box.setdefault("failover_role", role if pair["related"] else "none")
        box["names"] = [pair["public_hostname"], *(other["hostname"] for other in boxes)]


# The vendor: an installation takes 15 to 60 minutes (docs/vendor/probes-and-limits.md#limits-and-manners). How it divides is our invention.
_MINUTES = {
    "base": {"download": 3, "install": 12, "reboot": 5, "lag": 0},
    "site": {"download": 5, "install": 20, "reboot": 5, "lag": 1},
    "licence": {"download": 1, "install": 1, "reboot": 0, "lag": 0},
    "hotfix": {"download": 1, "install": 5, "reboot": 0, "lag": 0},
}


def build_of(version: str) -> str:
    """A build in the vendor's form (number, dash, 40 hex digits), always the same for one version."""
    return f"{50000 + zlib.crc32(version.encode()) % 20000}-{_digits(f'build {version}', 40)}"


def _digits(seed: Any, count: Any) -> str:
    """Hex digits that look random and are the same in each run."""
    text = "".join(f"{zlib.crc32(f'{seed}/{index}'.encode()):08x}" for index in range(count // 8 + 1))
    return text[:count]
