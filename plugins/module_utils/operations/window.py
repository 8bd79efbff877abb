# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The maintenance window of one step: whether it may start now by the appliance's clock, and once more right before its request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ..errors import Unsafe
from ..model.moments import iso_rounded_up
from ..model.window import read_windows
from ..policy.window import Opening, check_fits, describe_waiting, opening
from ..storage.journal import Journal
from .port import Appliance


class WindowClosed(Unsafe):
    """The window does not have the time of the step. result: of the module, which waits then; what: the step in a few words."""

    result: dict[str, Any]
    what: str


class StepWindow:
    """windows, seconds: options of the module; what: the step in a few words. InvalidInput for windows that nobody can read."""

    def __init__(self, windows: Mapping[str, Any] | None, seconds: float, what: str) -> None:
        self._windows, self._seconds, self._what = read_windows(windows), seconds, what

    def waiting(self, clock: Callable[[], float]) -> dict[str, Any] | None:
        """{state, next_run_at, message} if the step may not start now, with its margin; else None. InvalidInput if it never may.

        clock: reads the appliance's clock; not called where no window is given.
        """
        if not self._windows.limited:
            return None
        now = clock()
        check_fits(self._windows, now, self._seconds, self._what)
        found = opening(self._windows, now, self._seconds)
        return None if found.is_open else self._result(found)

    def check(self, clock: Callable[[], float], host: str = "") -> None:
        """Right before the request: WindowClosed if the window ends before the step. The margin is for what took time since then."""
        if not self._windows.limited:
            return
        found = opening(replace(self._windows, margin=0), clock(), self._seconds)
        if not found.is_open:
            raise self._closed(self._result(found), host)

    def enter(self, clock: Callable[[], float], host: str = "") -> None:
        """Before the step begins: WindowClosed if it may not start now, with its margin. InvalidInput if it never may."""
        result = self.waiting(clock)
        if result is not None:
            raise self._closed(result, host)

    def _closed(self, result: dict[str, Any], host: str) -> WindowClosed:
        closed = WindowClosed(f"{result['message']} Nothing was sent.", host=host, remedy="Run the same command again then.")
        closed.result, closed.what = result, self._what
        return closed

    def _result(self, found: Opening) -> dict[str, Any]:
        at = found.at
        return {
            "state": "waiting",
            "next_run_at": "" if at is None else iso_rounded_up(at),
            "message": describe_waiting(found, self._what, self._windows.zone),
        }


def wait_for_window(appliance: Appliance, params: Mapping[str, Any], *, check_mode: bool) -> dict[str, Any]:
    """The result of the module window. A wait is recorded in the journal."""
    window = StepWindow(params["windows"], params["window_seconds"], params["what"])
    waiting = window.waiting(lambda: appliance.info().clock)
    if waiting is None:
        return {"changed": False, "state": "open", "next_run_at": "", "message": ""}
    if params["journal"] and not check_mode:
        note_waiting(Journal(params["journal"]), waiting, what=params["what"], host=appliance.host)
    return dict(waiting, changed=False)


def note_waiting(journal: Journal, waiting: Mapping[str, Any], *, what: str, host: str) -> None:
    """Write to the journal until when a step waits, and why."""
    journal.append("window_waiting", until=waiting["next_run_at"], why=waiting["message"], what=what, host=host)
