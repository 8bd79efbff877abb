# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Texts for technical support."""

import os

from ansible_collections.bomgar.appliance.plugins.module_utils.storage.support_text import save_support_text

from tests.support.disk import content, mode
from tests.support.entries import BASE


def test_support_text_is_saved_beside_journal(book, path):
    book.append("step_begun", **BASE)
    kept = save_support_text(book, "Model: B300\n")
    assert os.path.dirname(kept) == os.path.dirname(path) and content(kept) == b"Model: B300\n" and mode(kept) == 0o600
    assert kept in book.read()[-1]["data"]["text"]
    assert save_support_text(book, None) is None
