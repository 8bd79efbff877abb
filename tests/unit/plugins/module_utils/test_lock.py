# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One run per site: who is refused, who may take over, and what a run that lost its lock may still do."""

import json
import multiprocessing
import os
import stat
import subprocess
import sys

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils import lock as locking
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.journal import Journal
from ansible_collections.bomgar.appliance.plugins.module_utils.lock import VARIABLE, Lock, heartbeat


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "site" / "journal.jsonl")


@pytest.fixture
def first(path):
    taken = Lock(path, "")
    taken.take()
    return taken


def age(lock, seconds):
    now = os.stat(lock.path).st_mtime
    os.utime(lock.path, (now - seconds, now - seconds))


def process(monkeypatch, pid, started=None):
    """Let the next lock be of that process."""
    monkeypatch.setattr(locking, "_controller", lambda: pid)
    if started is not None:
        real = locking._started
        monkeypatch.setattr(locking, "_started", lambda number: started if number == pid else real(number))


def test_the_second_run_is_refused_and_told_who_the_first_one_is(path, first):
    with pytest.raises(Unsafe) as refused:
        Lock(path, "").take()
    holder = first.holder()
    assert f"{holder.user}@{holder.host}" in str(refused.value) and holder.begun in str(refused.value)
    assert "last heard of at" in str(refused.value) and "state: unlocked" in str(refused.value)
    assert refused.value.facts["holder"]["id"] == holder.id


def test_a_lock_that_was_given_back_can_be_taken(path, first):
    first.release()
    assert Lock(path, "").take() is None


def test_a_stale_lock_is_taken_over_after_its_expiry_and_not_a_second_before(path, first):
    age(first, locking.EXPIRY - 5)
    with pytest.raises(Unsafe):
        Lock(path, "").take()
    age(first, 10)
    assert Lock(path, "").take().id == first._id
    assert first.holder().id != first._id


def test_whoever_took_the_lock_promised_its_expiry(path):
    patient = Lock(path, "")
    patient.take(expiry=10 * locking.EXPIRY)
    age(patient, 5 * locking.EXPIRY)
    with pytest.raises(Unsafe):
        Lock(path, "").take()


def test_a_heartbeat_keeps_it(path, first):
    age(first, 2 * locking.EXPIRY)
    first.beat()
    with pytest.raises(Unsafe):
        Lock(path, "").take()


def test_each_task_of_the_run_beats_it_by_its_environment(path, first, monkeypatch):
    monkeypatch.setenv(VARIABLE, first.token)
    age(first, 2 * locking.EXPIRY)
    before = os.stat(first.path).st_mtime
    heartbeat()
    assert os.stat(first.path).st_mtime > before + locking.EXPIRY


def test_a_token_of_another_site_beats_and_opens_nothing(path, first, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, first.token)
    assert not Lock(str(tmp_path / "other" / "journal.jsonl")).held


def test_the_run_that_lost_its_lock_writes_nothing_more(path, first, monkeypatch):
    monkeypatch.setenv(VARIABLE, first.token)
    book = Journal(path)
    book.append("run_opened")
    age(first, 2 * locking.EXPIRY)
    monkeypatch.delenv(VARIABLE)
    second = Lock(path, "")
    second.take()
    monkeypatch.setenv(VARIABLE, first.token)
    with pytest.raises(Unsafe, match="lost the lock"):
        Journal(path).append("step_begun", package="Base 6.2.0", kind="base")
    with pytest.raises(Unsafe, match="lost the lock"):
        heartbeat()
    assert len(Journal(path).read()) == 1
    first.release()
    assert second.holder().id == second._id, "giving back what was lost takes nothing from the new holder"


def test_what_belongs_to_no_run_writes_only_where_nobody_holds_the_site(path, first):
    with pytest.raises(Unsafe, match="Another run is at work"):
        Journal(path).append("step_released", package="Base 6.2.0")
    first.release()
    Journal(path).append("note", text="by hand")


def test_a_run_whose_journal_vanished_stops(path, first, monkeypatch):
    monkeypatch.setenv(VARIABLE, first.token)
    Journal(path).append("run_opened")
    os.unlink(path)
    with pytest.raises(Unsafe, match="vanished"):
        Journal(path).append("step_begun", package="Base 6.2.0", kind="base")


def test_a_process_of_this_machine_that_is_gone_holds_nothing(path, monkeypatch):
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    process(monkeypatch, gone.pid, "1")
    gone.wait()
    Lock(path, "").take()
    monkeypatch.undo()
    assert Lock(path, "").take().pid == gone.pid


def test_a_number_that_another_process_has_now_is_another_process(path, monkeypatch):
    process(monkeypatch, os.getpid(), "long ago")
    Lock(path, "").take()
    monkeypatch.undo()
    assert Lock(path, "").take().pid == os.getpid()


def test_a_living_process_and_one_of_another_machine_are_believed(path, monkeypatch):
    process(monkeypatch, os.getpid())
    Lock(path, "").take()
    with pytest.raises(Unsafe):
        Lock(path, "").take()
    with open(Lock(path).path) as stream:
        other = json.load(stream)
    other.update(space="elsewhere", pid=4_000_000)
    with open(Lock(path).path, "w") as stream:
        json.dump(other, stream)
    with pytest.raises(Unsafe):
        Lock(path, "").take()


def _contend(path, start, won):
    start.wait()
    try:
        Lock(path, "").take()
        won.put(True)
    except Unsafe:
        won.put(False)


@pytest.mark.parametrize("stale", [False, True], ids=["free", "stale"])
def test_of_many_that_try_at_once_one_gets_it(path, stale):
    if stale:
        dead = Lock(path, "")
        dead.take()
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


def test_one_that_was_killed_while_it_took_over_blocks_nobody_for_long(path, first):
    age(first, 2 * locking.EXPIRY)
    marker = f"{first.path}.over-{first._id}"
    with open(marker, "w"):
        pass
    with pytest.raises(Unsafe, match="taking over"):
        Lock(path, "").take()
    os.utime(marker, (0, 0))
    with pytest.raises(Unsafe, match="taking over"):
        Lock(path, "").take()
    assert Lock(path, "").take().id == first._id


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"id": 1, "more": 2}', b"\xff\x00"])
def test_a_lock_that_cannot_be_read_counts_until_it_is_old(path, first, content):
    with open(first.path, "wb") as stream:
        stream.write(content)
    with pytest.raises(Unsafe, match="nobody knows whom"):
        Lock(path, "").take()
    age(first, 2 * locking.EXPIRY)
    assert Lock(path, "").take().host == ""


def test_the_answer_to_making_it_may_be_lost_on_a_network_file_system(path, monkeypatch):
    real = os.link

    def link(source, name):
        real(source, name)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "link", link)
    taken = Lock(path, "")
    assert taken.take() is None and taken.holder().id == taken._id


def test_a_file_system_without_hard_links_is_told(path, monkeypatch):
    def link(source, name):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(ApplianceError, match="hard links"):
        Lock(path, "").take()
    assert os.listdir(os.path.dirname(path)) == []


def test_it_is_private(path, first):
    assert stat.S_IMODE(os.stat(first.path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(os.path.dirname(first.path)).st_mode) == 0o700


def test_a_person_may_take_it_away(path, first):
    assert first.remove().id == first._id
    assert Lock(path, "").take() is None
