# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads both nodes of a pair and its public name. What cannot be read is reported as such, and the rest is still read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..errors import ApplianceError
from ..model.address import read_address
from ..model.certificate import inspect_der
from ..model.pair import Node, Pair, Public
from .port import Appliance


def read_pair(
    appliances: Mapping[str, Appliance],
    public: Appliance | None = None,
    public_url: str = "",
    *,
    certificates: bool = False,
    members: bool = True,
) -> Pair:
    """A Pair of {name: Appliance} and the Appliance that answers under the public name, if one is given.

    certificates: also the ones that the nodes serve for the public name; members: also who each node is related to.
    """
    name = host_of(public_url) if public_url else ""
    nodes = tuple(_node(label, one, name, certificates, members) for label, one in appliances.items())
    return Pair(nodes, _public(public, public_url, name, certificates) if public else None)


def _node(name: str, appliance: Appliance, public_name: str, certificates: bool, members: bool) -> Node:
    try:
        node = read_node(name, appliance, members=members)
        return replace(node, certificate=_certificate(appliance, public_name, node.clock)) if certificates else node
    except ApplianceError as exc:
        return Node(name, appliance.host, reachable=False, why=exc.summary, role=_strange_role(exc.facts))


def read_node(name: str, appliance: Appliance, *, members: bool = False) -> Node:
    """The Node of an Appliance. Raises the error of the reading. members: also who it is related to, and what product it is."""
    seen = appliance.observe(members=members)
    return Node(
        name=name,
        host=appliance.host,
        guid=seen["guid"],
        hostname=seen["hostname"],
        product=seen["product"] or (appliance.product() if members else ""),
        version=seen["version"],
        build=seen["build"],
        healthy=seen["healthy"],
        message=seen["message"],
        role=seen["failover_role"],
        cluster_role=seen["cluster_role"],
        clock=seen["clock"],
        members=tuple(sorted(member["guid"] for member in seen["members"])),
        shared_ips=tuple(seen["shared_ips"]),
        last_data_sync=seen["last_data_sync"],
        last_data_sync_status=seen["last_data_sync_status"],
    )


def _strange_role(facts: Mapping[str, Any]) -> str:
    """The role word that made an answer unreadable, '' if something else did."""
    return facts.get("found", "") if facts.get("field") == "failover_role" else ""


def _public(appliance: Appliance, url: str, name: str, certificates: bool) -> Public:
    try:
        health = appliance.health()
        certificate = _certificate(appliance, name, 0) if certificates else {}
    except ApplianceError as exc:
        return Public(url, reachable=False, why=exc.summary)
    return Public(url, guid=health.guid, certificate=certificate)


def _certificate(appliance: Appliance, name: str, now: float) -> dict[str, Any]:
    """Facts of the certificate served for that name (its own one without a name), and why it would not be believed."""
    facts = inspect_der(appliance.certificate(name), now=now, host=appliance.host)
    return dict(facts, distrust=appliance.distrust(name) if name else "")


def host_of(url: str) -> str:
    """'support.example.com' of the public address: the name for which the nodes must have a certificate."""
    host = read_address(url).host
    return host.rpartition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
