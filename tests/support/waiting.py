# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Waits for what another process does, in real time and with an end."""

import time


def until(seen, lives=lambda: True, said=lambda: "", *, seconds=300):
    """Look twenty times a second until seen() holds. The test fails, and shows said(), when lives() no longer holds or the time is over."""
    end = time.monotonic() + seconds
    while not seen():
        assert lives() and time.monotonic() < end, said()
        time.sleep(0.05)
