# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One change of the appliance by its pages: the check before each request, and whether a request was sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import ApplianceError, mark_nothing_sent


class Change:
    """Runs ready() before each request; an error of ready() prevents the request. sent: whether a request was sent.

    A change takes several requests if a page asks for agreement or confirmation: until then nothing has changed.
    """

    def __init__(self, ready: Callable[[], Any] = lambda: None) -> None:
        self._ready, self.sent = ready, False

    def begin(self) -> None:
        try:
            self._ready()
        except ApplianceError as exc:
            mark_nothing_sent(exc)
            raise
        self.sent = True
