# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Why there is no way to a package: what is missing on the shortest path to it, else a circle."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...errors import PlanError
from .needs import Need
from .unclassified import classify

if TYPE_CHECKING:
    from .route import Route


def find_obstacle(route: Route, key: str) -> PlanError:
    """The error that names the obstacle for a package that the route does not reach."""
    paths, seen = deque([[key]]), {key}
    circle: Sequence[str] = ()
    while paths:
        path = paths.popleft()  # the shortest: the nearest obstacle is found first
        for need in _unmet(route, path[-1]):
            if not need.options or need.absent:
                return _no_way([route.name_of(one) for one in path], need)
            for option in sorted(need.options):
                circle = circle or (path[path.index(option) :] if option in path else ())
                if option not in seen:
                    seen.add(option)
                    paths.append([*path, option])
    return _circle([route.name_of(one) for one in circle or [key]])


def _unmet(route: Route, key: str) -> list[Need]:
    return [need for need in route.needs[key].needs if not any(map(route.reachable, need.options))]


def _circle(names: Sequence[str]) -> PlanError:
    return PlanError(
        "Packages require each other in a circle: " + " > ".join([*names, names[0]]) + ".",
        remedy="Correct `requires` in the manifest; if the appliance itself says so, ask the vendor's support.",
        facts={"cycle": list(names)},
    )


def _no_way(names: Sequence[str], need: Need) -> PlanError:
    facts = {"blocked": list(names), "missing": need.text}
    if need.unclassified:
        found = ", ".join(map(repr, need.unclassified))
        return PlanError(
            f"{names[-1]} needs {need.text}, and the name {found} does not say what it is{_for(names)}.",
            remedy=classify(*need.unclassified),
            facts=dict(facts, unclassified=list(need.unclassified)),
        )
    if need.beyond:
        return PlanError(
            f"{names[-1]} needs {need.text}, and {', '.join(need.beyond)} is past what this plan allows.",
            remedy="Raise the target version or the Base version allowed.",
            facts=facts,
        )
    if need.guessed:
        return PlanError(
            f"{names[-1]} is blocked, and nothing that could unlock it is available" + _for(names) + ".",
            remedy="Send support a screenshot of /appliance > Status > Basics and ask which packages come first.",
            facts=facts,
        )
    return PlanError(
        f"{names[-1]} needs {need.text}, which is neither installed nor offered" + _for(names) + ".",
        remedy="It may not be rolled out to this appliance yet, or maintenance has lapsed: ask the vendor.",
        facts=facts,
    )


def _for(names: Sequence[str]) -> str:
    return f" (on the way to {names[0]})" if len(names) > 1 else ""
