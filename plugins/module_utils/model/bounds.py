# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Ranges of numeric options, declared as `"range": (lowest, highest)` and checked before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import InvalidInput

WEEK, YEAR = 7 * 86400, 366 * 86400
SECONDS_TO_WAIT = {"type": "int", "range": (1, WEEK)}
SECONDS_BETWEEN = {"type": "int", "range": (1, 86400)}
PROBES = {"type": "int", "range": (1, 100)}
LARGEST = 8 << 20  # bytes of a page or a response: real ones are much smaller, and a tree of it takes less than 200 MB
PERCENT = {"type": "float", "range": (0, 100)}


def spec_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the argument spec for Ansible: a new copy without the ranges."""
    return {name: _plain(option) for name, option in options.items()}


def _plain(option: Mapping[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in option.items() if key != "range"}
    return dict(plain, options=spec_of(plain["options"])) if "options" in plain else plain


def check(options: Mapping[str, Any], params: Mapping[str, Any] | None, place: str = "") -> None:
    """Raise InvalidInput for the first number outside of its range; nan is outside of every range."""
    for name, option in options.items():
        value = (params or {}).get(name)
        if value is None:
            continue
        if "range" in option:
            _check_range(f"{place}{name}", value, *option["range"])
        for inner in (value if isinstance(value, list) else [value]) if "options" in option else ():
            check(option["options"], inner, f"{place}{name}.")


def _check_range(name: str, value: float, lowest: float, highest: float) -> None:
    if not lowest <= value <= highest:
        raise InvalidInput(f"`{name}` is {value}; the range is {lowest} to {highest}. Nothing was done.", remedy="Correct it.")
