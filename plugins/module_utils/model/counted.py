# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Numbers of things in sentences."""

from __future__ import annotations


def counted(number: int, noun: str, many: str = "") -> str:
    """'1 session', '2 sessions'. many: the plural where it is not the noun with an s."""
    return f"{number} {noun if number == 1 else many or noun + 's'}"
