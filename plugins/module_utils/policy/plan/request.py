# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What an upgrade was begun to do, so that the next run of the same upgrade can be held to it. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ...model.manifest import Manifest
from ...model.roles.options import NEWEST as NEWEST_WORD

NEWEST = "the newest that is offered"


def target_of(text: str) -> str | None:
    """The version that is wanted, or None for the newest one: a person says that with one word."""
    return None if text == NEWEST_WORD else text


def request_of(
    *, mode: str, target: str | None, target_base: str | None, optional_packages: str, manifest: Manifest | None
) -> dict[str, str]:
    """{name: text} of everything a person decided about the upgrade: target, mode, optional packages, each package of the Manifest.

    The steps that are left are no part of it: they shrink with each installation, and the list grows as packages unlock each other.
    """
    entries = manifest.entries if manifest else ()
    return {
        "mode": mode,
        "target_version": target or NEWEST,
        "target_base": target_base or NEWEST,
        "optional_packages": optional_packages,
        **{f"package {entry.name}": digest(asdict(entry))[:16] for entry in entries},
    }


def digest(value: Any) -> str:
    """SHA-256 of a value of JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What changed, a sentence each: 'target_version: 22.1.4 instead of 20.2.1'."""
    return [
        f"{name}: {new.get(name, 'nothing')} instead of {old.get(name, 'nothing')}"
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]
