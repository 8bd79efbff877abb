# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Percentages that are exact at a threshold. Pure."""

from __future__ import annotations

from fractions import Fraction


def share(part: int, of: int) -> Fraction:
    """Percent as an exact fraction; 100 where there is no client to wait for."""
    return Fraction(100) if of == 0 else Fraction(100 * min(part, of), of)


def exact(percent: float) -> Fraction:
    """A threshold as people mean it: 99.9 is 999/1000."""
    return Fraction(str(percent))


def rounded_down(percent: Fraction) -> float:
    """Two decimals, so that 94.999 does not read as 95."""
    return int(percent * 100) / 100
