# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How far the clock of a rehearsal is moved while the upgrade waits. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..moments import iso, read_time

_HOUR, _DAY = 3600, 86400
_MOST = 11 * _HOUR  # that a put-off wait is followed by; a step between two waits for clients takes longer


def next_moment(waits: Sequence[str], begins: str, days: float) -> str:
    """The moment at which the upgrade runs again, ISO 8601; '' when it is not continued.

    waits: until when each run so far waited, the last one last, '' for one that did not wait. A wait that is only ever put off by an hour
    (clients are missing) is followed in growing steps. days: virtual days after which a rehearsal is not continued.
    """
    if not waits or not waits[-1]:
        return ""
    moments = [read_time(one) for one in waits if one]
    put_off = 0
    for earlier, later in zip(reversed(moments[:-1]), reversed(moments)):
        if later - earlier > _MOST + 2 * _HOUR:
            break
        put_off += 1
    last = moments[-1] + min(_MOST, _HOUR * (2 ** max(0, put_off - 2) - 1))
    return iso(last) if last - read_time(begins) <= days * _DAY else ""
