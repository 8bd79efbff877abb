# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Looks at a gate: two small requests while only the time decides, and no more pages of the list than the decision needs."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import InvalidInput
from .model.console_export import count_export
from .model.fields import iso
from .policy.catch_up import OPEN_YET, REACHED, estimate, foresee
from .policy.gate import Gate, decide_gate, gone_from_list
from .policy.terms import Terms

MOST_NAMES = 1000  # of those that a gate leaves behind
_SPACING = 2.4  # seconds for each request of a list: reading it takes a tenth of the 15,000 that an hour has (interfaces 10)


@dataclass(frozen=True)
class Look:
    """What one look found. connected: by type; counts: of the list, as far as it was read, or None; of an export likewise."""

    gate: Gate
    at: float
    connected: dict
    counts: dict | None
    export: object = None
    fresh: bool = True  # whether the counts are of this look

    @property
    def online(self):
        return self.connected.get("pinned_client")

    @property
    def stragglers(self):
        return list(self.export.stragglers if self.export else (self.counts or {}).get("stragglers", ()))

    @property
    def stragglers_total(self):
        """How many there are of these, None where not all were counted."""
        if self.export:
            return self.export.total - self.export.done
        if self.counts is None or not self.counts["complete"]:
            return None
        return self.counts["stragglers_total"]

    def measured(self):
        """What the journal remembers of it (model.history: looks)."""
        counts = self.counts or {}
        told = {"at": self.at, "online": self.online, "listed": counts.get("listed")}
        if self.export:
            told.update(done=self.export.done, of=self.export.total)
        elif counts.get("complete") and self.fresh:
            told.update(done=counts["updated"], of=counts["relevant"])
        return {name: value for name, value in told.items() if value is not None}


class Looks:
    """Looks at one gate, again and again.

    gate:     {since, online_before, listed_before}
    terms:    when it opens
    params:   basis, client_filter, seen_within, stragglers, console_export, export_columns, export_date_format, export_timezone
    earlier:  what earlier looks measured; the new ones are added
    identify: called with the ids of the appliances once they are known, before a list is read
    """

    def __init__(self, appliance, params, gate, terms: Terms, earlier=(), identify=lambda guids: None):
        self._appliance, self._params, self._gate, self._terms, self._identify = appliance, params, gate, terms, identify
        self.measured = list(earlier)
        self._counts = self._reused = self._phase = self._not_before = None

    @property
    def online_before(self):
        return self._gate["online_before"]

    def take(self):
        """One Look."""
        now = self._appliance.info().clock
        connected, guids = self._appliance.connected()
        self._identify(guids)
        over = self._due(now) and self._terms.over(now - self._gate["since"])
        export, told = self._exported(MOST_NAMES if over else self._params["stragglers"])
        counts = None if told else self._listed(now)
        by_list = counts is not None or told is not None
        gate = decide_gate(now=now, since=self._gate["since"], terms=self._terms, counts=counts, export=told,
                           online=None if by_list or not self._due(now) else connected.get("pinned_client"),
                           online_before=self._gate["online_before"], listed_before=self._gate["listed_before"])  # fmt: skip
        look = Look(gate, now, connected, counts, export, counts is None or counts is not self._reused)
        self.measured.append(look.measured())
        return look

    def estimate(self, look):
        """(clients per hour, when the gate may open in ISO 8601); None where the looks do not tell."""
        speed, end = estimate(self.measured, threshold=self._terms.threshold, online_before=self._gate["online_before"])
        speed = None if speed is None else round(speed, 2)
        return speed, None if end is None or look.gate.not_before is None else iso(max(end, look.gate.not_before))

    def _due(self, now):
        """Whether the clients decide now, and not the time alone."""
        return now >= self._gate["since"] and self._terms.decisive(now - self._gate["since"]) is not None

    def _listed(self, now):
        """The counts of the list where they decide; those of the last look while the next one would cost too much."""
        if not self._due(now) or self._params["basis"] == "online_count":
            return None
        passed = now - self._gate["since"]
        phase = self._terms.decisive(passed), self._terms.over(passed)
        if phase == self._phase and now < self._not_before:
            self._reused = self._counts
            return self._counts  # they kept it closed, and what changed since can only be learned from new ones
        self._counts = self._read(now, *phase)
        self._phase, self._not_before = phase, now + _SPACING * (self._counts or {}).get("requests", 0)
        return self._counts

    def _read(self, now, threshold, over):
        def enough(counts):
            if counts["listed"] is None:
                return False
            gone = gone_from_list(counts["listed"], self._gate["listed_before"])
            foreseen = foresee(updated=counts["updated"], relevant=counts["relevant"], unread=counts["unread"], gone=gone,
                               threshold=threshold)  # fmt: skip
            # when the longest wait is over, those that are missing have to be named
            return foreseen != OPEN_YET if not over else foreseen == REACHED

        return self._appliance.jump_client_counts(
            self._params["client_filter"], now=now, seen_within=self._params["seen_within"], enough=enough,
            names=max(MOST_NAMES, self._params["stragglers"]) if over else self._params["stragglers"],
        )  # fmt: skip

    def _exported(self, named):
        """(Export, the same as decide_gate takes it); (None, None) without `console_export`."""
        path = self._params["console_export"]
        if not path:
            return None, None
        try:
            with open(path, "rb") as stream:
                content = stream.read()
        except FileNotFoundError:
            return None, {"fault": f"there is no export at {path} yet"}
        except OSError as exc:
            raise InvalidInput(f"The export {path} cannot be read: {exc.strerror}.") from exc
        found = count_export(content, since=self._gate["since"], columns=self._params["export_columns"], path=path, named=named,
                             date_format=self._params["export_date_format"], timezone=self._params["export_timezone"])  # fmt: skip
        return found, {"total": found.total, "done": found.done, "newest": found.newest}


def jump_clients(counts):
    """The counts for a result: without the parts that stand beside them; None as it is."""
    return counts and {name: value for name, value in counts.items() if name not in ("kinds", "stragglers", "stragglers_total")}


def progress(look, online_before, speed, end):
    """A line for people who watch."""
    parts = list(look.gate.reasons)
    if look.gate.caught_up_percent is not None:
        parts.append(f"{look.gate.caught_up_percent:g} % have followed")
    if look.online is not None:
        parts.append(f"{look.online} Jump Clients online" + (f", {online_before} before" if online_before is not None else ""))
    if speed is not None:
        parts.append(f"{speed:g} an hour" + (f", estimated end {end}" if end else ""))
    return "; ".join(parts)
