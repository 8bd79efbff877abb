# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The words on the pages, in English or German, of older or newer software (data and marks: labels.yml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

LABELS = Path(__file__).parent / "labels.yml"
# Where the words changed is UNKNOWN (the guides we have are of Base 3, 4.2 and 6.1, and of 13.1, 15.2 and newer);
# these two borders are ours.
OLD_BASE = (4,)
OLD_SITE = (16,)
BASE_KEYS = frozenset({"basics", "users", "tls", "certificates_title"})
SITE_KEYS = frozenset({"my_account", "jump", "jump_clients", "software", "include_sessions"})


@cache
def labels() -> dict[str, dict[str, list[str]]]:
    """key -> language -> [text, mark]."""
    return yaml.safe_load(LABELS.read_text(encoding="utf-8"))


def numbers(version: str) -> tuple[int, ...]:
    """'19.1.8' -> (19, 1, 8); what is no number counts as 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in str(version).split("."))


class Words:
    """Call it with a key to get the text: words('contact_name'); braces in a text are filled from keywords."""

    def __init__(self, language: str, base: str, site: str, own: dict[str, str] | None = None) -> None:
        """own: {key: text} of a world whose pages use other words."""
        self.language, self._own = language, own or {}
        self._old = frozenset()
        if numbers(base) < OLD_BASE:
            self._old |= BASE_KEYS
        if numbers(site) < OLD_SITE:
            self._old |= SITE_KEYS

    def __call__(self, key: str, **values: Any) -> str:
        text = self._own.get(key) or labels()[f"{key}@old" if key in self._old else key][self.language][0]
        return text.format(**values) if values else text
