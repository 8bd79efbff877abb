# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One run per site: who is refused, who may take over, and what a run that lost its lock may still do."""

import multiprocessing
import os
import stat

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import lock as locking
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import VARIABLE, Lock

from tests.support.disk import age


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


def test_a_heartbeat_keeps_the_lock(path, first):
    age(first, 2 * locking.EXPIRY)
    first.beat()
    with pytest.raises(Unsafe):
        Lock(path, "").acquire()


def test_a_token_of_another_site_is_ignored(path, first, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, first.token)
    assert not Lock(str(tmp_path / "other" / "journal.jsonl")).is_owned


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
    results = [won.get(timeout=300) for _one in runs]
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


def test_the_lock_is_private(path, first):
    assert stat.S_IMODE(os.stat(first.path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(os.path.dirname(first.path)).st_mode) == 0o700


def test_a_person_may_remove_the_lock(path, first):
    assert first.remove().id == first._id
    assert Lock(path, "").acquire() is None
