# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Texts for technical support, saved next to the journal."""

from __future__ import annotations

import os

from ..mask.secrets import SECRETS
from .files import write_private
from .journal import Journal


def save_support_text(journal: Journal, text: str | None) -> str | None:
    """Save a text for technical support next to the journal; the path, or None without a text."""
    if not text:
        return None
    path = os.path.join(os.path.dirname(journal.path), f"support-{len(journal.read()) + 1}.txt")
    write_private(path, SECRETS.hide(text).encode())
    journal.append("note", text=f"Text for technical support: {path}")
    return path
