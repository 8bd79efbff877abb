# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A transport to a server of a test."""

from __future__ import annotations

from ansible_collections.bomgar.appliance.plugins.module_utils.http.transport import Transport


def reach(server, **options):
    return Transport(server.url, **{"ca_path": server.ca_path, "timeout": 5, "sleep": lambda seconds: None, **options})
