# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Brings the lines of the Screen to the terminal or the log, and what the workers say to the Screen: the I/O of the callback `progress`."""

from __future__ import annotations

import atexit
import shutil
import sys
import threading
import time
from collections.abc import Iterable
from datetime import tzinfo
from typing import Any

from ansible import constants as C

from .live_area import LiveArea, can_draw
from .progress_channel import Channel, open_channel
from .progress_lines import Line
from .progress_screen import Screen

COLORS = {"good": "COLOR_OK", "changed": "COLOR_CHANGED", "warn": "COLOR_WARN", "bad": "COLOR_ERROR"}
REFRESH = 0.5  # seconds


class Presenter:
    """display: of Ansible. live, interval, width: options of the callback."""

    def __init__(self, display: Any, *, zone: tzinfo | None, live: str, interval: int, width: int) -> None:
        self._display, self._columns = display, width
        self._drawn = live == "auto" and can_draw(sys.stdout)
        pause = 0 if self._drawn else max(1, interval)
        self.screen = Screen(width=self._width, now=time.monotonic, zone=zone, interval=pause, verbose=display.verbosity > 0)
        self.is_paused = False  # a task may ask the person at the terminal: nothing is drawn
        self._channel: Channel | None = None
        self._area: LiveArea | None = None
        self._lock, self._over = threading.RLock(), threading.Event()  # the lock of Display is only taken inside of this one
        atexit.register(self._close)

    def start(self) -> None:
        """Before the first worker of a playbook is forked. One command may run several playbooks."""
        self._over = threading.Event()  # the thread of the playbook before has its own
        self._channel = open_channel()
        if self._drawn:
            self._area = LiveArea(lambda text: self._display.display(text, screen_only=True, newline=False))
        threading.Thread(target=self._refresh, args=(self._over,), name="progress", daemon=True).start()

    def show(self, lines: Iterable[Line]) -> None:
        """Show the lines of an event, after what the workers said before it."""
        with self._lock:
            self._drain()
            self._write(lines)

    def end(self, lines: Iterable[Line]) -> None:
        """Show the last lines."""
        with self._lock:
            self._drain()
            self._close()
            self._write(lines)

    def abandon(self) -> None:
        """Leave the terminal in order at once: for a signal handler, so without a lock."""
        self._over.set()
        if self._area:
            self._area.abandon()

    def _refresh(self, over: threading.Event) -> None:
        while not over.wait(REFRESH):
            with self._lock:
                self._drain()
                self._write(self.screen.tick())
                if self._area and not over.is_set():
                    self._area.draw([] if self.is_paused else self.screen.bars(), self._width())

    def _drain(self) -> None:
        for message in self._channel.messages() if self._channel else ():
            self._write(self.screen.message(message))

    def _write(self, lines: Iterable[Line]) -> None:
        for line in lines:
            color = COLORS.get(line.kind)
            self._display.display(line.text, color=getattr(C, color) if color else None)

    def _close(self) -> None:
        self._over.set()
        with self._lock:
            if self._area:
                self._area.close()
                self._area = None

    def _width(self) -> int:
        return self._columns or shutil.get_terminal_size((132, 25)).columns
