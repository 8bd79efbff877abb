# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import threading

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import write_behind
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.write_behind import WriteBehind
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(write_behind, "_BLOCK", 4)


@given(st.lists(st.binary(max_size=11), max_size=30))
def test_everything_is_written_in_order(chunks):
    written = []
    with WriteBehind(lambda block: written.append(bytes(block))) as write:
        for chunk in chunks:
            write(chunk)
    assert b"".join(written) == b"".join(chunks)
    assert all(len(block) == 4 for block in written[:-1])


def test_a_write_error_is_raised_while_receiving():
    def full(block):
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), WriteBehind(full) as write:
        for _number in range(100):
            write(b"more")
        pytest.fail("it went on for ever")


def test_an_error_of_the_last_block_is_raised():
    def full(block):
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), WriteBehind(full) as write:
        write(b"x")


def test_a_failed_download_leaves_no_thread():
    before = threading.active_count()
    with pytest.raises(ConnectionError, match="lost"), WriteBehind(lambda block: None) as write:
        write(b"more")
        raise ConnectionError("lost")
    assert threading.active_count() == before


def test_a_slow_disk_slows_the_network():
    go, written = threading.Event(), []

    def slow(block):
        go.wait(10)
        written.append(bytes(block))

    received = []

    def receive():
        with WriteBehind(slow) as write:
            for number in range(50):
                write(b"more")
                received.append(number)

    thread = threading.Thread(target=receive)
    thread.start()
    thread.join(0.2)
    held_up = len(received)
    go.set()
    thread.join(10)
    assert held_up <= 3 and len(written) == 51
