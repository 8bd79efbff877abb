# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What tasks registered or set for other hosts of a play, for filters that look at all of them on each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

# What the tasks of the roles register: that of a step that may wait until a moment, and all that show at once that an upgrade failed.
WAITING = ("window_result", "drain_result", "install_result", "catch_up_result", "_upgrade_result")
FAILING = (
    *WAITING,
    "_upgrade_run",
    "_upgrade_site",
    "_upgrade_plan",
    "_upgrade_back",
    "_upgrade_limited",
    "_upgrade_absence",
    "_preflight_args",
    "preflight_results",
    "_backup_saved",
    "_backup_keys",
    "_drain_before",
    "failover_result",
    "failover_public",
)


def results_of(facts: Mapping[str, Any], names: Iterable[str]) -> list[Mapping[str, Any]]:
    """The results that are there under these names, in their order."""
    return [facts[name] for name in names if isinstance(facts.get(name), Mapping)]


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
