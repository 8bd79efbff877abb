# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The checks of the preflight: how a check is written, what it finds, and which checks are selected."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from types import ModuleType
from typing import Any

from ...errors import InvalidInput
from .facts import ByHand, Facts, Missing

PASS, POST, NOT_APPLICABLE = "pass", "post", "not_applicable"
FAIL_OUTAGE, FAIL_UPGRADE, ERROR, MANUAL = "fail_outage", "fail_upgrade", "error", "manual"
BLOCKING = (FAIL_OUTAGE, FAIL_UPGRADE, ERROR, MANUAL)
Finding = tuple[str, str, str]  # kind, message, remedy


@dataclass(frozen=True)
class Result:
    """The result of one check.

    kind:   pass; fail_outage (users would lose more than planned); fail_upgrade (the installation would not
            succeed); error (could not read, or did not understand); manual (a person must check and confirm);
            post (to be checked after the upgrade); not_applicable
    message: what it found, a sentence; evidence: the values that were read for it; facts_read: the names of all of them
    waived_by: who allows the upgrade all the same, until when and why; '' without a waiver
    """

    id: str
    title: str
    kind: str
    message: str
    remedy: str = ""
    link: str = ""
    facts_read: tuple[str, ...] = ()
    evidence: str = ""
    waived_by: str = ""

    def as_dict(self) -> dict[str, Any]:
        return dict(asdict(self), facts_read=list(self.facts_read))

    def line(self) -> str:
        """'[FAIL_UPGRADE] storage: 95 % of the disk are in use. Free space.'"""
        kind = f"[{self.kind.upper()}]" + (" [WAIVED]" if self.waived_by else "")
        remedy = f"Waived by {self.waived_by}" if self.waived_by else self.remedy
        return f"{kind} {self.id}: {self.message}" + (f" {remedy}" if remedy else "")


@dataclass(frozen=True)
class Check:
    """One check: function(facts, **options) returns a Finding.

    always: it cannot be left out. waivable: a waiver can allow what it finds.
    """

    id: str
    title: str
    link: str
    always: bool
    function: Callable[..., Finding]
    waivable: bool = True

    @property
    def options(self) -> dict[str, Any]:
        """Names of the options with their defaults."""
        parameters = list(inspect.signature(self.function).parameters.values())[1:]
        return {parameter.name: parameter.default for parameter in parameters}

    def run(self, facts: Any, options: dict[str, Any] | None = None) -> Result:
        """The Result. A check that raises an error is an `error`, which blocks."""
        known = Facts(facts)
        try:
            kind, message, remedy = self.function(known, **(options or {}))
        except ByHand as exc:
            kind, message, remedy = MANUAL, str(exc), "Check it there, then confirm (preflight_confirmed)."
        except Missing as exc:
            kind, message, remedy = ERROR, str(exc), "Repair what prevents the read, then run the preflight again."
        except Exception as exc:  # the one place where any exception is an answer, namely "error"
            kind, message = ERROR, f"The check itself failed: {type(exc).__name__}: {exc}."
            remedy = "Report it with this text; until it is fixed, check by hand."
        return Result(self.id, self.title, kind, message, remedy, self.link, tuple(known.facts_read), known.evidence)


def check(
    name: str, title: str, link: str = "", always: bool = False, waivable: bool = True
) -> Callable[[Callable[..., Finding]], Callable[..., Finding]]:
    """Decorator that makes a function a check, which collect() finds. A check that cannot be left out cannot be waived either."""

    def mark(function: Callable[..., Finding]) -> Callable[..., Finding]:
        function.check = Check(name, title, link, always, function, waivable and not always)  # type: ignore[attr-defined]
        return function

    return mark


def collect(*modules: ModuleType) -> dict[str, Check]:
    """{id: Check} of what is a check in these modules; their order, and that in each, is that of the report."""
    found = (getattr(value, "check", None) for module in modules for value in vars(module).values())
    return {one.id: one for one in found if isinstance(one, Check)}


def select(checks: dict[str, Check], selection: Any = None) -> list[tuple[Check, dict[str, Any]]]:
    """[(Check, options)] for a selection: 'all', 'name', '!name', {name: {option: value}}; nothing means all.

    Only exclusions mean all but these. InvalidInput for an unknown name or option, or for leaving out a check
    that cannot be left out.
    """
    selection = [selection] if isinstance(selection, (str, dict)) else list(selection or ["all"])
    chosen: dict[str, dict[str, Any]] = {}
    left_out: set[str] = set()
    for item in selection:
        for name, options in _named(item):
            excluded = name.startswith("!")
            for one in _resolve(checks, name.lstrip("!")):
                if excluded:
                    left_out.add(one)
                else:
                    chosen[one] = options or chosen.get(one, {})
    for one in sorted(left_out):
        if checks[one].always:
            raise InvalidInput(f"The check {one!r} cannot be left out.", remedy=f"It checks: {checks[one].title}")
    if not chosen:
        chosen = dict.fromkeys(checks, {})
    chosen.update({name: {} for name, one in checks.items() if one.always and name not in chosen})
    return [(checks[name], _checked(checks[name], chosen[name])) for name in checks if name in chosen.keys() - left_out]


def _named(item: Any) -> list[tuple[str, dict[str, Any]]]:
    """(name, options) pairs of one item of a selection."""
    if isinstance(item, str):
        return [(item, {})]
    if isinstance(item, dict) and all(isinstance(value, dict) or value is None for value in item.values()):
        return [(str(name), value or {}) for name, value in item.items()]
    raise InvalidInput(f"{item!r} is not a selection of checks.", remedy="Write all, a name, '!name', or {name: {option: value}}.")


def _resolve(checks: dict[str, Check], name: str) -> list[str]:
    if name == "all":
        return list(checks)
    if name not in checks:
        raise InvalidInput(f"There is no check {name!r} (preflight_checks or preflight_confirmed).", remedy=near(name, checks))
    return [name]


def _checked(one: Check, options: dict[str, Any]) -> dict[str, Any]:
    """The options; InvalidInput for an unknown one, or for one that has another type than its default."""
    for name, value in options.items():
        if name not in one.options:
            raise InvalidInput(f"The check {one.id!r} has no option {name!r}.", remedy=near(name, one.options))
        default = one.options[name]
        kinds: tuple[type, ...] = (int, float) if isinstance(default, (int, float)) else (type(default),)
        if not isinstance(value, kinds) or isinstance(value, bool) != isinstance(default, bool):
            raise InvalidInput(
                f"The option {name!r} of the check {one.id!r} is {value!r}.", remedy=f"Give a value like its default, {default!r}."
            )
    return options


def near(name: str, known: Iterable[str]) -> str:
    """A sentence with the nearest of the known names, or with all of them."""
    close = difflib.get_close_matches(name, known, n=1)
    return f"Did you mean {close[0]!r}?" if close else "Known: " + (", ".join(known) or "none") + "."
