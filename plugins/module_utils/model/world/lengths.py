# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How long the installations of a world take. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .fact import ASSUMED, DECLARED, MEASURED, Fact

# Minutes of each phase where nothing is known. The vendor says 15 to 60 minutes (docs/vendor/probes-and-limits.md#limits-and-manners); how
# they divide is an assumption.
USUAL = {
    "base": {"download": 3, "install": 12, "reboot": 5, "lag": 0},
    "site": {"download": 5, "install": 20, "reboot": 5, "lag": 1},
    "licence": {"download": 1, "install": 1, "reboot": 0, "lag": 0},
    "hotfix": {"download": 1, "install": 5, "reboot": 0, "lag": 0},
}
_WORDS = {MEASURED: "The journal of the site measured it.", DECLARED: "A person declared it (window_estimates)."}


def minutes_by_kind(packages: Sequence[Mapping[str, Any]], lengths: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[Fact]]:
    """(packages with `minutes`, what was assumed). lengths: {kind: {seconds, basis}}."""
    kinds = sorted({str(one["kind"]) for one in packages})
    minutes = {kind: stretched(kind, lengths[kind]["seconds"]) if kind in lengths else USUAL[kind] for kind in kinds}
    return [{**one, "minutes": dict(minutes[one["kind"]])} for one in packages], [_fact(kind, minutes[kind], lengths) for kind in kinds]


def sync_length(lengths: Mapping[str, Any]) -> Fact:
    """How long a data sync takes in the world."""
    if "sync" not in lengths:
        return Fact("sync", ASSUMED, "A data sync takes 10 minutes", "No interface says how long it takes.")
    known = lengths["sync"]
    return Fact("sync", known["basis"], f"A data sync takes {known['seconds'] / 60:.0f} minutes", _WORDS[known["basis"]])


def stretched(kind: str, seconds: float) -> dict[str, float]:
    """The phases of a kind, in their usual shares of so many seconds."""
    share = seconds / 60 / sum(USUAL[kind].values())
    return {phase: round(minutes * share, 2) for phase, minutes in USUAL[kind].items()}


def _fact(kind: str, minutes: Mapping[str, float], lengths: Mapping[str, Any]) -> Fact:
    basis = lengths[kind]["basis"] if kind in lengths else ASSUMED
    why = _WORDS.get(basis, "Nothing measured it. The vendor says 15 to 60 minutes for an installation.")
    return Fact(f"installation_{kind}", basis, f"{sum(minutes.values()):.0f} minutes", why)
