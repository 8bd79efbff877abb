# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Observes a catch-up: two small requests while only the time decides, and no more pages of the list than the decision needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ..errors import InvalidInput
from ..model.clients.console_export import count_export
from ..model.journal.version_history import UNOBSERVED, VERIFIED
from ..model.moments import iso, with_dates
from ..policy.catch_up.conditions import Conditions
from ..policy.catch_up.decide import decide_catch_up
from ..policy.catch_up.forecast import MISSED, REACHED, UNDECIDED, estimate, foresee
from ..policy.catch_up.measure import gone_from_list
from ..storage.regular_file import read_file
from .observation import Observation
from .port import Appliance

MOST_NAMES = 1000  # of the clients that a catch-up leaves behind
# Seconds for each request of a list: reading it takes a tenth of the 15,000 that an hour has
# (docs/vendor/probes-and-limits.md#limits-and-manners)
_SPACING = 2.4


class Observer:
    """Observes one catch-up, as often as needed.

    catch_up:   {since, online_before, listed_before}, and for a catch-up of the journal {start, version}
    conditions: when it opens
    params:     basis, client_filter, seen_within, stragglers, console_export, export_columns, export_date_format, export_timezone
    earlier:    what earlier observations measured; the new ones are added
    """

    def __init__(
        self,
        appliance: Appliance,
        params: dict[str, Any],
        catch_up: dict[str, Any],
        conditions: Conditions,
        earlier: Iterable[dict[str, Any]] = (),
    ) -> None:
        self._appliance, self._params, self._catch_up, self._conditions = appliance, params, catch_up, conditions
        self.measured = list(earlier)
        self._counts: dict[str, Any] | None = None
        self._reused: dict[str, Any] | None = None
        self._phase: tuple[float | None, bool] | None = None
        self._not_before = 0.0

    @property
    def online_before(self) -> int | None:
        return self._catch_up["online_before"]

    def observe(self) -> Observation:
        """Read the appliance and decide."""
        now = self._appliance.info().clock
        connected, _guids = self._appliance.connected()
        over = self._due(now) and self._conditions.over(now - self._catch_up["since"])
        export, counted = self._exported(MOST_NAMES if over else self._params["stragglers"])
        counts = None if counted else self._listed(now)
        catch_up = decide_catch_up(
            now=now,
            since=self._catch_up["since"],
            conditions=self._conditions,
            counts=counts,
            export=counted,
            online=connected.get("pinned_client") if self._due(now) else None,
            online_before=self._catch_up["online_before"],
            listed_before=self._catch_up["listed_before"],
            pending_seen=_pending_seen(counts),
            start=self._catch_up.get("start", VERIFIED),
            version=self._catch_up.get("version", ""),
        )
        seen = Observation(catch_up, now, connected, counts, export, counts is None or counts is not self._reused)
        self.measured.append(seen.measured())
        return seen

    def estimate(self, seen: Observation) -> tuple[float | None, str | None]:
        """(clients per hour, moment at which the catch-up can open in ISO 8601); None where it is unknown."""
        speed, end = estimate(self.measured, threshold=self._conditions.threshold, online_before=self._catch_up["online_before"])
        speed = None if speed is None else round(speed, 2)
        return speed, None if end is None or seen.catch_up.not_before is None else iso(max(end, seen.catch_up.not_before))

    def _due(self, now: float) -> bool:
        """Whether the clients decide now, and not the time alone."""
        return now >= self._catch_up["since"] and (
            self._unobserved(now) or self._conditions.decisive(now - self._catch_up["since"]) is not None
        )

    def _unobserved(self, now: float) -> bool:
        """Whether the clients can open it before the time is over, because the start of the version was not observed."""
        return self._catch_up.get("start") == UNOBSERVED and now - self._catch_up["since"] < self._conditions.min_wait

    def _listed(self, now: float) -> dict[str, Any] | None:
        """The counts of the list where they decide; the last ones while new ones would cost too many requests."""
        if not self._due(now) or self._params["basis"] == "online_count":
            return None
        passed = now - self._catch_up["since"]
        phase = self._conditions.decisive(passed), self._conditions.over(passed)
        if phase == self._phase and now < self._not_before:
            self._reused = self._counts
            return self._counts  # they keep it closed until new ones are read
        self._counts = self._read(now, *phase, whole=self._unobserved(now))
        self._phase, self._not_before = phase, now + _SPACING * (self._counts or {}).get("requests", 0)
        return self._counts

    def _read(self, now: float, threshold: float | None, over: bool, whole: bool) -> dict[str, Any] | None:
        """whole: only a list that was read to its end can open it."""
        required = self._conditions.threshold if threshold is None else threshold

        def enough(counts: dict[str, Any]) -> bool:
            if counts["listed"] is None:
                return False
            gone = gone_from_list(counts["listed"], self._catch_up["listed_before"])
            foreseen = foresee(
                updated=counts["updated"], relevant=counts["relevant"], unread=counts["unread"], gone=gone, threshold=required
            )
            if whole:
                return foreseen == MISSED
            # after the maximum wait the result names the missing clients
            return foreseen != UNDECIDED if not over else foreseen == REACHED

        return self._appliance.clients.count_jump_clients(
            self._params["client_filter"],
            now=now,
            seen_within=self._params["seen_within"],
            enough=enough,
            names=max(MOST_NAMES if over else 1, self._params["stragglers"]),
        )

    def _exported(self, named: int) -> tuple[Any, dict[str, Any] | None]:
        """(Export, the same for decide_catch_up); (None, None) without `console_export`."""
        path = self._params["console_export"]
        if not path:
            return None, None
        try:
            content = read_file(path)
        except FileNotFoundError:
            return None, {"fault": f"there is no export at {path} yet"}
        except OSError as exc:
            raise InvalidInput(f"The export {path} cannot be read: {exc.strerror}.") from exc
        found = count_export(
            content,
            since=self._catch_up["since"],
            columns=self._params["export_columns"],
            path=path,
            named=named,
            date_format=self._params["export_date_format"],
            timezone=self._params["export_timezone"],
        )
        return found, {"total": found.total, "done": found.done, "newest": found.newest}


def _pending_seen(counts: dict[str, Any] | None) -> float | None:
    """When the most recently seen client that needs an update was seen, seconds since 1970; None for no such client."""
    seen = [one["last_seen"] for one in (counts or {}).get("stragglers", ()) if one["last_seen"]]
    return datetime.fromisoformat(seen[0]).timestamp() if seen else None


def jump_clients(counts: dict[str, Any] | None) -> dict[str, Any] | None:
    """The counts for a result, without the parts that have fields of their own; None for None."""
    return counts and {name: value for name, value in counts.items() if name not in ("kinds", "stragglers", "stragglers_total")}


def progress(seen: Observation, online_before: int | None, speed: float | None, end: str | None) -> str:
    """A line for people who watch."""
    parts = list(seen.catch_up.reasons)
    if seen.catch_up.caught_up_percent is not None:
        parts.append(f"{seen.catch_up.caught_up_percent:g} % have caught up")
    if seen.online is not None:
        parts.append(f"{seen.online} Jump Clients online" + (f", {online_before} before" if online_before is not None else ""))
    if speed:
        parts.append(f"{speed:.0f} more an hour" + (f", enough at about {with_dates(end)}" if end else ""))
    return "; ".join(parts)
