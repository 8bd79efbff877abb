# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Whatever stands in place of a file, nobody waits for it without an end; who holds a lock is named."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import sys

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError, InvalidInput, Unsafe, WaitTimeout
from ansible_collections.bomgar.appliance.plugins.module_utils.http import rate_file, rate_limit
from ansible_collections.bomgar.appliance.plugins.module_utils.http.rate_limit import AccountRateLimiter
from ansible_collections.bomgar.appliance.plugins.module_utils.http.transport import Transport
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import journal_file, regular_file, saved_files, secret_cache
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import Lock
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.regular_file import lock_file, read_file
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.secret_cache import (
    MemoryCache,
    SecretCache,
    default_folder,
    open_cache,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.web.upload import MultipartBody


def make_fifo(path):
    os.mkfifo(path)


def make_folder(path):
    os.mkdir(path)


def make_loop(path):
    os.symlink(path, path)


def make_socket(path):
    import socket

    # The path of a socket has at most 107 bytes, wherever the tests run.
    with socket.socket(socket.AF_UNIX) as one, contextlib.chdir(os.path.dirname(path)):
        one.bind(os.path.basename(path))


def make_huge(path):
    with open(path, "wb") as stream:
        stream.truncate(3 << 30)


def make_device(path):
    os.symlink("/dev/zero", path)


ODD = [make_fifo, make_folder, make_loop, make_socket, make_huge, make_device]


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir(mode=0o700)
    return str(folder / "journal.jsonl")


@pytest.mark.parametrize("make", ODD)
def test_an_odd_journal_file_is_refused(place, make):
    make(place)
    for act in (Journal(place).read, lambda: Journal(place).append("note", text="x")):
        with pytest.raises(ApplianceError, match="journal.jsonl"):
            act()


@pytest.mark.parametrize("make", [one for one in ODD if one is not make_device])
def test_an_odd_lock_file_is_refused(place, make):
    make(f"{place}.lock")
    for act in (Lock(place).acquire, Lock(place).verify_free):
        with pytest.raises(ApplianceError):
            act()


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 60_000,
        b'{"id": "a", "expiry": "24h"}',
        b'{"id": "a", "expiry": null}',
        b'{"id": "a", "expiry": 1e400}',
        b'{"id": "a", "pid": "1"}',
        b'{"id": 5}',
        b'{"id": "a", "pid": -1}',
        b'{"id": "a", "user": "\\u001b[31m"}',
        b'{"id": "a", "expiry": 99999999999}',
        b"\0" * 99,
        b"5",
        b'{"id": "a", "other": 1}',
        b'{"id": "a", "pid": true}',
    ],
)
def test_a_foreign_lock_file_has_an_unknown_owner(place, content):
    with open(f"{place}.lock", "wb") as stream:
        stream.write(content)
    with pytest.raises(Unsafe, match="an unknown run"):
        Lock(place).acquire()


@pytest.mark.parametrize("make", ODD)
def test_an_odd_cache_file_is_ignored(tmp_path, make):
    cache = SecretCache(tmp_path / "cache")
    cache.write("key", {"token": "t"})
    os.unlink(tmp_path / "cache" / "key")
    make(str(tmp_path / "cache" / "key"))
    assert cache.read("key") is None


def test_an_odd_cache_lock_is_refused(tmp_path):
    cache = SecretCache(tmp_path / "cache")
    cache.write("key", {"token": "t"})
    make_fifo(tmp_path / "cache" / "key.lock")
    with pytest.raises(Unsafe, match="key.lock is not a file"), cache.lock("key"):
        pytest.fail("it is held")


@pytest.mark.parametrize("make", [make_fifo, make_folder, make_device])
def test_odd_files_that_a_user_names_are_refused(tmp_path, make):
    path = str(tmp_path / "odd")
    make(path)
    with pytest.raises(InvalidInput, match="ca_path"):
        Transport("a.example.com", ca_path=path) if make is not make_folder else Transport("a.example.com", ca_path=path + "/none")
    with pytest.raises(ApplianceError):
        MultipartBody([], {"file": path})
    with pytest.raises(ApplianceError):
        saved_files.fetch_from_file(path)(lambda chunk: None)
    with pytest.raises(Unsafe, match="cannot be used"):
        saved_files.read_verified(path, kind="backup", guid="", now=0.0, max_age=1, host="a")


