# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The words of the page."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.html.states import STATES
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.html.words import WORDS


def test_every_word_exists_in_both_languages():
    assert [name for name, texts in WORDS.items() if not all(texts) or len(texts) != 2] == []
    assert [name for name, (_english, german) in STATES.items() if not german] == []
