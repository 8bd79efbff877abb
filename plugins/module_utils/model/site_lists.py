# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The lists that the Configuration API has of a site."""

from __future__ import annotations

LISTS = {  # our names, and their paths below /api/config/v1
    "jump_groups": "jump-group",
    "jump_clients": "jump-client",
    "jumpoints": "jumpoint",
    "installers": "jump-client/installer",
    "users": "user",
    "teams": "team",
    "api_accounts": "api-account",
}
