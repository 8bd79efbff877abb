# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The lines at the bottom of a terminal: what is drawn, and that it is gone before anything else is written."""

import contextlib
import io
import re
import sys

import pytest

pytest.importorskip("rich")
from ansible_collections.bomgar.appliance.plugins.plugin_utils.live_area import LiveArea, can_draw, rendered  # noqa: E402
from ansible_collections.bomgar.appliance.plugins.plugin_utils.progress_state import Bar  # noqa: E402

BAR = Bar("[ 7/23] b.example.com  install Base 6.2.0", 35, "0:12:05 of about 15-60 min (vendor)", "Installing Base 6.2.0")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def _display(text):
    sys.stdout.write(text)


@contextlib.contextmanager
def area_on(monkeypatch):
    """The area, and the terminal that it is on. pytest itself changes the streams between a fixture and its test."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", terminal)
    area = LiveArea(_display)
    yield area, terminal
    area.close()


@pytest.mark.parametrize("width", [40, 60, 100, 200])
def test_a_step_is_never_wider_than_the_terminal(width, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    lines = rendered([BAR, Bar("step", None, "0:00:01", "long " * 60), Bar("step", None, "0:00:01", "")], width)
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]
    assert len(plain) == 5 and max(map(len, plain)) < width
    assert plain[0].startswith("[ 7/23] b.example.com") and " 35 %" in plain[1]


def test_what_others_write_erases_the_bar_first(monkeypatch):
    with area_on(monkeypatch) as (live, terminal):
        live.draw([BAR], 100)
        drawn = terminal.getvalue()
        sys.stderr.write("a warning\n")
        assert terminal.getvalue() == drawn + "\r\x1b[2K\x1b[1A\x1b[2Ka warning\n"
        sys.stdout.write("more\n")
    assert terminal.getvalue().endswith("a warning\nmore\n"), "nothing is erased twice"


def test_after_the_end_the_streams_are_as_before(monkeypatch):
    with area_on(monkeypatch) as (live, terminal):
        live.draw([BAR], 100)
    assert sys.stdout is terminal and terminal.getvalue().endswith("\x1b[1A\x1b[2K")


def test_nothing_is_drawn_where_a_terminal_cannot(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    assert not can_draw(Terminal())
    monkeypatch.setenv("TERM", "xterm")
    assert can_draw(Terminal()) and not can_draw(io.StringIO())
