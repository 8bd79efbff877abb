# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The journal entries of one action on a pair: it begins, it is verified."""

from __future__ import annotations

from ..storage.journal import Journal


class ActionEntries:
    """The entries of `action` at `node`, in the journal at `path`. Nothing is written without a path, or with write=False."""

    def __init__(self, path, action, node, *, write=True):
        self._journal = Journal(path) if path else None
        self._about, self._writes = {"action": action, "node": node}, write and self._journal is not None

    def state(self):
        """The state of the journal, None without one."""
        return self._journal.state() if self._journal else None

    def is_begun(self):
        """Whether another node serves after this action, and it was begun and is not verified."""
        state = self.state()
        return state is not None and state.pair.moving == self._about["node"]

    def begin(self, *, appliance_time=None, data=None):
        """Note that it begins, before its first request. appliance_time: the clock of the node, UNIX seconds, where that counts."""
        self._append("action_begun", appliance_time=appliance_time, data=data or {})

    def end(self, result, **data):
        """Note that it is verified, unless the result says that a person has to act first; the result."""
        if result["state"] != "manual":
            self._append("action_done", data=data)
        return result

    def verify(self, **facts):
        """Note that another node serves now. facts: guid, appliance_time, version, data."""
        self._append("action_done", **facts)

    def _append(self, event, **more):
        if self._writes:
            self._journal.append(event, **self._about, **more)
