# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads what an appliance offers: its list of updates, or what the manifest and a person say where nobody opens its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import InvalidInput
from ..model import manual_steps
from ..model.package import BASE
from ..model.read_manifest import read_manifest
from ..policy.plan.offers import offered_by
from .port import Appliance

MANUAL = "manual"


def read_offer(
    appliance: Appliance,
    *,
    method: str,
    manifest: Mapping[str, Any] | None = None,
    base_version: str | None = None,
    installed: Iterable[str] = (),
    check: bool = True,
    download_key: bool = False,
) -> dict[str, Any]:
    """The result of the module update_info; `state` is 'manual' where a person has to state the Base version first.

    method: 'web' or 'manual'; manifest: as a dict; base_version, installed: as a person states them; check: whether Check for Updates is
    pressed.
    """
    if method == MANUAL:
        return _stated(appliance, manifest, base_version, installed)
    basics, updates = appliance.pages.basics(), appliance.pages.updates(check=check)
    return {
        "changed": False,
        "state": "read",
        "source": "page",
        "base_version": basics.base_version,
        "basics": basics.as_dict(),
        "packages": [package.as_dict() for package in updates.packages],
        "message": updates.message,
        "installing": updates.installing,
        "download_key": appliance.pages.download_key() if download_key else "",
        "console_installers_url": updates.console_installers_url,
    }


def _stated(appliance: Appliance, manifest: Mapping[str, Any] | None, base_version: str | None, installed: Iterable[str]) -> dict[str, Any]:
    """The facts of the manifest and of a person, in the format of the pages."""
    if manifest is None:
        raise InvalidInput("Without the pages only a manifest says what is offered.", remedy="Give `manifest`, or `method: web`.")
    rows = offered_by(read_manifest(manifest), site_version=appliance.health().version, base_version=base_version, installed=installed)
    result = {
        "changed": False,
        "state": "read",
        "source": "manifest",
        "base_version": base_version,
        "basics": {},
        "packages": [row.as_dict() for row in rows],
        "message": "",
        "installing": False,
        "download_key": "",
        "console_installers_url": "",
    }
    if base_version is None and any(row.kind == BASE for row in rows):
        return dict(result, **manual_steps.manual_result(manual_steps.state_base(appliance.host)))
    return result
