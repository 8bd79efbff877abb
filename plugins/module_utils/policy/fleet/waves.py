# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Divides the sites of a fleet into waves: canaries first, then batches. A site of two nodes is one unit. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...errors import InvalidInput

CANARY = "canary"
_PERCENT = re.compile(r"(\d{1,3})\s*%")


@dataclass(frozen=True)
class Wave:
    """number: from 1; name: 'canary', or 'batch 1' and so on; sites: their names, in the order of the inventory."""

    number: int
    name: str
    sites: tuple[str, ...]


def plan_waves(
    sites: Mapping[str, Sequence[str]],
    *,
    canary: Sequence[str] = (),
    batches: Sequence[Any] = (),
    groups: Mapping[str, Sequence[str]] | None = None,
) -> list[Wave]:
    """The waves, each site in exactly one.

    sites: {name: inventory names of its nodes}. canary: names of sites, hosts or inventory groups. batches: an item is a number of sites,
    a percentage of all sites that are no canaries, or the name of a site, host or inventory group. The last number or percentage is
    repeated until no site is left; without one the rest is the last batch. groups: {inventory group: names of its hosts}.
    Raises InvalidInput for a name that is no site, host or group, and for a number that is not positive.
    """
    names = _Names(sites, groups or {})
    first = names.of("fleet_canary", canary)
    rest = [site for site in sites if site not in first]
    waves = [(CANARY, [site for site in sites if site in first])] if first else []
    waves += [(f"batch {number}", batch) for number, batch in enumerate(_batches(rest, batches, names), 1)]
    return [Wave(number, name, tuple(found)) for number, (name, found) in enumerate(waves, 1)]


def wave_of(waves: Sequence[Wave]) -> dict[str, Wave]:
    """{site: its Wave}."""
    return {site: wave for wave in waves for site in wave.sites}


class _Names:
    """Finds sites by what people call them."""

    def __init__(self, sites: Mapping[str, Sequence[str]], groups: Mapping[str, Sequence[str]]) -> None:
        self._sites, self._groups = sites, groups
        self._of_node = {node: site for site, nodes in sites.items() for node in nodes}

    def of(self, variable: str, names: Sequence[str]) -> set[str]:
        """The sites that the names mean. Hosts of a group that the fleet does not have are left out."""
        return {site for name in names for site in self._one(variable, str(name))}

    def _one(self, variable: str, name: str) -> Iterator[str]:
        if name in self._sites:
            yield name
        elif name in self._of_node:
            yield self._of_node[name]
        elif name in self._groups:
            yield from (self._of_node[host] for host in self._groups[name] if host in self._of_node)
        else:
            raise InvalidInput(f"{variable} names {name!r}, and no site, host or group of the inventory is called that.")


def _batches(rest: Sequence[str], batches: Sequence[Any], names: _Names) -> Iterator[list[str]]:
    """The sites of each batch; none is empty."""
    left, all_of_them = list(rest), len(rest)
    for item in batches:
        counted = _size(item, all_of_them)
        meant = set(left[:counted]) if counted else names.of("fleet_batches", [item])
        chosen = [site for site in left if site in meant]
        left = [site for site in left if site not in meant]
        if chosen:
            yield chosen
    last = _size(batches[-1], all_of_them) if batches else None
    size = last or max(1, len(left))
    while left:
        yield left[:size]
        left = left[size:]


def _size(item: Any, all_of_them: int) -> int | None:
    """The number of sites that an item means, None for a name. Raises InvalidInput for 0, and for more than 100 %."""
    text = str(item).strip()
    percent = _PERCENT.fullmatch(text)
    number = int(percent.group(1)) if percent else int(text) if re.fullmatch(r"-?\d+", text) else None
    if number is None:
        return None
    if number < 1 or percent and number > 100:
        raise InvalidInput(f"fleet_batches has {item!r}: a batch has at least one site, and at most 100 %.")
    return max(1, all_of_them * number // 100) if percent else number
