# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How far the clients have caught up: by their list, by the number online, or by an export of the console. Pure.

Clients have caught up when needs_update is false. Where a version has no such list, the number of Jump Clients online now is compared
with the number before the upgrade, since a client that is online has upgraded. In an export, clients with a date after the upgrade
have caught up. Clients that were listed before and are missing now, and those that were not read because the list changed, have not.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...model.fields import is_count, is_number
from ...model.moments import iso_rounded_up
from .percent import rounded_down, share

LIST, ONLINE, EXPORT, NONE = "needs_update", "online_count", "console_export", "none"
_SKEW = 300  # seconds by which the clock of a console may be ahead
_NOT_COMPARABLE = "the number of Jump Clients online, now or before the upgrade, is unknown (online_before gives the number before)"


@dataclass(frozen=True)
class Progress:
    """The number of clients that have caught up, of all that count; or `fault`, why that is unknown.

    unread:      how many of `of` were not read yet; gone: how many are missing from the list
    notes:       why the number is smaller than people expect
    listed:      how many clients the list has, None where unknown; online: how many are connected, None where unknown
    uncompared:  the connected clients were counted, but their number before the upgrade is unknown
    pending_for: seconds since the most recently seen client that needs an update was seen, None for no such client
    """

    basis: str
    done: int = 0
    of: int = 0
    fault: str = ""
    unread: int = 0
    gone: int = 0
    notes: tuple[str, ...] = ()
    listed: int | None = None
    online: int | None = None
    uncompared: bool = False
    pending_for: float | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the list was read to its end and has all connected clients: the API lists shared Jump Groups only.

        Where no interface counts the connected clients, a list that names some is taken as complete.
        """
        if self.listed is None or self.unread:
            return False
        return self.listed > 0 if self.online is None else self.online <= self.listed

    @property
    def least(self) -> Fraction:
        """Percent that have caught up at least; 100 where there is no client to wait for."""
        return share(self.done, self.of)

    @property
    def most(self) -> Fraction:
        """Percent that can have caught up at most."""
        return share(self.done + self.unread, self.of)

    @property
    def percent(self) -> float | None:
        """Percent to show: of the clients that were read, unless so many cannot have caught up."""
        if self.fault or self.uncompared:
            return None
        seen = share(self.done, self.of - self.unread - self.gone) if self.unread else self.least
        return rounded_down(min(seen, self.most))


def measure(counts: Any, online: Any, online_before: Any, listed_before: Any) -> Progress:
    """The Progress by the list where there are counts of it, else by the number online."""
    if counts is not None:
        return _by_list(counts, listed_before)
    if online is None:
        return Progress(NONE, fault="the clients were not counted")
    if is_count(online) and is_count(online_before):
        return Progress(ONLINE, min(online, online_before), online_before)
    return Progress(ONLINE, uncompared=is_count(online) and online_before is None, fault=_NOT_COMPARABLE)


def _by_list(counts: Any, listed_before: Any) -> Progress:
    known = counts if isinstance(counts, dict) else {}
    numbers: list[Any] = [known.get(key) for key in ("relevant", "updated", "pending")] + [known.get("unread", 0)]
    if not all(map(is_count, numbers)) or not (known.get("listed") is None or is_count(known["listed"])):
        return Progress(LIST, fault="the counts of the Jump Clients could not be read")
    relevant, updated, pending, unread = numbers
    if updated + pending != relevant:
        return Progress(
            LIST,
            fault=f"the counts of the Jump Clients contradict each other: {updated} updated and {pending} pending are not {relevant}",
        )
    gone = gone_from_list(known.get("listed"), listed_before)
    complete = known.get("complete", True) is True
    notes = ([_gone(gone)] if gone else []) + ([_skipped(unread)] if unread and complete else [])
    return Progress(LIST, updated, relevant + unread + gone, "", 0 if complete else unread, gone, tuple(notes))


def gone_from_list(listed: Any, listed_before: Any) -> int:
    """How many Jump Clients the list has lost since the upgrade began, as far as that is known."""
    return max(0, listed_before - listed) if is_count(listed) and is_count(listed_before) else 0


def _gone(number: int) -> str:
    return f"{number} Jump Clients that were listed before are missing from the list; set listed_before if they were removed on purpose"


def _skipped(number: int) -> str:
    return (
        f"{number} Jump Clients could not be read, because the list changed during the read or their rows are not understood; they count "
        "as not caught up"
    )


def measure_export(export: Any, now: float, since: float) -> Progress:
    """The Progress by {total, done, newest} of an export, or by {fault}, why there is none."""
    if isinstance(export, dict) and export.get("fault"):
        return Progress(EXPORT, fault=export["fault"])
    numbers: list[Any] = [export.get(key) for key in ("total", "done")] if isinstance(export, dict) else []
    newest: Any = export.get("newest") if numbers else None
    if not numbers or not all(map(is_count, numbers)) or numbers[1] > numbers[0] or not (newest is None or is_number(newest)):
        return Progress(EXPORT, fault="the counts of the export could not be read")
    if newest is None or newest <= since:
        return Progress(EXPORT, fault="the export is older than the upgrade")
    if newest > now + _SKEW:
        dates = f"a date ({iso_rounded_up(newest)}) after the appliance's clock ({iso_rounded_up(now)})"
        return Progress(EXPORT, fault=f"the export has {dates}: check export_timezone")
    return Progress(EXPORT, numbers[1], numbers[0])
