# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The journal entries of one action on a pair: it begins, it is verified."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..model.journal.parts import State
from ..storage.journal import Journal
from .window import WindowClosed, note_waiting


class ActionEntries:
    """The entries of `action` at `node`, in the journal at `path`. Nothing is written without a path, or with write=False."""

    def __init__(self, path: str | None, action: str, node: str, *, write: bool = True) -> None:
        self._journal: Any = Journal(path) if path else None
        self._about, self._writes = {"action": action, "node": node}, write and self._journal is not None

    def state(self) -> State | None:
        """The state of the journal, None without one."""
        return self._journal.state() if self._journal else None

    def is_begun(self) -> bool:
        """Whether another node serves after this action, and it was begun and is not verified."""
        state = self.state()
        return state is not None and state.pair.moving == self._about["node"]

    def begin(self, *, appliance_time: float | None = None, data: Mapping[str, Any] | None = None) -> None:
        """Note that it begins, before its first request. appliance_time: the clock of the node, UNIX seconds, where that counts."""
        self._append("action_begun", appliance_time=appliance_time, data=data or {})

    def or_wait(self, act: Callable[[], dict[str, Any]], shown: Mapping[str, Any], host: str) -> dict[str, Any]:
        """The result of act(). Where the maintenance window lacks the time of the step: `shown` as the result of a wait, which is recorded.

        What this run began is withdrawn then, because nothing was sent.
        """
        try:
            return act()
        except WindowClosed as closed:
            if self._writes:
                if self._begun_in_this_run():
                    self._append("action_withdrawn", why=closed.result["message"])
                note_waiting(self._journal, closed.result, what=closed.what, host=host)
            return {**shown, **closed.result}

    def _begun_in_this_run(self) -> bool:
        entries, state = self._journal.read(), self.state()
        last = state.pair.actions[-1] if state and state.pair.actions else {}
        mine = (last.get("action"), last.get("node")) == (self._about["action"], self._about["node"])
        return bool(mine and not last["ended"] and last["run"] == entries[-1]["run"])

    def end(self, result: dict[str, Any], **data: Any) -> dict[str, Any]:
        """Note that it is verified, unless a person has to act first or it waits; the result."""
        if result["state"] not in ("manual", "waiting"):
            self._append("action_done", data=data)
        return result

    def verify(self, **facts: Any) -> None:
        """Note that another node serves now. facts: guid, appliance_time, version, data."""
        self._append("action_done", **facts)

    def _append(self, event: str, **more: Any) -> None:
        if self._writes:
            self._journal.append(event, **self._about, **more)
