# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Checks and their results: how one is written, what one finds, which ones are selected (requirements 3.1)."""

from __future__ import annotations

import difflib
import inspect
from dataclasses import asdict, dataclass

from ..errors import InvalidInput
from .facts import ByHand, Facts, Missing

PASS, POST, NOT_APPLICABLE = "pass", "post", "not_applicable"
FAIL_OUTAGE, FAIL_UPGRADE, ERROR, MANUAL = "fail_outage", "fail_upgrade", "error", "manual"
BLOCKING = (FAIL_OUTAGE, FAIL_UPGRADE, ERROR, MANUAL)


@dataclass(frozen=True)
class Result:
    """What one check found.

    result: pass; fail_outage (users would lose more than planned); fail_upgrade (the installation would not
            succeed); error (could not look, or did not understand); manual (a person must look and confirm);
            post (to be looked at after the upgrade); not_applicable
    looked_at: the facts that were read for it
    """

    id: str
    title: str
    result: str
    evidence: str
    remedy: str = ""
    link: str = ""
    looked_at: tuple = ()

    def as_dict(self):
        return dict(asdict(self), looked_at=list(self.looked_at))

    def line(self):
        return f"{self.result} {self.id}: {self.evidence}" + (f" {self.remedy}" if self.remedy else "")


@dataclass(frozen=True)
class Check:
    """One check: function(facts, **options) -> (result, evidence, remedy). always: it cannot be left out."""

    id: str
    title: str
    link: str
    always: bool
    function: object

    @property
    def options(self):
        """Names of the options with their defaults."""
        parameters = list(inspect.signature(self.function).parameters.values())[1:]
        return {parameter.name: parameter.default for parameter in parameters}

    def run(self, facts, options=None):
        """The Result, whatever happens: a check that crashes has not looked, and that blocks (R3)."""
        facts = Facts(facts)
        try:
            result, evidence, remedy = self.function(facts, **(options or {}))
        except ByHand as exc:
            result, evidence, remedy = MANUAL, str(exc), "Look there, then confirm (upgrade_preflight_confirmed)."
        except Missing as exc:
            result, evidence, remedy = ERROR, str(exc), "Mend what keeps it from being read, then check again."
        except Exception as exc:  # the one place where any exception is an answer, namely "error"
            result, evidence = ERROR, f"The check itself failed: {type(exc).__name__}: {exc}."
            remedy = "Report it with this text; until then look by hand."
        return Result(self.id, self.title, result, evidence, remedy, self.link, tuple(facts.looked_at))


def check(name, title, link="", always=False):
    """Decorator that makes a function a check, which collect() finds."""

    def mark(function):
        function.check = Check(name, title, link, always, function)
        return function

    return mark


def collect(*modules):
    """{id: Check} of what is a check in these modules; their order, and that in each, is that of the report."""
    found = (getattr(value, "check", None) for module in modules for value in vars(module).values())
    return {one.id: one for one in found if isinstance(one, Check)}


def select(checks, selection=None):
    """[(Check, options)] for a selection: 'all', 'name', '!name', {name: {option: value}}; nothing means all.

    Only exclusions mean all but these. InvalidInput for an unknown name or option, or for leaving out a check
    that cannot be left out.
    """
    selection = [selection] if isinstance(selection, (str, dict)) else list(selection or ["all"])
    chosen, left_out = {}, set()
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
            raise InvalidInput(f"The check {one!r} cannot be left out.", remedy=f"It asks: {checks[one].title}.")
    if not chosen:
        chosen = dict.fromkeys(checks, {})
    chosen.update({name: {} for name, one in checks.items() if one.always and name not in chosen})
    return [(checks[name], _checked(checks[name], chosen[name])) for name in checks if name in chosen.keys() - left_out]


def _named(item):
    """(name, options) pairs of one item of a selection."""
    if isinstance(item, str):
        return [(item, {})]
    if isinstance(item, dict) and all(isinstance(value, dict) or value is None for value in item.values()):
        return [(str(name), value or {}) for name, value in item.items()]
    raise InvalidInput(f"{item!r} selects no check.", remedy="Write all, a name, '!name', or {name: {option: value}}.")


def _resolve(checks, name):
    if name == "all":
        return list(checks)
    if name not in checks:
        raise InvalidInput(f"There is no check {name!r}.", remedy=_near(name, checks))
    return [name]


def _checked(one, options):
    """The options, once each is known and of the kind of its default."""
    for name, value in options.items():
        if name not in one.options:
            raise InvalidInput(f"The check {one.id!r} has no option {name!r}.", remedy=_near(name, one.options))
        default = one.options[name]
        kinds = (int, float) if isinstance(default, (int, float)) else (type(default),)
        if not isinstance(value, kinds) or isinstance(value, bool) != isinstance(default, bool):
            raise InvalidInput(f"The option {name!r} of the check {one.id!r} is {value!r}.",
                               remedy=f"Give a value like its default, {default!r}.")  # fmt: skip
    return options


def _near(name, known):
    close = difflib.get_close_matches(name, known, n=1)
    return f"Did you mean {close[0]!r}?" if close else "Known: " + (", ".join(known) or "none") + "."
