# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Catching up as numbers: is enough of the list read to decide, how fast does it go, when will it be there. Pure."""

from __future__ import annotations

from fractions import Fraction

REACHED, MISSED, OPEN_YET = "reached", "missed", "not yet known"
_APART = 3600  # seconds between two looks that tell more than chance


def share(good, of):
    """Percent as an exact fraction; nobody to wait for is 100."""
    return Fraction(100) if of == 0 else Fraction(100 * min(good, of), of)


def exact(percent):
    """A threshold as people mean it: 99.9 is 999/1000."""
    return Fraction(str(percent))


def foresee(*, updated, relevant, unread, gone, threshold):
    """'reached', 'missed' or 'not yet known' for a list of which `unread` rows were not given.

    updated, relevant: of the rows that were; gone: clients that were listed before and are not any more.
    At worst all the rest are pending; at best they all have followed (not to count at all is never better than that).
    """
    wanted, of = exact(threshold), relevant + unread + gone
    if share(updated, of) >= wanted:
        return REACHED
    return MISSED if share(updated + unread, of) < wanted else OPEN_YET


def rate(looks):
    """(per hour, what) of what grows between two looks [{at, done, of, online}]: 'done', else 'online', else None and ''.

    The newest look is compared with the newest one that is an hour older, or else with the oldest.
    """
    for what in ("done", "online"):
        told = [one for one in looks if isinstance(one.get("at"), (int, float)) and isinstance(one.get(what), (int, float))]
        if len(told) < 2:
            continue
        last = told[-1]
        older = ([one for one in told[:-1] if last["at"] - one["at"] >= _APART] or told[:1])[-1]
        if last["at"] > older["at"]:
            return 3600 * (last[what] - older[what]) / (last["at"] - older["at"]), what
    return None, ""


def estimate(looks, *, threshold, online_before=None):
    """(rate per hour, when the threshold is reached); None for what the looks do not tell, or where nothing grows."""
    speed, what = rate(looks)
    if speed is None:
        return None, None
    last = next(one for one in reversed(looks) if isinstance(one.get(what), (int, float)))
    of = last.get("of") if what == "done" else online_before
    if not isinstance(of, int):
        return speed, None
    left = -(-exact(threshold) * of // 100) - last[what]
    if left <= 0:
        return speed, last["at"]
    return speed, last["at"] + float(left) * 3600 / speed if speed > 0 else None
