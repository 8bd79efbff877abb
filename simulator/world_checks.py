# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a schema cannot say of a world: packages that exist, nodes of a pair that fit together."""

from __future__ import annotations

import functools
import ipaddress
from collections.abc import Iterator
from typing import Any

from .clock import to_epoch
from .world_sentences import did_you_mean, place_in


def cross_checks(data: Any, node: Any) -> list[str]:
    """What a schema cannot say: references between packages, unique names, a start that is a date."""
    problems = []
    ids = [package["id"] for package in data["packages"]]
    for index, package in enumerate(data["packages"]):
        for key in ("requires", "after"):
            for name in package[key]:
                if name not in ids:
                    place = place_in(["packages", index, key], node)
                    problems.append(f"{place}: no package has the id {name!r}{did_you_mean(name, ids)}")
        if package["kind"] in ("base", "site") and "version" not in package:
            problems.append(f"{place_in(['packages', index], node)}: a {package['kind']} package needs a version")
    named = {"packages": ids, **{key: [one["name"] for one in data[key]] for key in ("appliances", "pairs")}}
    for key, names in named.items():
        for name in sorted({name for name in names if names.count(name) > 1}):
            problems.append(f"{place_in([key], node)}: {name!r} is there twice")
    problems += _pair_problems(data, node)
    return problems + [f"{place_in(path, node)}: {_at(data, path)!r} is {text}" for path, text in _unreadable(data)]


def _pair_problems(data: Any, node: Any) -> Iterator[str]:
    """Pairs are made of appliances that exist, each in one pair at most."""
    names, used = [box["name"] for box in data["appliances"]], []
    for index, pair in enumerate(data["pairs"]):
        place = place_in(["pairs", index, "nodes"], node)
        for name in pair["nodes"]:
            if name not in names:
                yield f"{place}: no appliance is called {name!r}{did_you_mean(name, names)}"
            elif name in used:
                yield f"{place}: {name!r} is in another pair already"
            used.append(name)


def _unreadable(data: Any) -> Iterator[tuple[list[Any], str]]:
    """(path, what it is not) of values that only their reader can judge."""
    readers: list[Any] = [(["clock", "start"], _read_start, "neither a date nor 'now'")]
    for index, account in enumerate(data["accounts"]["api"]):
        for place in range(len(account["allow_list"])):
            where = ["accounts", "api", index, "allow_list", place]
            readers.append((where, functools.partial(ipaddress.ip_network, strict=False), "no network address"))
    readers.append((["clients", "jump_clients", "name_pattern"], lambda text: text.format(n=1), "no pattern with {n}"))
    for path, read, text in readers:
        try:
            read(_at(data, path))
        except (ValueError, KeyError, IndexError):
            yield path, text


def _at(data: Any, path: Any) -> Any:
    return functools.reduce(lambda value, step: value[step], path, data)


def _read_start(text: str) -> float:
    return 0 if text == "now" else to_epoch(text)
