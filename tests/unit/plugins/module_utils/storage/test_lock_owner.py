# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which owner of a lock is gone."""

import json
import os
import subprocess
import sys

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import lock_owner
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import Lock


def process(monkeypatch, pid, started=None):
    """Let the next lock be of that process."""
    monkeypatch.setattr(lock_owner, "controller_process", lambda: pid)
    if started is not None:
        real = lock_owner._started
        monkeypatch.setattr(lock_owner, "_started", lambda number: started if number == pid else real(number))


@pytest.mark.parametrize("seconds", [0, -1, -3600, 1, 59, 86401, 7 * 86400, 10**12])
def test_an_extreme_expiry_is_refused(path, seconds):
    with pytest.raises(InvalidInput, match=f"The lock expiry is {seconds} seconds"):
        Lock(path, "").acquire(expiry=seconds)
    assert not os.path.lexists(path + ".lock")


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
