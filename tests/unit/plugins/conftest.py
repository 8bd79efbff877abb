# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Given the journal of a site."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import VARIABLE

from tests.support.journals import Kept


@pytest.fixture
def journal(tmp_path):
    """A journal to write and read in a test; nothing is there yet."""
    return Journal(str(tmp_path / "site" / "journal.jsonl"))


@pytest.fixture
def kept(journal):
    """The same journal through its modules."""
    return Kept(journal.path)


@pytest.fixture
def opened(kept, monkeypatch):
    """A run that is open, as its tasks see it."""
    result = kept.open()
    monkeypatch.setenv(VARIABLE, result["lock"])
    return result
