# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the values of the role upgrade contradict among themselves and in the inventory, a sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def contradictions(options: Mapping[str, Any], task_vars: Mapping[str, Any]) -> list[str]:
    """The sentences; [] where the values fit. options: of the role, without its prefix; task_vars: as Ansible gives them to an action."""
    nodes = task_vars.get("groups", {}).get(options.get("site") or "", ())
    found = []
    if options.get("client_strategy") == "reinstall" and not options.get("reinstall_acknowledged"):
        found.append(
            "upgrade_client_strategy is 'reinstall'. All client software (Jump Clients, Jumpoints, representative consoles, buttons, "
            "agents) has to be uninstalled before and installed again after the upgrade, by hand; what is left of it may be lost. Set "
            "upgrade_reinstall_acknowledged to who decided that and why."
        )
    if options.get("mode") == "standalone" and len(nodes) > 1 and not options.get("standalone_reason"):
        found.append(
            f"It is not upgraded alone: the site {options['site']} has the nodes {', '.join(nodes)}. Set upgrade_mode to synchronous or "
            "asynchronous. If they are no pair any more, remove upgrade_site and set upgrade_standalone_reason to who decided that and why."
        )
    first = nodes[0] if len(nodes) > 1 and options.get("mode") != "standalone" else ""
    if first and first not in task_vars.get("ansible_play_hosts_all", ()):
        found.append(f"The site {options['site']} is upgraded by its first host {first}, which is not part of this run: include it.")
    return found
