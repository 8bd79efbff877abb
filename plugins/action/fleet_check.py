# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The action plugin of the module fleet_check: it reads the variables of the hosts of each site, which a module cannot."""

from __future__ import annotations

from typing import Any

from ..module_utils.policy.fleet.standing import DUE
from ..modules.fleet_check import OPERATION
from ..plugin_utils.action_module import OperationAction
from ..plugin_utils.fleet_sites import FleetSites


class ActionModule(OperationAction):
    operation = OPERATION

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        fleet, sites, connections, left = FleetSites(self._templar, task_vars or {}), [], [], {}
        for one in self._task.args["sites"]:
            nodes = fleet.connections(one["nodes"])
            if nodes is not None:
                known = {name: one[name] for name in ("site", "state_dir", "nodes")}
                sites.append({**known, "options": fleet.options(one["host"])})
                connections += nodes
            else:
                left[one["site"]] = {"verdict": DUE, "why": "", "version": ""}
        self._task.args = {"sites": sites, "nodes": connections}
        result = super().run(tmp, task_vars)
        return result if result.get("failed") else dict(result, read={**result["read"], **left})
