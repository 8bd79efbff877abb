# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The memory of a site's upgrade between runs: an append-only file, one JSON line per event, checked and synced.

A line:  {"schema": 1, "seq": n, "time": controller's UTC in ISO 8601, "run": n, "event": word, "data": {...},
          "sum": SHA-256 of all the rest}
It may be cut off at any byte by a kill: append() returns only when the line is on the disk, so whoever acts after
append() can rely on it, and a last line that is torn stands for something that was never begun. Reading changes
nothing; the next append() sets the torn bytes aside. Any other damage is an error with the way out.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import stat
import time
from datetime import datetime, timezone

from .errors import ApplianceError, InvalidInput, Unsafe
from .files import check_folder, plainly, private_folder, sync_folder, write_private
from .lock import Lock
from .model.history import check_event, same_step, state_of
from .model.journal_lines import SCHEMA, Content, canonical, checksum
from .wait import NotYet, wait_until

_LOCK_SECONDS = 30
_TRACES = ("backups",)  # what the roles keep beside a journal
_FIRST = ("run_opened", "memory_lost")


class Journal:
    """The journal at `path`; clock gives seconds since 1970 on this machine. Nothing is touched before append().

    .lock: that of its site, held by the run that this task belongs to, if it belongs to one.
    """

    def __init__(self, path, clock=time.time):
        self.path = os.path.abspath(path)
        self.lock = Lock(self.path)
        self._clock = clock

    # --- reading

    def read(self):
        """All entries, the oldest first; [] without a file. ApplianceError when it is damaged."""
        try:
            with plainly(self.path), open(self.path, "rb") as stream:
                content = stream.read()
        except ApplianceError as exc:
            if isinstance(exc.__cause__, FileNotFoundError):
                return []
            raise
        return Content(self.path, content).entries

    def state(self):
        """Where the upgrade stands (model.history.state_of)."""
        return state_of(self.read())

    def is_lost(self):
        """Whether other things of a site lie in its folder and no journal with them: somebody removed it."""
        if os.path.lexists(self.path):
            return False
        try:
            return any(name in _TRACES or name.startswith(("support-", f"{os.path.basename(self.path)}.torn"))
                       for name in os.listdir(os.path.dirname(self.path)))  # fmt: skip
        except FileNotFoundError:
            return False

    def open_gate(self):
        """The gate that is not passed yet: {package, version, since, not_before, online_before, ...} or None."""
        return self.state()["gate"]

    def step_is_open(self, package, host=""):
        """Whether that installation was begun and neither proved nor released; in a pair, on the node with that address."""
        state = self.state()
        return state["open_step"] is not None and _is_step(state, state["open_step"], package, host)

    def step_was_asked(self, package, host=""):
        """Whether the request of that open installation was sent, or it was seen not to prove itself."""
        pending = self.state()["open_step"] or {}
        return self.step_is_open(package, host) and (pending["asked"] or pending["unproved"])

    def step_was_done(self, package, host=""):
        """Whether that package was proved to be installed; in a pair, on the node with that address."""
        state = self.state()
        return any(_is_step(state, step, package, host) and step["outcome"] == "done" for step in state["history"])

    def check(self, guid, host):
        """See before any work that append() will take it: the journal is whole, writable, and of the appliance `guid`."""
        state = self.state()
        mine = state["guids"] or [state["guid"] or guid]
        if guid not in mine:
            raise Unsafe(f"The journal {self.path} is of the appliance {' and '.join(mine)}, this one is {guid}.", host=host,
                         remedy="Correct the address (url) or the path of the journal. Nothing was done.")
        check_folder(os.path.dirname(self.path))

    # --- writing

    def append(self, event, /, **data):
        """Put an event on the disk and return its entry; what stands there already is returned as it is.

        InvalidInput for an unknown event or missing data; Unsafe for a step while another one is open, while another run
        holds the site, and in a run that lost its lock or its journal; ApplianceError for a full disk, a damaged journal,
        another run that does not stop writing.
        """
        check_event(event, data)
        self.lock.beat()
        with self._opened() as descriptor:
            content = Content(self.path, _all_of(descriptor))
            self._refuse_vanished(content.entries, event)
            known = _same_again(content.entries, event, data)
            if known:
                return known
            _refuse_second_step(content.entries, event, data)
            self._mend(descriptor, content)
            entry = self._entry(content.entries, event, data)
            self._write(descriptor, entry)
        return entry

    @contextlib.contextmanager
    def _opened(self):
        private_folder(os.path.dirname(self.path))
        new = not os.path.lexists(self.path)
        with plainly(self.path):
            descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            with plainly(self.path):
                _make_private(self.path, descriptor)
                if new:
                    sync_folder(self.path)
            wait_until(lambda: _locked(descriptor), what=f"the journal {self.path}, which another run is writing",
                       timeout=_LOCK_SECONDS, interval=0.2)  # fmt: skip
            yield descriptor
        finally:
            os.close(descriptor)

    def _refuse_vanished(self, entries, event):
        """A run that began with a journal never goes on with an empty one: what it knew would be forgotten in silence."""
        if self.lock.held and not entries and event not in _FIRST:
            raise Unsafe(f"The journal {self.path} vanished while this run was at work.",
                         remedy="Put it back; or run the same command again: it begins a new one from what is read.")  # fmt: skip

    def _mend(self, descriptor, content):
        """Keep what a kill left of a line beside the journal, and cut it off; give a whole line its end."""
        if content.torn:
            write_private(f"{self.path}.torn-{len(content.entries) + 1}", content.torn)
            with plainly(self.path):
                os.ftruncate(descriptor, content.good_bytes)
        elif content.unterminated:
            with plainly(self.path):
                os.write(descriptor, b"\n")

    def _entry(self, entries, event, data):
        run = entries[-1]["run"] if entries else 0
        moment = datetime.fromtimestamp(self._clock(), timezone.utc).isoformat(timespec="seconds")
        entry = {"schema": SCHEMA, "seq": len(entries) + 1, "time": moment,
                 "run": run + (event == "run_opened"), "event": event, "data": data}  # fmt: skip
        try:
            entry = json.loads(canonical(entry))
        except (TypeError, ValueError) as exc:
            raise InvalidInput(f"The event {event} holds something that is not data: {exc}.") from exc
        return dict(entry, sum=checksum(entry))

    def _write(self, descriptor, entry):
        line = canonical(entry) + b"\n"
        size = os.fstat(descriptor).st_size
        with plainly(self.path, needed=len(line)):
            try:
                left = memoryview(line)
                while left:
                    left = left[os.write(descriptor, left) :]
                os.fsync(descriptor)
            except OSError:
                with contextlib.suppress(OSError):  # should this fail too, the next append() mends it
                    os.ftruncate(descriptor, size)
                raise


