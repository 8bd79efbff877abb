# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Signs that an appliance is, or was, a node of a failover pair, although it reports no relation now."""

from __future__ import annotations

import os
from typing import Any

from ..errors import ApplianceError
from ..storage.journal import Journal
from .port import Appliance


def pair_signs(appliance: Appliance, health: dict[str, Any] | None, state_dir: str | None) -> list[str]:
    """A list of sentences. health: model.health.Health as dict, None where it was not read; state_dir: the state folder, or None."""
    found: list[str] = []
    if health and health.get("last_data_sync") is not None:
        found.append("The appliance reports a data sync, which only a pair has.")
    return found + _on_the_page(appliance) + _in_journals((health or {}).get("guid"), state_dir)


def _on_the_page(appliance: Appliance) -> list[str]:
    """Signs on Management > Failover; none where the account cannot open the page."""
    if not appliance.pages.can_use("login"):
        return []
    try:
        page = appliance.pages.failover()
    except ApplianceError:
        return []
    if page.peer_host or page.related or page.role in ("primary", "backup"):
        return [f"The page Management > Failover shows a peer ({page.peer_host or page.role or 'related'})."]
    return []


def _in_journals(guid: str | None, state_dir: str | None) -> list[str]:
    """Signs in the journals of the state folder and of its sibling folders: the journal of a pair is in the folder of its site."""
    if not guid or not state_dir:
        return []
    parent = os.path.dirname(os.path.abspath(state_dir))
    paths = [os.path.join(state_dir, "journal.jsonl"), *_neighbors(parent)]
    seen = {os.path.abspath(path): None for path in paths if _holds(path, guid)}
    return [f"The journal {path} has the appliance as a node of a pair." for path in seen if guid in _guids(path)]


def _neighbors(folder: str) -> list[str]:
    try:
        return [os.path.join(entry.path, "journal.jsonl") for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def _holds(path: str, guid: str) -> bool:
    """Whether the file has the GUID at all: a fast test, since there can be hundreds of journals."""
    try:
        return os.path.isfile(path) and guid.encode() in _content(path)
    except OSError:
        return False


def _content(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read()


def _guids(path: str) -> Any:
    try:
        return Journal(path).state().guids
    except ApplianceError:
        return []
