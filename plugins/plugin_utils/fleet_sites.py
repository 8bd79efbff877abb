# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The sites of a fleet by the variables of their hosts, all in one process: a task for each host would cost more than the decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleError
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ..filter.connection import connection
from ..module_utils.model.roles.options import is_empty
from ..module_utils.options import NODE, NODE_RULES
from .role_values import RoleValues

_ALONE = "standalone"
_SPEC = {"nodes": {"type": "list", "elements": "dict", "options": NODE, **NODE_RULES}}


class FleetSites:
    """templar: of Ansible; task_vars: of a task."""

    def __init__(self, templar: Any, task_vars: Mapping[str, Any]) -> None:
        self._hostvars, self._groups = task_vars["hostvars"], task_vars["groups"]
        self._values = RoleValues(templar, needed=False)

    def sites(self, hosts: Iterable[str]) -> list[dict[str, Any]]:
        """[{site, host, nodes, mode, state_dir, target_version}], each site once, in the order of its first host.

        host: the first of its nodes, which upgrades the site. A site whose variables cannot be read has empty ones: its run refuses them.
        """
        found: dict[str, dict[str, Any]] = {}
        for host in hosts:
            name, nodes = self._site_of(host)
            if name not in found:
                options = self.options(nodes[0])
                known = {key: str(options.get(key) or "") for key in ("mode", "state_dir", "target_version")}
                found[name] = {"site": name, "host": nodes[0], "nodes": nodes, **known}
        return list(found.values())

    def options(self, host: str) -> dict[str, Any]:
        """The options of the role upgrade for a host; those that cannot be read are missing."""
        return self._values.options("upgrade", "main", self._variables(host))[1]

    def connections(self, nodes: Sequence[str]) -> list[dict[str, Any]] | None:
        """The connection options of nodes; None where they are not complete, or a bastion reaches a node: the run of the site reads it."""
        try:
            if not all(map(self._is_local, nodes)):
                return None
            found = [dict(connection(self._hostvars[node], named=True)) for node in nodes]
        except AnsibleError:
            return None
        return None if ArgumentSpecValidator(_SPEC).validate({"nodes": found}).error_messages else found

    def _is_local(self, host: str) -> bool:
        variables = self._variables(host)
        connection_of_host = self._values.templated(variables.get("ansible_connection"), variables)
        return is_empty(connection_of_host) or str(connection_of_host).rpartition(".")[2] == "local"

    def _variables(self, host: str) -> dict[str, Any]:
        return dict(self._hostvars.raw_get(host), hostvars=self._hostvars)

    def _site_of(self, host: str) -> tuple[str, list[str]]:
        """(name of the site, its nodes) of a host."""
        variables = self._variables(host)
        try:
            site, mode = (self._values.templated(variables.get(name), variables) for name in ("upgrade_site", "upgrade_mode"))
        except AnsibleError:
            return host, [host]
        pair = not is_empty(site) and not is_empty(mode) and mode != _ALONE
        nodes = list(self._groups.get(str(site), ())) if pair else []
        return (str(site), nodes) if nodes else (host, [host])
