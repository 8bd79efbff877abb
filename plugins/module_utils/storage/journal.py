# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The memory of a site's upgrade between runs: an append-only file, one JSON line per event, checked and synced.

A line:  {"schema": 2, "seq": n, "time": controller's UTC in ISO 8601, "run": n, "event": word, "data": {...}, "who": {...},
          "previous": sum of the entry before, "sum": SHA-256 of all the rest}
It may be cut off at any byte by a kill: append() returns only when the line is on the disk, so what
follows append() can rely on it, and a last line that is torn describes something that was never begun. Reading changes
nothing; the next append() sets the torn bytes aside. Any other damage is shown to readers, and is an error with the way out for
operations that act.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from typing import Any

from ..errors import InvalidInput, Unsafe
from ..mask.secrets import SECRETS
from ..model.journal.events import check_event
from ..model.journal.lines import ACCEPTED, SCHEMA, Content, canonical, checksum
from ..model.journal.next_entry import is_step, refuse_second_step, repeated_entry
from ..model.journal.parts import Data, Entry, State
from ..model.journal.software import is_news
from ..model.journal.state import state_of
from ..model.moments import iso
from .folder import check_private_folder
from .journal_file import JournalFile
from .lock import Lock
from .who import current_actor, current_step

_FIRST = ("run_opened",)


class Journal:
    """The journal at `path`; clock gives seconds since 1970 on this machine. Nothing is touched before append().

    .lock: that of its site, held by the run that this task belongs to, if it belongs to one.
    """

    def __init__(self, path: str, clock: Callable[[], float] = time.time) -> None:
        self.path = os.path.abspath(path)
        self.lock = Lock(self.path)
        self._clock = clock
        self._file = JournalFile(self.path)

    # --- reading

    def content(self) -> Content:
        """What the file says, damaged or not (model.journal.lines.Content); empty without a file. For those who only show it."""
        return self._file.content()

    def read(self) -> list[Entry]:
        """All entries, the oldest first; [] without a file. Unsafe when it is damaged."""
        content = self.content()
        content.check()
        return content.entries

    def state(self) -> State:
        """The state of the upgrade (model.journal.parts.State)."""
        return state_of(self.read())

    def known(self) -> State:
        """The state of a journal that was written before. InvalidInput where there is none: an absent memory says nothing about time."""
        entries = self.read()
        if not entries:
            raise InvalidInput(
                f"There is no journal at {self.path}: nobody knows what was installed, and when.",
                remedy="Correct the path, or put the journal back. The module upgrade_run begins a new one (state: opened).",
            )
        return state_of(entries)

    def step_is_open(self, package: str, host: str = "") -> bool:
        """Whether that installation was begun and neither verified nor released; in a pair, on the node with that address."""
        state = self.state()
        return state.open_step is not None and is_step(state, state.open_step, package, host)

    def step_was_sent(self, package: str, host: str = "") -> bool:
        """Whether the request of that open installation may have been sent: by a run, or by the person that it was handed to."""
        pending = self.state().open_step or {}
        return self.step_is_open(package, host) and (pending["sent"] or pending["unverified"] or pending.get("method") == "manual")

    def step_was_done(self, package: str, host: str = "") -> bool:
        """Whether that package was verified to be installed; in a pair, on the node with that address."""
        state = self.state()
        return any(is_step(state, step, package, host) and step["state"] == "done" for step in state.history)

    def check(self, guid: str, host: str) -> None:
        """See before any work that append() will take it: the journal is whole, writable, and of the appliance `guid`."""
        state = self.state()
        mine = state.guids or [state.guid or guid]
        if guid not in mine:
            raise Unsafe(
                f"The journal {self.path} is of the appliance {' and '.join(mine)}, this one is {guid}.",
                host=host,
                remedy="Correct the address (url) or the path of the journal. Nothing was done.",
            )
        check_private_folder(os.path.dirname(self.path))

    # --- writing

    def see(
        self, seen: Data, time: float | Callable[[], float] | None, *, after: list[Entry] | None = None, write: bool = True
    ) -> list[Entry]:
        """Note what an appliance runs (data of version_seen without its time) where that is news.

        time: the appliance's clock, or a function that reads it, called only for news. Returns all entries then; with write=False
        what they would be after the entries `after`.
        """
        entries = self.read() if after is None else after
        if not seen["version"] or not is_news(state_of(entries), seen):
            return entries
        data = dict(seen, appliance_time=time() if callable(time) else time)
        return self.note("version_seen", data, after=entries, write=write)

    def declare(self, data: Data, *, after: list[Entry], write: bool = True) -> list[Entry]:
        """Note since when a version runs as a person says (data of start_declared); all entries then, or what they would be."""
        return self.note("start_declared", data, after=after, write=write)

    def note(self, event: str, data: Data, *, after: list[Entry], write: bool = True) -> list[Entry]:
        """Put an event on the disk; all entries then: `after` and this one. With write=False what they would be."""
        check_event(event, data)
        return [*after, self.append(event, **data) if write else self._entry(self.content(), event, data)]

    def append(self, event: str, /, **data: Any) -> Entry:
        """Put an event on the disk and return its entry; an entry that is there already is returned unchanged.

        InvalidInput for an unknown event or missing data; Unsafe for a step while another one is open, while another run
        holds the site, and in a run that lost its lock or its journal; ApplianceError for a full disk, a damaged journal,
        another run that does not stop writing. The number of the step that the task belongs to becomes data `step`.
        """
        check_event(event, data)
        step = current_step()
        data = SECRETS.hide_in(data if step is None else {"step": step, **data})
        self.lock.beat()
        with self._file.open_locked() as descriptor:
            content = self._file.content(descriptor)
            if event != ACCEPTED:
                content.check()
            self._refuse_vanished(content.entries, event)
            known = repeated_entry(content.entries, event, data)
            if known:
                return known
            refuse_second_step(content.entries, event, data)
            self._file.repair(descriptor, content)
            entry = self._entry(content, event, data)
            self._file.write(descriptor, entry)
        return entry

    def _refuse_vanished(self, entries: Sequence[Entry], event: str) -> None:
        """A run that began with a journal never goes on with an empty one: what it knew would be forgotten in silence."""
        if self.lock.is_owned and not entries and event not in _FIRST:
            raise Unsafe(
                f"The journal {self.path} vanished while this run was at work.",
                remedy="Put it back; or run the same command again: it begins a new one from what is read.",
            )

    def _entry(self, content: Content, event: str, data: Data) -> Entry:
        run = content.entries[-1]["run"] if content.entries else 0
        moment = iso(self._clock())
        entry = {
            "schema": SCHEMA,
            "seq": content.lines + 1,
            "time": moment,
            "run": run + (event == "run_opened"),
            "event": event,
            "data": data,
            "who": dict(current_actor(), run_id=self.lock.id),
            "previous": content.sum,
        }
        try:
            entry = json.loads(canonical(entry))
        except (TypeError, ValueError) as exc:
            raise InvalidInput(f"The event {event} holds something that is not data: {exc}.") from exc
        return dict(entry, sum=checksum(entry))
