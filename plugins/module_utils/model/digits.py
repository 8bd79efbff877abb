# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads whole numbers in untrusted text. str.isdigit() accepts characters that int() refuses, such as a superscript two."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9]{1,18}")


def whole_number(text: object) -> int | None:
    """Return the number in a text of 1 to 18 ASCII digits with blanks around it; None for any other value."""
    digits = text.strip() if isinstance(text, str) else ""
    return int(digits) if _NUMBER.fullmatch(digits) else None
