# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Scripted faults: what may go wrong between a client and an appliance, on demand (README.md lists them all)."""

from __future__ import annotations

import difflib
import fnmatch
import time
from typing import TYPE_CHECKING, Any

from . import broken

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response


BEFORE = ("act", "drop_before", "delay", "status", "body", "login_page", "xml_error", "json_error", "expire_token", "expire_session")
AFTER = ("drop_after", "truncate", "content_type", "remove_field", "wrong_type", "slow_drip")
MATCH = ("method", "path", "appliance", "action")
OPTIONS = {
    "act": ("act",),
    "delay": ("seconds",),
    "status": ("status", "body", "headers"),
    "body": ("body", "content_type", "status"),
    "login_page": ("status",),
    "xml_error": ("text", "inside"),
    "json_error": ("text", "status"),
    "truncate": ("keep",),
    "content_type": ("content_type",),
    "remove_field": ("field", "nth"),
    "wrong_type": ("field", "nth", "value"),
    "slow_drip": ("seconds", "size"),
}


class FaultError(ValueError):
    """A fault that cannot be scripted so; the text is for the person who wrote it."""


class Fault:
    """One scripted fault: what it hits, how many matching requests pass first (skip), how many it hits (times)."""

    def __init__(self, number: int, spec: dict[str, Any]) -> None:
        self.number, self.kind, self.spec = number, spec.get("fault"), spec
        self.match = spec.get("match", {})
        _check(spec, self.kind, self.match)
        self.skip, self.left = spec.get("skip", 0), spec.get("times", 1)
        self.hits, self.problem = 0, None

    def meets(self, request: Request, appliance: Any) -> bool:
        """Does it hit this request? Counts skip and times."""
        if self.left == 0 or not self._fits(request, appliance):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.hits += 1
        self.left = None if self.left is None else self.left - 1
        return True

    def _fits(self, request: Request, appliance: Any) -> bool:
        seen = {"method": request.method, "path": request.path, "appliance": appliance, "action": request.values.get("action", "")}
        return all(fnmatch.fnmatchcase(seen[key], str(pattern)) for key, pattern in self.match.items())

    def option(self, name: str, otherwise: Any) -> Any:
        return self.spec.get(name, otherwise)

    def shown(self) -> dict[str, Any]:
        return {**self.spec, "id": self.number, "left": self.left, "hits": self.hits, "problem": self.problem}


def _check(spec: dict[str, Any], kind: Any, match: Any) -> None:
    if kind not in BEFORE + AFTER:
        near = difflib.get_close_matches(str(kind), BEFORE + AFTER, n=1)
        raise FaultError(f"no fault is called {kind!r}" + (f" (did you mean {near[0]!r}?)" if near else ""))
    known = ("match", "fault", "times", "skip", *OPTIONS.get(kind, ()))
    for place, names, allowed in (("a fault", spec, known), ("match", match, MATCH)):
        if unknown := sorted(set(names) - set(allowed)):
            raise FaultError(f"{place} {kind} does not know {unknown[0]!r} (known: {', '.join(allowed)})")
    if kind in ("remove_field", "wrong_type") and not (spec.get("field") or "nth" in spec):
        raise FaultError(f"{kind} needs a field, or nth")
    if kind == "act" and not isinstance(spec.get("act"), dict):
        raise FaultError('act needs an act, as {"do": "withdraw_package", "package": "rs-24"}')


class Faults:
    """All scripted faults of a simulation. sleep is injectable for tests."""

    def __init__(self, sleep: Any = time.sleep) -> None:
        self._faults, self._count, self.sleep = [], 0, sleep

    def add(self, spec: dict[str, Any]) -> Fault:
        self._count += 1
        fault = Fault(self._count, spec)
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        self._faults.clear()

    def shown(self) -> list[dict[str, Any]]:
        return [fault.shown() for fault in self._faults]

    def hitting(self, request: Request, appliance: Any) -> list[Fault]:
        """The faults that hit this request, in the order in which they were scripted."""
        return [fault for fault in self._faults if fault.meets(request, appliance)]

    def instead(self, fault: Any, namespace: str) -> Response | None:
        """The answer that a fault gives in place of the appliance's, or None."""
        maker = broken.INSTEAD.get(fault.kind)
        return maker(fault, namespace) if maker else None

    def afterwards(self, fault: Any, response: Response) -> Response:
        """The answer as the fault leaves it. Raises Dropped."""
        if fault.kind == "drop_after":
            raise broken.Dropped("fault drop_after")
        if fault.kind == "slow_drip":
            return broken.slow_drip(fault, response, self.sleep)
        changer = broken.AFTERWARDS.get(fault.kind)
        return changer(fault, response) if changer else response
