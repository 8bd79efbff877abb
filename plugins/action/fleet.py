# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The action plugin of the module fleet: it reads the variables of all hosts, which a module cannot."""

from __future__ import annotations

from typing import Any

from ..modules.fleet import OPERATION
from ..plugin_utils.action_module import OperationAction
from ..plugin_utils.fleet_sites import FleetSites


class ActionModule(OperationAction):
    operation = OPERATION

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        variables, args = task_vars or {}, self._task.args
        if "hosts" in args and "sites" not in args:
            sites = FleetSites(self._templar, variables).sites(args["hosts"])
            groups = {name: list(hosts) for name, hosts in variables["groups"].items() if name in _names(args)}
            self._task.args = {**args, "sites": sites, "groups": groups}
        return super().run(tmp, task_vars)


def _names(args: dict[str, Any]) -> set[str]:
    """What the waves name, some of it groups."""
    return {str(one) for option in ("canary", "batches") for one in args.get(option) or ()}
