# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Finds a saved file that still counts, so that it is not saved again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..errors import Unsafe
from .journal import Journal
from .saved_files import read_verified, sha256_of

_RUNS = ("guid", "version", "build")
# Seconds; an installation accepts twice as many (saved_max_age of update_install), so a long drain is no reason to fail.
MAX_AGE_LIMIT = 43200


def find_fresh(
    saved: Iterable[Mapping[str, Any]],
    identity: Mapping[str, Any],
    *,
    kind: str,
    dest: str,
    max_age: float,
    brought: str | None = None,
    fits: Callable[[Mapping[str, Any]], bool] = lambda one: True,
) -> dict[str, Any] | None:
    """The newest of the saved files that counts, as its entry in the journal, or None.

    It counts if it is in the folder `dest`, unchanged, of this appliance with what it runs now (`identity`), not older than max_age
    seconds by the appliance's clock, and if fits(entry). max_age 0: none counts. brought: the file that a person saved, whose content it
    must have then.
    """
    if not max_age:
        return None
    folder, content = os.path.abspath(dest), _content(brought)
    for one in reversed(list(saved)):
        path = str(one.get("metadata") or "")
        if os.path.dirname(path) == folder and _is_of(one, identity) and content in ("", one.get("sha256")) and fits(one):
            try:
                read_verified(path, kind=kind, guid=identity["guid"], now=identity["clock"], max_age=max_age, host=identity["host"])
            except Unsafe:
                continue
            return dict(one)
    return None


def _is_of(one: Mapping[str, Any], identity: Mapping[str, Any]) -> bool:
    return all(one.get(name) == identity[name] for name in _RUNS)


def _content(path: str | None) -> str:
    """The SHA-256 of a file; '' without one, and 'unread' for one that cannot be read."""
    try:
        return sha256_of(path) if path else ""
    except OSError:
        return "unread"


def known_files(journal: Journal | None, name: str) -> list[Mapping[str, Any]]:
    """What a journal has of the saved files: its `backups` or `certificates`; [] without a journal."""
    return list(getattr(journal.state(), name)) if journal else []
