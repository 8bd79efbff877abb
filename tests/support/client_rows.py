# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A row of the list of Jump Clients."""

ROW = {
    "id": 7,
    "name": "Till 7",
    "hostname": "till7",
    "jump_group_id": 1,
    "connection_type": "active",
    "is_lost": False,
    "needs_update": False,
    "unavailable_reason": "none",
    "last_connect_timestamp": "2023-11-14T22:13:20+00:00",
    "last_disconnect_timestamp": None,
}
