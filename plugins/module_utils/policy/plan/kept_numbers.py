# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The numbers that steps keep over hops and runs, taken from the plan that was made before. Pure.

Whether a data sync is due is known only right before it, and somebody else may do a step. A step that turns out not to be needed keeps its
number, so that those after it keep theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Step = Mapping[str, Any]
_KEPT = ("number", "hop")
_SAME = ("action", "node", "peer", "package", "kind", "version")


def keep_numbers(steps: Sequence[Step], earlier: Sequence[Step], *, done: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(the steps with the numbers, hops and total that they had, the earlier steps that are not needed, each with `needed` False).

    steps: what is left, of numbers.numbered(); earlier: all steps of the plan before, with `needed` False where one was not needed then,
    () without one; done: how many steps of the upgrade are done. Steps of which some are in no earlier plan are numbered again, after those
    that are done or were not needed.
    """
    places = _places(steps, earlier)
    skipped = None if places is None else _skipped(places, earlier, done)
    if places is None or skipped is None:
        return _numbered_again(steps, earlier, done), []
    total = earlier[-1]["number"]
    kept = [{**step, **{name: earlier[place][name] for name in _KEPT}, "total": total} for step, place in zip(steps, places)]
    return kept, [{**earlier[place], "total": total, "needed": False} for place in skipped]


def is_needed(step: Step) -> bool:
    """Whether a step of a plan is done or left."""
    return step.get("needed") is not False


def _numbered_again(steps: Sequence[Step], earlier: Sequence[Step], done: int) -> list[dict[str, Any]]:
    """The steps after those of the earlier plan that are done or were not needed, in the hop of that plan that is at work."""
    behind = _behind(earlier, done)
    present = next((one for one in earlier if one["number"] > behind), earlier[-1] if earlier else {"hop": 1})
    more = {"number": behind - done, "total": behind - done, "hop": present["hop"] - 1}
    return [{**step, **{name: step[name] + more[name] for name in more}} for step in steps]


def _places(steps: Sequence[Step], earlier: Sequence[Step]) -> list[int] | None:
    """The place of each step in the earlier plan, in the same order, as late as possible; None if one is not in it."""
    found, place = [], len(earlier)
    for step in reversed(steps):
        place = next((one for one in range(place - 1, -1, -1) if _is_same(step, earlier[one])), -1)
        if place < 0:
            return None
        found.append(place)
    return found[::-1] if earlier else None


def _is_same(one: Step, other: Step) -> bool:
    return all(one.get(name) == other.get(name) for name in _SAME)


def _skipped(places: Sequence[int], earlier: Sequence[Step], done: int) -> list[int] | None:
    """The places of the earlier steps that are not needed; None if the earlier plan does not tell which steps are done."""
    first = places[0] if places else len(earlier)
    known = [place for place in range(first) if not is_needed(earlier[place])]
    behind = [place for place in range(first) if is_needed(earlier[place])]
    more = len(behind) - (done - earlier[0]["number"] + 1)  # steps before the first one of that plan are done too
    if more < 0:
        return None
    later = [place for place in range(first, len(earlier)) if place not in places]
    return sorted([*known, *behind[len(behind) - more :], *later])


def _behind(earlier: Sequence[Step], done: int) -> int:
    """How many steps come before the next one: those that are done, and those that were not needed between them."""
    behind = done
    for number in _numbers_not_needed(earlier):
        behind += number <= behind + 1
    return behind


def _numbers_not_needed(earlier: Sequence[Step]) -> Iterator[int]:
    yield from sorted(step["number"] for step in earlier if not is_needed(step))
