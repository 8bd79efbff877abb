# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Handles Ctrl-C, SIGTERM and a closed terminal during a task: explains what continues at the appliance, ends the run in its
journal and releases its lock.

Ansible ends its workers without a message, and no longer shows what a worker displays. So the worker writes to the error output that
the controller had when it loaded this module; newer workers have none of their own.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..module_utils.errors import ApplianceError
from ..module_utils.model.command_line import shown_command
from ..module_utils.model.journal.interruption import sentences
from ..module_utils.model.journal.state import state_of
from ..module_utils.model.plain_text import plain_line
from ..module_utils.storage.journal import Journal
from ..module_utils.storage.lock import VARIABLE

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PR_SET_PDEATHSIG = 1
_WRITES = (
    "update_install",
    "failover_relation",
    "failover_role",
    "failover_sync",
    "session_drain",
    "jump_client_settings",
    "client_installers",
)

_OF_JOURNAL = ("journal", "journal_info", "upgrade_run")  # their option `path` is the journal


def _error_output() -> int | None:
    try:
        return os.dup(sys.stderr.fileno())
    except (AttributeError, OSError, ValueError):  # closed, or not a file
        return None


STDERR = _error_output()


class Interrupted(KeyboardInterrupt):
    """Raised where the task is, so that files and locks are cleaned up as after any error."""


class _Guard:
    """The signal handlers of this process. They stay until its end, because it only waits between the tries of a task too."""

    def __init__(self) -> None:
        # an ignored signal stays ignored: nohup
        self.before = {number: found for number in SIGNALS if (found := signal.getsignal(number)) != signal.SIG_IGN}
        self.received, self.inside = 0, False
        self.task: tuple[str, Mapping[str, Any], Callable[[str], str]] = ("", {}, str)
        for number in self.before:
            signal.signal(number, self._interrupt)

    def _interrupt(self, number: int, _frame: Any) -> None:
        if self.received:
            return
        self.received = number
        if self.inside:
            raise Interrupted
        self.end()

    def end(self) -> None:
        """Explain the interruption, and end the process as Ansible ends its workers."""
        module, params, hide = self.task
        _explain(module, params, hide, self.received)
        self.stop()
        os.kill(os.getpid(), self.received)

    def stop(self) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)


_GUARDS: dict[int, _Guard] = {}  # process id -> its _Guard; a forked worker has its own


@contextlib.contextmanager
def explained(module: str, params: Mapping[str, Any], hide: Callable[[str], str]) -> Iterator[None]:
    """Run the work of a task in a worker. params: its options; hide(text): removes secrets from a text."""
    guard = _GUARDS.get(os.getpid()) or _GUARDS.setdefault(os.getpid(), _Guard())
    guard.task, guard.inside = (module, params, hide), True
    _end_with_parent()
    try:
        yield
    except Interrupted:
        guard.end()
        raise
    finally:
        guard.inside = False
        if multiprocessing.parent_process() is None:  # not a worker: the process continues with other work
            _GUARDS.pop(os.getpid()).stop()


def _end_with_parent() -> None:
    """End this worker when its controller is killed (Linux): otherwise it holds the lock of a site on which no run works."""
    controller = multiprocessing.parent_process()
    if controller is None:
        return
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != controller.pid:  # it was killed before
        os.kill(os.getpid(), signal.SIGTERM)


def _explain(module: str, params: Mapping[str, Any], hide: Callable[[str], str], number: int) -> None:
    token = os.environ.get(VARIABLE, "")
    path = token.partition(":")[2][: -len(".lock")] or params.get("journal") or (params.get("path") if module in _OF_JOURNAL else "") or ""
    lines = sentences(_state(path), _task(module, params), shown_command([os.path.basename(sys.argv[0]), *sys.argv[1:]]))
    lines += [f"The journal is {path}."] if path else []
    _write(hide("\n".join(["", *map(plain_line, lines), ""])))
    if token:
        _end_run(path, number)


def _state(path: str) -> Any:
    try:
        return state_of(Journal(path).content().entries if path else [])
    except ApplianceError:
        return state_of([])


def _task(module: str, params: Mapping[str, Any]) -> str:
    if module not in _WRITES:
        return ""
    where = params.get("url") or params.get("name") or "the appliance"
    what = f" ({params['package']})" if params.get("package") else ""
    return f"The task {module}{what} was running on {where}. The request that it sent may continue there without this run."


def _write(text: str) -> None:
    if STDERR is not None:
        with contextlib.suppress(OSError):
            os.write(STDERR, text.encode(errors="replace"))


def _end_run(path: str, number: int) -> None:
    """End the run in the journal and release the lock, so that another run can start at once."""
    journal = Journal(path)
    with contextlib.suppress(ApplianceError):
        journal.append("run_ended", state="interrupted", why=signal.Signals(number).name)
        journal.lock.release()


class Watch:
    """Handles the same signals in the controller, for a callback: between two tasks nobody else explains an interruption.

    first: called at once, to leave the terminal in order. token: of the run, as the module upgrade_run returns it; '' outside of a run.
    """

    def __init__(self, first: Callable[[], None]) -> None:
        self._first, self._pid, self.token = first, os.getpid(), ""
        self._at_work: set[str] = set()  # hosts with a task that explains itself
        self._before = {int(number): found for number in SIGNALS if (found := signal.getsignal(number)) != signal.SIG_IGN}
        for number in self._before:
            signal.signal(number, self._received)

    def begun(self, host: str, explains: bool) -> None:
        """A task has begun on a host. explains: whether it is one of this collection."""
        if explains:
            self._at_work.add(host)

    def ended(self, host: str) -> None:
        self._at_work.discard(host)

    def _received(self, number: int, frame: Any) -> None:
        before = self._before[number]
        signal.signal(number, before)
        if os.getpid() == self._pid:  # workers inherit the handler
            self._first()
            if self.token and not (self._at_work and self._explained_by_workers(number)):
                os.environ[VARIABLE] = self.token
                _explain("", {}, str, number)
        if callable(before):
            before(number, frame)
        else:
            os.kill(os.getpid(), number)

    def _explained_by_workers(self, number: int) -> bool:
        """End the workers, and return whether one explained it. One whose task only starts does not, and the run keeps its lock."""
        workers = multiprocessing.active_children()
        for worker in workers:
            with contextlib.suppress(OSError):
                os.kill(worker.pid or 0, number)
        for worker in workers:
            worker.join(5)  # seconds to explain it and to end
        return not os.path.lexists(self.token.partition(":")[2])
