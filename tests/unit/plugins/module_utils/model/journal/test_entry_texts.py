# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Every event has words."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.entry_texts import TEXTS
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.events import EVENTS


def test_every_event_of_the_journal_has_words():
    assert set(TEXTS) == set(EVENTS)
