# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Compares the lists of two areas: what is gone, new, renamed, and in another state. Pure, and fast for 10,000 rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...model.snapshot.area import Area
from .finding import BAD, EXPECTED, SAME, UNKNOWN, Finding, joined

Items = Mapping[str, Mapping[str, Any]]
_DETAILS = ("name", "state", "administrator", "host")


@dataclass(frozen=True)
class Rule:
    """How the list of an area is compared.

    what: what its rows are called. may_go: percent of the rows that may be gone, 100 for any. fell: whether a row got worse; may_fall:
    percent of `stood` (the rows that were in order before) that may get worse. alias: a second name by which a row that was deleted and
    made again is recognized.
    """

    what: str
    may_go: float = 0.0
    fell: Callable[[Mapping[str, Any], Mapping[str, Any]], bool] = lambda before, after: False
    stood: Callable[[Mapping[str, Any]], bool] = lambda before: True
    may_fall: float = 0.0
    alias: str = "name"


@dataclass
class Difference:
    """{key: (before, after)} of the rows that are there twice, and the rows of one side alone."""

    both: dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = field(default_factory=dict)
    gone: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    new: dict[str, Mapping[str, Any]] = field(default_factory=dict)


def differ(before: Items, after: Items, alias: str) -> Difference:
    """The Difference of two lists. A row whose key is gone is the one new row of the same alias, if there is just one on each side."""
    found = Difference({key: (one, after[key]) for key, one in before.items() if key in after})
    found.gone = {key: one for key, one in before.items() if key not in after}
    found.new = {key: one for key, one in after.items() if key not in before}
    known_before, known_after = _by_alias(found.gone, alias), _by_alias(found.new, alias)
    for name, key in known_before.items():
        again = known_after.get(name)
        if again is not None:
            found.both[key] = (found.gone.pop(key), found.new.pop(again))
    return found


def _by_alias(items: Items, alias: str) -> dict[str, str]:
    """{alias: key} of the rows whose alias no other row has."""
    counts = Counter(str(one.get(alias) or "") for one in items.values())
    return {name: key for key, one in items.items() if (name := str(one.get(alias) or "")) and counts[name] == 1}


def compare_rows(before: Area, after: Area, rule: Rule, examples: int) -> Finding:
    """The Finding on two lists that were read."""
    old, new = before.items or {}, after.items or {}
    found = differ(old, new, rule.alias)
    fallen = {key: pair for key, pair in found.both.items() if rule.stood(pair[0]) and rule.fell(*pair)}
    changed = {key: pair for key, pair in found.both.items() if key not in fallen and _details(pair[0]) != _details(pair[1])}
    stood = sum(map(rule.stood, old.values()))
    evidence = {
        "before": _counts(old),
        "after": _counts(new),
        **_listed("gone", [one["name"] for one in found.gone.values()], examples),
        **_listed("new", [one["name"] for one in found.new.values()], examples),
        **_listed("worse", [_change(*pair) for pair in fallen.values()], examples),
        **_listed("changed", [_change(*pair) for pair in changed.values()], examples),
    }
    parts = [
        _gone(found, old, rule, examples, known_alike=before.source == after.source),
        _fallen(fallen, stood, rule, examples),
        _changed(len(found.new), len(changed), rule),
    ]
    finding = joined(part for part in parts if part) if any(parts) else Finding(SAME, f"{rule.what}: {len(old)}, as before.")
    return Finding(finding.verdict, finding.sentence, evidence)


def _gone(found: Difference, old: Items, rule: Rule, examples: int, *, known_alike: bool) -> Finding | None:
    if not found.gone:
        return None
    number = len(found.gone)
    sentence = f"{number} of {len(old)} {rule.what} are gone: {_some([one['name'] for one in found.gone.values()], examples)}."
    if not known_alike:
        return Finding(UNKNOWN, f"{sentence} They were read by another interface before, which may name them otherwise.")
    allowed = 100 * number <= rule.may_go * len(old)
    return Finding(EXPECTED if allowed else BAD, sentence if allowed and rule.may_go == 100 else f"{sentence}{_limit(rule.may_go, 'gone')}")


def _fallen(fallen: Mapping[str, Any], stood: int, rule: Rule, examples: int) -> Finding | None:
    if not fallen:
        return None
    names = _some([_change(*pair) for pair in fallen.values()], examples)
    sentence = f"{len(fallen)} of {stood} {rule.what} are in a worse state: {names}.{_limit(rule.may_fall, 'worse')}"
    return Finding(EXPECTED if 100 * len(fallen) <= rule.may_fall * stood else BAD, sentence)


def _limit(percent: float, what: str) -> str:
    return f" At most {percent:g} % may be {what}." if percent else ""


def _changed(new: int, changed: int, rule: Rule) -> Finding | None:
    parts = ([f"{new} are new"] if new else []) + ([f"{changed} have changed"] if changed else [])
    return Finding(EXPECTED, f"Of the {rule.what}, {' and '.join(parts)}.") if parts else None


def _details(one: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(one.get(name) for name in _DETAILS)


def _change(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """'client-1 (online, then offline)'."""
    texts = [f"{before.get(name)}, then {after.get(name)}" for name in _DETAILS if before.get(name) != after.get(name)]
    return f"{before['name']} ({'; '.join(texts)})" if texts else str(before["name"])


def _counts(items: Items) -> dict[str, int]:
    """{total, STATE: number}."""
    return {"total": len(items), **dict(sorted(Counter(str(one["state"]) for one in items.values() if one.get("state")).items()))}


def _listed(name: str, names: list[str], examples: int) -> dict[str, Any]:
    return {name: {"count": len(names), "examples": sorted(names)[:examples]}} if names else {}


def _some(names: list[str], examples: int) -> str:
    shown = sorted(names)[: max(examples, 1)]
    return ", ".join(shown) + (f" and {len(names) - len(shown)} more" if len(names) > len(shown) else "")
