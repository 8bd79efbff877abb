# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Options that take what another module returned: whether they hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import InvalidInput


@dataclass(frozen=True)
class HandedOn:
    """source: as 'the module fleet'. keys: of the value, or of each one in a list. filled: whether the list must not be empty."""

    source: str
    keys: tuple[str, ...]
    filled: bool = False


def check(handed_on: Mapping[str, HandedOn], params: Mapping[str, Any]) -> None:
    """Raise InvalidInput for an option that lacks what the rest of the module reads."""
    for name, expected in handed_on.items():
        value = params.get(name)
        if value is None:
            continue
        values = value if isinstance(value, list) else [value]
        if expected.filled and not values:
            raise _incomplete(name, expected, "it is empty")
        for one in values:
            lacking = [key for key in expected.keys if not isinstance(one, Mapping) or key not in one]
            if lacking:
                raise _incomplete(name, expected, f"it lacks {', '.join(lacking)}")


def _incomplete(name: str, expected: HandedOn, why: str) -> InvalidInput:
    remedy = f"Nothing was done. Register the result of {expected.source} and give it unchanged."
    return InvalidInput(f"`{name}` is not what {expected.source} returns: {why}.", remedy=remedy)
