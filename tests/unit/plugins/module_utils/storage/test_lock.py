# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One run per site: who is refused, who may take over, and what a run that lost its lock may still do."""

import json
import multiprocessing
import os
import stat
import subprocess
import sys

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError, InvalidInput, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import lock as locking
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import lock_owner
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import VARIABLE, Lock
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.run_lock import heartbeat


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "site" / "journal.jsonl")


@pytest.fixture
def first(path):
    taken = Lock(path, "")
    taken.acquire()
    return taken


def age(lock, seconds):
    now = os.stat(lock.path).st_mtime
    os.utime(lock.path, (now - seconds, now - seconds))


def process(monkeypatch, pid, started=None):
    """Let the next lock be of that process."""
    monkeypatch.setattr(lock_owner, "controller_process", lambda: pid)
    if started is not None:
        real = lock_owner._started
        monkeypatch.setattr(lock_owner, "_started", lambda number: started if number == pid else real(number))


def test_the_second_run_learns_the_owner(path, first):
    with pytest.raises(Unsafe) as refused:
        Lock(path, "").acquire()
    owner = first.owner()
    assert f"{owner.user}@{owner.host}" in str(refused.value) and owner.begun in str(refused.value)
    assert "last heartbeat at" in str(refused.value) and "state: unlocked" in str(refused.value)
    assert refused.value.facts["owner"]["id"] == owner.id


def test_a_released_lock_can_be_acquired(path, first):
    first.release()
    assert Lock(path, "").acquire() is None


def test_a_lock_is_taken_over_after_its_expiry(path, first):
    age(first, locking.EXPIRY - 5)
    with pytest.raises(Unsafe):
        Lock(path, "").acquire()
    age(first, 10)
    assert Lock(path, "").acquire().id == first._id
    assert first.owner().id != first._id


def test_the_owner_sets_the_expiry(path):
    patient = Lock(path, "")
    patient.acquire(expiry=10 * locking.EXPIRY)  # ten hours
    age(patient, 5 * locking.EXPIRY)
    with pytest.raises(Unsafe):
        Lock(path, "").acquire()


@pytest.mark.parametrize("seconds", [0, -1, -3600, 1, 59, 86401, 7 * 86400, 10**12])
def test_an_extreme_expiry_is_refused(path, seconds):
    with pytest.raises(InvalidInput, match=f"The lock expiry is {seconds} seconds"):
        Lock(path, "").acquire(expiry=seconds)
    assert not os.path.lexists(path + ".lock")


def test_a_heartbeat_keeps_the_lock(path, first):
    age(first, 2 * locking.EXPIRY)
    first.beat()
    with pytest.raises(Unsafe):
        Lock(path, "").acquire()


def test_each_task_renews_the_lock(path, first, monkeypatch):
    monkeypatch.setenv(VARIABLE, first.token)
    age(first, 2 * locking.EXPIRY)
    before = os.stat(first.path).st_mtime
    heartbeat()
    assert os.stat(first.path).st_mtime > before + locking.EXPIRY


def test_a_token_of_another_site_is_ignored(path, first, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, first.token)
    assert not Lock(str(tmp_path / "other" / "journal.jsonl")).is_owned


def test_a_run_without_its_lock_cannot_write(path, first, monkeypatch):
    monkeypatch.setenv(VARIABLE, first.token)
    book = Journal(path)
    book.append("run_opened")
    age(first, 2 * locking.EXPIRY)
    monkeypatch.delenv(VARIABLE)
    second = Lock(path, "")
    second.acquire()
    monkeypatch.setenv(VARIABLE, first.token)
    with pytest.raises(Unsafe, match="lost the lock"):
        Journal(path).append("step_begun", package="Base 6.2.0", kind="base")
    with pytest.raises(Unsafe, match="lost the lock"):
        heartbeat()
    assert len(Journal(path).read()) == 1
    first.release()
    assert second.owner().id == second._id, "giving back what was lost takes nothing from the new owner"


def test_tasks_without_a_run_need_a_free_site(path, first):
    with pytest.raises(Unsafe, match="Another run locks this site"):
        Journal(path).append("step_released", package="Base 6.2.0")
    first.release()
    Journal(path).append("note", text="by hand")


