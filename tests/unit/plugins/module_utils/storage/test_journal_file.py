# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The file of a journal: private, whole after a kill at any byte, one writer at a time."""

import errno
import json
import multiprocessing
import os
import stat

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import journal, journal_file
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.folder import make_private_folder
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal

from tests.support.disk import content, mode
from tests.support.journal_files import EVENTS, put, written


def keep_head(path, entries):
    """The file beside the journal as it was after the last of these entries."""
    head = {"entries": len(entries), "sum": entries[-1]["sum"]} if entries else {"entries": 0, "sum": ""}
    put(f"{path}.head", json.dumps(head).encode())


def test_folder_and_file_are_private(book, path):
    """For the owner only, with any umask."""
    before = os.umask(0)
    try:
        book.append("note", text="x")
    finally:
        os.umask(before)
    assert (mode(os.path.dirname(path)), mode(path)) == (0o700, 0o600)
    os.chmod(path, 0o644)
    book.append("note", text="y")
    assert mode(path) == 0o600


def test_a_journal_that_is_a_link_is_refused(book, path, tmp_path):
    make_private_folder(os.path.dirname(path))
    target = tmp_path / "target"
    target.touch()
    os.symlink(target, path)
    with pytest.raises(ApplianceError):
        book.append("note", text="x")
    assert target.read_bytes() == b""


@pytest.mark.slow
def test_a_kill_at_any_byte_keeps_whole_entries(book, path):
    """The next entry follows the last whole one."""
    whole = written(path)
    entries = book.read()
    ends = [number for number, byte in enumerate(whole) if byte == ord("\n")]
    for cut in range(len(whole) + 1):
        put(path, whole[:cut])
        keep_head(path, entries[: max(0, sum(cut > end for end in ends) - cut % 2)])  # a kill may leave it one entry behind
        expected = sum(cut >= end for end in ends)  # a line that lacks nothing but its end counts
        assert book.read() == entries[:expected], f"cut at byte {cut}"
        assert content(path) == whole[:cut]  # reading mends nothing
        after = book.append("note", text="after the kill")
        assert after["seq"] == expected + 1
        assert book.read() == [*entries[:expected], after]
        for name in os.listdir(os.path.dirname(path)):
            os.unlink(os.path.join(os.path.dirname(path), name))


def test_the_torn_bytes_are_kept_beside_the_journal(book, path):
    whole = written(path)
    put(path, whole[:-30])
    book.append("note", text="after")
    torn = f"{path}.torn-{len(EVENTS)}"
    assert content(torn) == whole[:-30].splitlines()[-1]
    assert mode(torn) == 0o600


def test_kill_during_repair_is_repaired(book, path, monkeypatch):
    """A kill while the torn line is set aside is repaired too."""
    whole = written(path)
    put(path, whole[:-30])

    def killed(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(journal.os, "ftruncate", killed)
    with pytest.raises(KeyboardInterrupt):
        book.append("note", text="never")
    monkeypatch.undo()
    book.append("note", text="after")
    assert [entry["data"].get("text") for entry in book.read()][-1] == "after"
    assert len(book.read()) == len(EVENTS)


def test_zeros_at_the_end_are_a_torn_line(book, path):
    """A power cut may leave them."""
    put_back = written(path)
    put(path, put_back + b"\0" * 200)
    assert len(book.read()) == len(EVENTS)
    book.append("note", text="after")
    assert len(book.read()) == len(EVENTS) + 1


def test_a_full_disk_leaves_no_half_line(book, path, monkeypatch):
    """What was written of the line is removed, and the error says so."""
    whole, real = written(path), os.write

    def half(descriptor, data):
        if len(data) < 60:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(descriptor, bytes(data)[:50])

    monkeypatch.setattr(journal.os, "write", half)
    with pytest.raises(ApplianceError, match=r"disk is full: .*journal.jsonl could not be written; it needs \d+ bytes"):
        book.append("note", text="x" * 100)
    monkeypatch.undo()
    assert content(path) == whole


def test_appended_entry_is_on_disk(book, path, monkeypatch):
    synced, real = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: (synced.append(os.fstat(descriptor)), real(descriptor)))
    book.append("note", text="first")
    first = [stat.S_ISDIR(found.st_mode) for found in synced]
    assert sorted(first) == [False, True], "the new file and its folder"
    book.append("note", text="second")
    assert synced[-1].st_size == len(content(path)) and len(synced) == 3


def _write_many(path, number):
    for count in range(20):
        Journal(path).append("note", text=f"{number}-{count}")


def test_several_processes_keep_numbers_in_order(book, path):
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_write_many, args=(path, number)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    entries = book.read()
    assert [entry["seq"] for entry in entries] == list(range(1, 81))
    assert len({entry["data"]["text"] for entry in entries}) == 80


def test_endless_writer_is_named(book, path, monkeypatch):
    book.append("note", text="x")
    monkeypatch.setattr(journal_file, "_LOCK_SECONDS", 0.01)
    with book._file.open_locked(), pytest.raises(ApplianceError, match=r"is locked by process \d+ \(python"):
        Journal(path).append("note", text="y")
