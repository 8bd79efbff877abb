# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Journals, and umasks under which files and folders must stay private."""

import os

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.folder import make_private_folder
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import Lock

from tests.support.journal_files import NOON


@pytest.fixture(params=[0o000, 0o022, 0o777], ids=["umask 000", "umask 022", "umask 777"])
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def path(tmp_path):
    """Where a journal would be; nothing is there yet."""
    return str(tmp_path / "site" / "journal.jsonl")


@pytest.fixture
def book(path):
    """A journal whose clock stands still at noon."""
    return Journal(path, clock=lambda: NOON)


@pytest.fixture
def folder(tmp_path):
    """A private folder for a site."""
    return make_private_folder(tmp_path / "site")


@pytest.fixture
def first(path):
    """The lock of a run that is open."""
    taken = Lock(path, "")
    taken.acquire()
    return taken
