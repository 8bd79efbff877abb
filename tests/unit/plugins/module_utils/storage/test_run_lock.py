# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The lock of the run that a task belongs to."""

import os

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import lock as locking
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import VARIABLE, Lock
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.run_lock import heartbeat

from tests.support.disk import age


def test_each_task_renews_the_lock(path, first, monkeypatch):
    monkeypatch.setenv(VARIABLE, first.token)
    age(first, 2 * locking.EXPIRY)
    before = os.stat(first.path).st_mtime
    heartbeat()
    assert os.stat(first.path).st_mtime > before + locking.EXPIRY


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