def keep_support_text(journal, text):
    """Save a text for technical support beside the journal; the path, or None without a text."""
    if not text:
        return None
    path = os.path.join(os.path.dirname(journal.path), f"support-{len(journal.read()) + 1}.txt")
    write_private(path, text.encode())
    journal.append("note", text=f"Text for technical support: {path}")
    return path


def _same_again(entries, event, data):
    """The entry that already says this, where saying it twice would move a date: the end of a step, or its gate."""
    if event == "action_begun":  # one that a person has to do is begun anew by each run until it is seen
        last = next((entry for entry in reversed(entries) if entry["event"].startswith(("action_", "step_"))), None)
        return last if last and last["event"] == event and last["data"] == json.loads(canonical(data)) else None
    if event not in ("step_done", "gate_set"):
        return None
    pair = bool(state_of(entries)["guids"])
    for entry in reversed(entries):
        if "package" not in entry["data"] or not same_step(entry["data"], data, pair=pair):
            continue
        if entry["event"] == event:
            return entry
        if entry["event"].startswith("step_"):
            return None
    return None


def _refuse_second_step(entries, event, data):
    """No package after one whose end is unknown: the first may still be at work, or in trouble (M25)."""
    state = state_of(entries)
    pending = state["open_step"] if event == "step_begun" else None
    if pending and not same_step(pending, data, pair=bool(state["guids"])):
        raise Unsafe(
            f"{data['package']!r} is not begun: {pending['package']!r} was begun{_place(pending)} at {pending['begun']} and is not proved.",
            remedy=f"Install {pending['package']!r} again{_place(pending)} first: that reads the appliance and closes the step. Only when "
            "support has settled it otherwise, release it in the journal.",
            facts={"open_step": pending},
        )


def _is_step(state, step, package, host):
    return same_step(step, {"package": package, "host": host}, pair=bool(state["guids"]))


def _place(step):
    return f" on {step['host']}" if step.get("host") else ""


def _make_private(path, descriptor):
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid():
        raise Unsafe(f"The journal {path} is no file of the user who runs this.", remedy="Name another path.")
    os.fchmod(descriptor, 0o600)


def _locked(descriptor):
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return NotYet("it is locked")
    return True


def _all_of(descriptor):
    with open(os.dup(descriptor), "rb") as stream:
        stream.seek(0)
        return stream.read()
