# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the checks look at: facts that were read, taken out strictly. What is missing or odd is an error, never a guess."""

from __future__ import annotations

import math


class Missing(Exception):
    """A fact is not there or is not what it should be; the text is a sentence for people."""


class ByHand(Missing):
    """A fact that only a page tells, and nobody may open it: a person looks; the text says where."""


class Facts:
    """Strict access to {section: value}; `looked_at` gathers the paths that were read, as 'health.guid'.

    errors: under this key the facts hold {section: sentence} for what could not be read; by_hand: the same for what only a
    person can look at.
    """

    def __init__(self, facts):
        self._facts = facts if isinstance(facts, dict) else {}
        errors = self._facts.get("errors")
        self._errors = errors if isinstance(errors, dict) else {}
        self._by_hand = self._facts.get("by_hand") or {}
        self._seen = {}  # in order, and quick to ask with thousands of rows

    @property
    def looked_at(self):
        return list(self._seen)

    def has(self, section):
        """Whether somebody looked at all: it was read, or reading it failed."""
        return section in self._facts or section in self._errors or section in self._by_hand

    def text(self, *path):
        return self._value(path, lambda value: isinstance(value, str), "a text")

    def flag(self, *path):
        return self._value(path, lambda value: isinstance(value, bool), "true or false")

    def number(self, *path):
        return self._value(path, _is_number, "a number")

    def count(self, *path):
        return self._value(path, _is_count, "a count")

    def rows(self, *path):
        return self._value(path, lambda value: isinstance(value, (list, tuple)), "a list")

    def mapping(self, *path):
        return self._value(path, lambda value: isinstance(value, dict), "a set of named values")

    def optional(self, kind, *path):
        """As Facts.text, .number ... but None may stand there and means 'looked, and it is not shown'."""
        if self._value(path, lambda value: True, "") is None:
            return None
        return getattr(self, kind)(*path)

    def _value(self, path, fits, kind):
        name = ".".join(map(str, path))
        self._seen[name] = True
        value = self._facts
        for step in path:
            value = self._step(value, step, path, name)
        if not fits(value):
            raise Missing(f"{name} is not {kind} but {_short(value)}.")
        return value

    def _step(self, value, step, path, name):
        if step == path[0] and step in self._by_hand:
            raise ByHand(self._by_hand[step])
        if step == path[0] and step in self._errors:
            raise Missing(f"{step} could not be read: {self._errors[step]}")
        try:
            return value[step]
        except (KeyError, IndexError, TypeError):
            raise Missing(f"{name} was not read.") from None


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _short(value):
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
