# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The lines at the bottom of a terminal that are drawn again and again: the steps at work, with their bars.

All that Ansible shows passes `sys.stdout` and `sys.stderr` under the lock of its Display. While the area exists, a wrapper is in their
place, which erases the area before anything else is written; it is drawn again at the next refresh. So a warning or a prompt is never
mixed with a bar, and no other lock is needed. Ansible holds that lock when it forks a worker.
"""

from __future__ import annotations

import io
import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any

from .progress_state import Bar

try:
    from rich.console import Console
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    HAS_RICH = True
except ImportError:
    HAS_RICH = False

_BAR = 20  # columns
_OURS = threading.local()


def can_draw(stream: Any) -> bool:
    """Whether lines on the stream can be drawn again: a terminal that knows how, and the library is there."""
    return HAS_RICH and stream.isatty() and os.environ.get("TERM", "") not in ("", "dumb", "unknown")


class LiveArea:
    """display(text): writes to the terminal under the lock of Ansible's Display."""

    def __init__(self, display: Callable[[str], None]) -> None:
        self._display, self._height, self._pid = display, 0, os.getpid()
        self._streams = (sys.stdout, sys.stderr)
        sys.stdout = _Wrapper(sys.stdout, self)
        if sys.stderr.isatty():
            sys.stderr = _Wrapper(sys.stderr, self)

    def draw(self, bars: Sequence[Bar], width: int) -> None:
        """Show the bars below everything else; none: show nothing."""
        lines = rendered(bars, width) if bars else []
        if lines or self._height:
            _OURS.lines = len(lines)
            try:
                self._display("\n".join(lines))
            finally:
                _OURS.lines = None

    def close(self) -> None:
        """Erase the area and take the wrappers away."""
        self.draw([], 80)
        sys.stdout, sys.stderr = self._streams

    def abandon(self) -> None:
        """Erase the area at once, in a signal handler: without any lock."""
        if os.getpid() == self._pid and self._height:
            os.write(self._streams[0].fileno(), self._erased().encode())

    def written(self, stream: Any, text: str) -> int:
        """Write for a wrapper: erase the area, then write the text; the area itself is remembered by its height."""
        if os.getpid() != self._pid:
            return int(stream.write(text))
        erase = self._erased()
        if erase:
            self._streams[0].write(erase)
            self._streams[0].flush()
        count = int(stream.write(text))
        ours = getattr(_OURS, "lines", None)
        if ours is not None:
            self._height = ours
            stream.flush()
        return count

    def _erased(self) -> str:
        height, self._height = self._height, 0
        return "\r\x1b[2K" + "\x1b[1A\x1b[2K" * (height - 1) if height else ""


class _Wrapper:
    """A stream that erases the area before it writes; otherwise the stream itself."""

    def __init__(self, stream: Any, area: LiveArea) -> None:
        self._stream, self._area = stream, area

    def write(self, text: str) -> int:
        return self._area.written(self._stream, text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def rendered(bars: Sequence[Bar], width: int) -> list[str]:
    """The lines of the bars, no longer than the terminal is wide. Colors as the environment wants them (NO_COLOR, TERM)."""
    console = Console(file=io.StringIO(), force_terminal=True, width=max(20, width - 1), highlight=False, legacy_windows=False)
    with console.capture() as capture:
        for one in bars:
            console.print(Text(f"{one.left.rstrip()}  {one.right}"), no_wrap=True, overflow="ellipsis")
            if one.percent is not None or one.detail:
                console.print(_second(one), no_wrap=True, overflow="ellipsis")
    return capture.get().rstrip("\n").split("\n")


def _second(one: Bar) -> Any:
    """The line below a step: its bar, if it tells a percentage, and what it says."""
    if one.percent is None:
        return Text(f"    {one.detail}", no_wrap=True, overflow="ellipsis")
    table = Table.grid(padding=(0, 2, 0, 0))
    words = Text(f"{one.percent:>3} %  {one.detail}", no_wrap=True, overflow="ellipsis")
    table.add_row(Text("  "), ProgressBar(total=100, completed=one.percent, width=_BAR), words)
    return table
