# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which numbers role variables may be, by the end of their names. Pure.

The modules refuse the same numbers, but some of them run late in an upgrade: a zero must not be met there, with the relation broken.
"""

from __future__ import annotations

WEEK, YEAR = 7 * 86400, 366 * 86400
_RANGES = (
    (("poll_interval", "start_timeout"), (1, 86400)),
    (("hold_timeout",), (1, YEAR)),
    (("drain_wait_timeout",), (0, WEEK)),
    (("timeout",), (1, WEEK)),
    (("max_fail_percentage", "threshold", "online_floor", "clients_offline", "clients_lost", "jumpoints_offline"), (0, 100)),
    (("sync_hours",), (0, 366 * 24)),
    (("certificate_days",), (0, 3660)),
    (("client_limit",), (0, 1000000)),
    (("snapshot_examples",), (0, 1000)),
    (("rehearse_days",), (0, 3660)),
    (("rehearse_parallel",), (0, 100)),
    (("window_margin",), (0, 86400)),
    (("window_seconds",), (0, YEAR)),
    (("max_sessions",), (0, 1000000)),
    (("backup_max_age",), (0, 43200)),
    (("snapshot_max_age",), (0, WEEK)),
    (("min_wait", "max_wait", "max_age", "lock_expiry"), (0, YEAR)),
    (("seen_within",), (0, 10 * YEAR)),
    (("online_before", "listed_before"), (0, 10000000)),
    (("stragglers",), (0, 1000)),
    (("valid_duration",), (1, 60 * 24 * 366 * 10)),
    (("_port",), (0, 65535)),
    (("status_width", "fleet_width"), (40, 1000)),
    (("speed",), (0, 1000000)),
)


def range_of(name: str) -> tuple[float, float] | None:
    """Return (lowest, highest) of a variable, or None if it has no range."""
    return next((bounds for ends, bounds in _RANGES if name.endswith(ends)), None)
