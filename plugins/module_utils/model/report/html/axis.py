# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A time axis on which long pauses are short, so that the minutes of the work can be seen. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .times import Times

_GAP = 74.0  # pixels of a pause
_TICK = 84.0  # pixels between two times on the axis, at least
_STEPS = (60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800)  # seconds between two times


@dataclass(frozen=True)
class Piece:
    """Part of the axis: from begin to end (seconds since 1970), drawn from left to right (pixels). pause: whether it is drawn short."""

    begin: float
    end: float
    left: float
    right: float
    pause: bool

    def place(self, moment: float) -> float:
        length = self.end - self.begin
        return self.left + (self.right - self.left) * ((moment - self.begin) / length if length else 0.0)


class Axis:
    """Pixels for moments. spans: (begin, end) of what is drawn, in seconds since 1970; the axis goes from left to right pixels."""

    def __init__(self, spans: Sequence[tuple[float, float]], left: float, right: float) -> None:
        self.pieces = _pieces(_merged(spans), left, right)

    def place(self, moment: float) -> float:
        """The pixel of a moment; those beside the axis are at its ends."""
        for piece in self.pieces:
            if moment <= piece.end:
                return piece.place(max(moment, piece.begin))
        return self.pieces[-1].right

    @property
    def pauses(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.pause]

    def ticks(self, times: Times) -> list[tuple[float, str, str]]:
        """[(pixel, '20:15', day or '')]: the day where it is another one than before."""
        found: list[tuple[float, str, str]] = []
        day = ""
        for piece in self.pieces:
            for moment in () if piece.pause else _ticks(piece, times):
                there = times.local(moment)
                today = times.day(there)
                found.append((piece.place(moment.timestamp()), f"{there:%H:%M}", "" if today == day else today))
                day = today
        return found


def _merged(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The times in which something happened; a pause between them is long compared with all of them."""
    ordered = sorted((begin, max(begin, end)) for begin, end in spans)
    busy = sum(end - begin for begin, end in ordered)
    longest = max(1800.0, busy / 3)
    merged: list[tuple[float, float]] = []
    for begin, end in ordered:
        if merged and begin - merged[-1][1] <= longest:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((begin, end))
    return merged


def _pieces(busy: Sequence[tuple[float, float]], left: float, right: float) -> list[Piece]:
    gap = min(_GAP, (right - left) / (2 * len(busy)))
    least = min(40.0, gap / 2)
    room = right - left - gap * (len(busy) - 1) - least * len(busy)
    total = sum(end - begin for begin, end in busy) or 1.0
    pieces: list[Piece] = []
    at = left
    for begin, end in busy:
        if pieces:
            pieces.append(Piece(pieces[-1].end, begin, at, at + gap, True))
            at += gap
        width = least + room * (end - begin) / total
        pieces.append(Piece(begin, end, at, at + width, False))
        at += width
    return pieces


def _ticks(piece: Piece, times: Times) -> list[datetime]:
    """Full times of the operator's zone, not too near to each other; the beginning of a piece that has no room for more."""
    begin, end = (datetime.fromtimestamp(moment, times.utc) for moment in (piece.begin, piece.end))
    pixels = (piece.right - piece.left) / max(1.0, piece.end - piece.begin)
    step = next((one for one in _STEPS if one * pixels >= _TICK), _STEPS[-1])
    shift = (times.local(begin).utcoffset() or timedelta()).total_seconds()
    first = -(-(piece.begin + shift) // step) * step - shift
    found: list[datetime] = []
    while first <= piece.end and len(found) < 100:
        found.append(datetime.fromtimestamp(first, times.utc))
        first += step
    return found or [begin if end >= begin else end]