def test_a_run_whose_journal_vanished_stops(path, first, monkeypatch):
    monkeypatch.setenv(VARIABLE, first.token)
    Journal(path).append("run_opened")
    os.unlink(path)
    with pytest.raises(Unsafe, match="vanished"):
        Journal(path).append("step_begun", package="Base 6.2.0", kind="base")


def test_a_dead_local_process_owns_nothing(path, monkeypatch):
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    process(monkeypatch, gone.pid, "1")
    gone.wait()
    Lock(path, "").acquire()
    monkeypatch.undo()
    assert Lock(path, "").acquire().pid == gone.pid


def test_a_reused_pid_is_another_process(path, monkeypatch):
    process(monkeypatch, os.getpid(), "long ago")
    Lock(path, "").acquire()
    monkeypatch.undo()
    assert Lock(path, "").acquire().pid == os.getpid()


def test_living_and_remote_owners_keep_the_lock(path, monkeypatch):
    process(monkeypatch, os.getpid())
    Lock(path, "").acquire()
    with pytest.raises(Unsafe):
        Lock(path, "").acquire()
    with open(Lock(path).path) as stream:
        other = json.load(stream)
    other.update(space="elsewhere", pid=4_000_000)
    with open(Lock(path).path, "w") as stream:
        json.dump(other, stream)
    with pytest.raises(Unsafe):
        Lock(path, "").acquire()


def _contend(path, start, won):
    start.wait()
    try:
        Lock(path, "").acquire()
        won.put(True)
    except Unsafe:
        won.put(False)


@pytest.mark.parametrize("stale", [False, True], ids=["free", "stale"])
def test_one_of_many_acquires_the_lock(path, stale):
    if stale:
        dead = Lock(path, "")
        dead.acquire()
        age(dead, 2 * locking.EXPIRY)
    else:
        os.makedirs(os.path.dirname(path), mode=0o700)
    context = multiprocessing.get_context("fork")
    start, won = context.Event(), context.Queue()
    runs = [context.Process(target=_contend, args=(path, start, won)) for _number in range(12)]
    for one in runs:
        one.start()
    start.set()
    results = [won.get(timeout=30) for _one in runs]
    for one in runs:
        one.join()
    assert results.count(True) == 1
    assert [name for name in os.listdir(os.path.dirname(path)) if not name.endswith(".lock")] == [], "nothing else is left behind"


def test_a_stale_marker_expires(path, first):
    age(first, 2 * locking.EXPIRY)
    marker = f"{first.path}.over-{first._id}"
    with open(marker, "w"):
        pass
    with pytest.raises(Unsafe, match="taking over"):
        Lock(path, "").acquire()
    os.utime(marker, (0, 0))
    with pytest.raises(Unsafe, match="taking over"):
        Lock(path, "").acquire()
    assert Lock(path, "").acquire().id == first._id


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"id": 1, "more": 2}', b"\xff\x00"])
def test_an_unreadable_lock_counts_until_it_expires(path, first, content):
    with open(first.path, "wb") as stream:
        stream.write(content)
    with pytest.raises(Unsafe, match="an unknown run"):
        Lock(path, "").acquire()
    age(first, 2 * locking.EXPIRY)
    assert Lock(path, "").acquire().host == ""


def test_link_may_succeed_with_an_error(path, monkeypatch):
    real = os.link

    def link(source, name):
        real(source, name)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "link", link)
    taken = Lock(path, "")
    assert taken.acquire() is None and taken.owner().id == taken._id


def test_missing_hard_links_are_named(path, monkeypatch):
    def link(source, name):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(ApplianceError, match="hard links"):
        Lock(path, "").acquire()
    assert os.listdir(os.path.dirname(path)) == []


def test_the_lock_is_private(path, first):
    assert stat.S_IMODE(os.stat(first.path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(os.path.dirname(first.path)).st_mode) == 0o700


def test_a_person_may_remove_the_lock(path, first):
    assert first.remove().id == first._id
    assert Lock(path, "").acquire() is None
