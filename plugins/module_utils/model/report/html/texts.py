# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Values of the report as texts of the page: moments, durations, sizes, estimates, steps. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...moments import with_dates
from .times import Times, read


def filters(times: Times, words: Mapping[str, str]) -> dict[str, Callable[..., Any]]:
    """{name: function} for the templates."""
    return {
        "there": lambda moment: _shown(moment, times.local_text),
        "utc": lambda moment: _shown(moment, times.utc_text),
        "clock": lambda moment: _shown(moment, lambda known: f"{times.local(known):%H:%M}"),
        "is_utc": lambda moment: not isinstance(_read(moment), str) and times.is_utc(read(moment)),
        "duration": times.duration,
        "estimate": lambda estimate: _estimate(estimate, times, words),
        "size": _size,
        "px": lambda number: f"{number:.1f}",
        "decimal": lambda number: f"{number:.1f}".removesuffix(".0"),
        "short": lambda text, room: text if len(text) <= room else text[: room - 1] + "…",
        "sentence": _sentence,
    }


def _sentence(text: str) -> str:
    """A sentence of the journal with a capital letter, and its moments without seconds."""
    return with_dates(text[:1].upper() + text[1:])


def _read(moment: Any) -> Any:
    try:
        return read(moment)
    except (ValueError, TypeError):
        return str(moment)


def _shown(moment: Any, write: Any) -> str:
    """A moment as text; another value is shown as it is."""
    known = _read(moment)
    return known if isinstance(known, str) else str(write(known))


def action(states: Mapping[str, str]) -> Any:
    """Describes a step or a span: in the words of the plan, in German in its own."""

    def describe(row: Mapping[str, Any]) -> str:
        own = states.get(f"action.{row['action']}") or ""
        return (
            own.format(package=row["package"]) if own else row.get("title") or f"{row['action'].replace('_', ' ')} {row['package']}".strip()
        )

    return describe


def _estimate(estimate: Any, times: Times, words: Mapping[str, str]) -> str:
    """'15 min–1 h (vendor)'."""
    if not isinstance(estimate, Mapping) or not isinstance(estimate.get("seconds"), (int, float)):
        return ""
    most, least = times.duration(estimate["seconds"]), estimate.get("least")
    least = f"{times.duration(least)}–" if isinstance(least, (int, float)) and least != estimate["seconds"] else ""
    basis = str(estimate.get("basis") or "")
    return f"{least}{most}" + (f" ({words.get(f'est.{basis}', basis)})" if basis else "")


def _size(number: Any) -> str:
    """'46 MiB'; '' if unknown."""
    if not isinstance(number, (int, float)):
        return ""
    for unit in ("B", "KiB", "MiB"):
        if number < 1024:
            return f"{number:.3g} {unit}" if unit != "B" else f"{number:.0f} B"
        number /= 1024
    return f"{number:.3g} GiB"
