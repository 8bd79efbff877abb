# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Strict access to the facts that the checks use: a missing fact or a wrong type is an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...model.fields import is_count, is_number

_MOST_EVIDENCE = 12  # values


class Missing(Exception):
    """A fact is missing or has a wrong type; the text is a sentence for people."""


class ByHand(Missing):
    """A fact that only a page shows, without an account for the page; the text says where a person can see it."""


class Facts:
    """Strict access to {section: value}; `facts_read` lists the paths that were read, as 'health.guid'; `evidence` their values.

    The key `errors` holds {section: sentence} for what could not be read, and `by_hand` the same for what only a person can see.
    """

    def __init__(self, facts: Any) -> None:
        self._facts: dict[str, Any] = facts if isinstance(facts, dict) else {}
        errors = self._facts.get("errors")
        self._errors = errors if isinstance(errors, dict) else {}
        self._by_hand = self._facts.get("by_hand") or {}
        self._seen: dict[str, Any] = {}  # ordered, and fast with thousands of rows

    @property
    def facts_read(self) -> list[str]:
        return list(self._seen)

    @property
    def evidence(self) -> str:
        """'health.healthy=True, health.version='24.3.1'': the first values that were read, groups of values apart."""
        shown = [f"{name}={_short(value)}" for name, value in self._seen.items() if not isinstance(value, (dict, list, tuple))]
        return ", ".join(shown[:_MOST_EVIDENCE]) + (f" and {len(shown) - _MOST_EVIDENCE} more" if len(shown) > _MOST_EVIDENCE else "")

    def has(self, section: str) -> bool:
        """Whether the section was read, or reading it failed."""
        return section in self._facts or section in self._errors or section in self._by_hand

    def text(self, *path: str | int) -> str:
        return self._value(path, lambda value: isinstance(value, str), "a text")

    def flag(self, *path: str | int) -> bool:
        return self._value(path, lambda value: isinstance(value, bool), "true or false")

    def number(self, *path: str | int) -> float:
        return self._value(path, is_number, "a number")

    def count(self, *path: str | int) -> int:
        return self._value(path, is_count, "a count")

    def rows(self, *path: str | int) -> list[Any]:
        return self._value(path, lambda value: isinstance(value, (list, tuple)), "a list")

    def mapping(self, *path: str | int) -> dict[str, Any]:
        return self._value(path, lambda value: isinstance(value, dict), "a set of named values")

    def present(self, *path: str | int) -> Any:
        """Any value, None too: only its absence is an error."""
        return self._value(path, lambda value: True, "")

    def optional(self, kind: str, *path: str | int) -> Any:
        """As Facts.text, .number ... but None is allowed: the source was read and does not show it."""
        if self.present(*path) is None:
            return None
        return getattr(self, kind)(*path)

    def _value(self, path: tuple[str | int, ...], fits: Callable[[Any], bool], kind: str) -> Any:
        name = ".".join(map(str, path))
        self._seen[name] = "not read"
        value: Any = self._facts
        for step in path:
            value = self._step(value, step, path, name)
        self._seen[name] = value
        if not fits(value):
            raise Missing(f"{name} is not {kind} but {_short(value)}.")
        return value

    def _step(self, value: Any, step: Any, path: tuple[str | int, ...], name: str) -> Any:
        if step == path[0] and step in self._by_hand:
            raise ByHand(self._by_hand[step])
        if step == path[0] and step in self._errors:
            raise Missing(f"{step} could not be read: {self._errors[step]}")
        try:
            return value[step]
        except (KeyError, IndexError, TypeError):
            raise Missing(f"{name} was not read.") from None


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
