# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What tasks registered or set for other hosts of a play, for filters that look at all of them on each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def facts_of(hostvars: Any, host: str) -> Mapping[str, Any]:
    """The results and facts of a host in this play, and no variables of its inventory.

    hostvars[host] makes all variables of the host again, which takes about a millisecond: 200 hosts that look at each other would
    spend most of a run on it. So these come from where Ansible keeps them; a version that keeps them elsewhere takes the longer way.
    """
    kept = getattr(getattr(hostvars, "_variable_manager", None), "_nonpersistent_fact_cache", None)
    if kept is None:
        return dict(hostvars[host])
    found: Mapping[str, Any] = kept.get(host) or {}
    return found
