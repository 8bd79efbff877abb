# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Watches the people at an appliance until it is quiet."""

from __future__ import annotations

from typing import Any

from ..errors import NotFound, Refused, Unavailable, Unreachable, WaitTimeout
from ..policy.drain import Activity, QuietLimits, describe, is_quiet, seems_quiet, verify_numbers
from ..wait import NotYet
from .port import Appliance

_LIST_EVERY = 300  # seconds between two lists of the people, where the cheap counts do not show that it is quiet


class PeopleWatch:
    """Who works at an appliance.

    The vendor asks not to list the people again and again on a busy site, so waiting reads the counts of connected clients, and the
    people only when the counts show that it is quiet. .seen: the Activity that was read last as a whole.
    """

    def __init__(self, appliance: Appliance, limits: QuietLimits) -> None:
        self._appliance, self.limits = appliance, limits
        self.seen = Activity(())
        self._counts: dict[str, int] | None = None
        self._listed = 0.0

    def read(self) -> Activity:
        """Read the counts and the people."""
        self._counts = self._read_counts()
        self._list_people()
        return self.seen

    def is_quiet(self) -> bool:
        return is_quiet(self.seen, self.limits)

    def wait(self, timeout: float, interval: float) -> bool:
        """True when it became quiet, False when the time was over; .seen was read at the end then."""

        def probe() -> Any:
            self._read_cheaply()
            return self.is_quiet() or NotYet(describe(self.seen))

        try:
            return self._appliance.wait_until(
                probe, what="the people to end their work", timeout=timeout, interval=interval, not_yet=(Unreachable, Unavailable)
            )
        except WaitTimeout:
            self.read()
            return self.is_quiet()

    def _read_cheaply(self) -> None:
        """List the people only where the counts give a reason to."""
        before, self._counts = self._counts, self._read_counts()
        hint = seems_quiet(self._counts, self.limits)
        late = self._appliance.clock() - self._listed >= _LIST_EVERY
        changed = self._counts is not None and self._counts != before
        if (hint is None and late) or (hint and (changed or late)):
            self._list_people()

    def _list_people(self) -> None:
        self.seen = verify_numbers(Activity(tuple(self._appliance.logged_in()), self._counts))
        self._listed = self._appliance.clock()

    def _read_counts(self) -> dict[str, int] | None:
        """The counts, None on a version that has no such command (XML before 14.1)."""
        try:
            return self._appliance.client_counts()
        except NotFound:
            return None
        except Refused as exc:
            if exc.__class__ is not Refused:
                raise
            return None