@contextlib.contextmanager
def stopped(path):
    """Another process that holds the lock of a file and is stopped, as by Ctrl-Z."""
    code = (
        "import fcntl,os,sys,time; f=os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o600); fcntl.flock(f, fcntl.LOCK_EX); "
        "print(flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE)
    try:
        process.stdout.readline()
        process.send_signal(signal.SIGSTOP)
        yield process.pid
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def hurried(monkeypatch):
    """Nobody waits for seconds in a test."""
    monkeypatch.setattr(regular_file, "_STOPPED", 0.05)


@pytest.mark.skipif(not os.path.exists("/proc/locks"), reason="this system does not say who holds a lock")
def test_a_stopped_owner_is_named_at_once(place, hurried):
    with stopped(place) as pid, open(place, "rb+") as stream, pytest.raises(WaitTimeout, match=rf"process {pid} \(.*\), which is stopped"):
        lock_file(stream.fileno(), place, 60)


def test_a_locked_journal_ends_the_wait(place, hurried):
    Journal(place).append("note", text="x")
    with stopped(place) as pid, pytest.raises(WaitTimeout, match=f"journal.jsonl is locked by process {pid}"):
        Journal(place).append("note", text="y")


def test_a_locked_token_is_fetched_anyway(tmp_path, hurried):
    lines = []
    cache = SecretCache(tmp_path / "cache", say=lines.append)
    cache.write("key", {})
    with stopped(tmp_path / "cache" / "key.lock") as pid, cache.lock("key"):
        assert f"process {pid}" in lines[0] and "Continuing without the lock" in lines[0]


def test_a_locked_rate_file_is_not_used(tmp_path, hurried):
    lines = []
    one = AccountRateLimiter(tmp_path / "cache", "robot", say=lines.append)
    with one.slot():
        pass
    file = next(str(path) for path in (tmp_path / "cache").iterdir())
    with stopped(file) as pid:
        for _request in range(2):
            with one.slot():
                pass
    assert len(lines) == 1 and f"process {pid}" in lines[0]


def test_all_locks_are_waited_for_in_seconds():
    assert max(journal_file._LOCK_SECONDS, rate_file._LOCK_SECONDS, secret_cache._LOCK_SECONDS, regular_file._STOPPED) <= 20
    assert rate_limit.RateFile is rate_file.RateFile


def test_a_file_that_is_free_is_locked(place):
    with open(place, "wb") as stream:
        lock_file(stream.fileno(), place, 1)
        with open(place, "rb") as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_file_is_read_up_to_its_bound(tmp_path):
    (tmp_path / "file").write_bytes(b"12345")
    assert read_file(tmp_path / "file", 5) == b"12345"
    with pytest.raises(ApplianceError, match="5 bytes; at most 4"):
        read_file(tmp_path / "file", 4)


# --- where the cache lies


def test_the_cache_lies_in_the_home_of_ansible(monkeypatch, tmp_path):
    monkeypatch.setenv("ANSIBLE_HOME", str(tmp_path / "ansible"))
    assert default_folder() == str(tmp_path / "ansible" / "bomgar.appliance")
    monkeypatch.delenv("ANSIBLE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_folder() == str(tmp_path / ".ansible" / "bomgar.appliance")


def test_a_read_only_home_uses_memory(tmp_path):
    (tmp_path / "file").write_text("no folder")
    lines = []
    cache = open_cache(str(tmp_path / "file" / "cache"), lines.append, named=False)
    assert isinstance(cache, MemoryCache) and "bomgar_cache_dir" in lines[0]


def test_an_unusable_cache_dir_names_the_option(tmp_path):
    (tmp_path / "file").write_text("no folder")
    cache = open_cache(str(tmp_path / "file" / "cache"), pytest.fail, named=True)
    for act in (lambda: cache.write("key", {}), lambda: cache.lock("key").__enter__()):
        with pytest.raises(ApplianceError, match="cache_dir"):
            act()
