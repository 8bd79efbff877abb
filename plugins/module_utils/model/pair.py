# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Two nodes and their public name, as read at one moment: frozen values, from and to dicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, TypeVar

PRESENT, ABSENT, ONE_SIDED, UNKNOWN = "present", "absent", "one_sided", "unknown"
PRIMARY, BACKUP, NONE = "primary", "backup", "none"


_Self = TypeVar("_Self", bound="_Value")


class _Value:
    @classmethod
    def from_dict(cls: type[_Self], values: Mapping[str, Any]) -> _Self:
        """Return the value of as_dict(), perhaps read from JSON; unknown fields are ignored."""
        known = {one.name for one in fields(cls)}  # type: ignore[arg-type]
        return cls(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if name in known})

    def as_dict(self) -> dict[str, Any]:
        """Return lists and dicts, for JSON."""
        values: dict[str, Any] = asdict(self)  # type: ignore[call-overload]
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


@dataclass(frozen=True)
class Node(_Value):
    """One appliance of a pair.

    name: for messages; host: its address in messages; role: its failover role, '' if missing;
    members: GUIDs of the relation as it lists them, its own included; last_data_sync: UNIX seconds or None (in JSON on the
    primary only); clock: its time, UNIX seconds. certificate: facts of the certificate that it serves for the public name
    (model.certificate.inspect_der) with `distrust`, empty if not read. Unreachable: `why` is one sentence, other fields are
    empty (`role` is the unknown word if that is the reason).
    """

    name: str
    host: str = ""
    reachable: bool = True
    why: str = ""
    guid: str = ""
    hostname: str = ""
    product: str = ""
    version: str = ""
    build: str = ""
    healthy: bool = False
    message: str = ""
    role: str = ""
    cluster_role: str = ""
    members: tuple[str, ...] = ()
    last_data_sync: float | None = None
    last_data_sync_status: str = ""
    clock: float = 0.0
    shared_ips: tuple[str, ...] = ()
    certificate: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Public(_Value):
    """The public name: the GUID that answers there, and its certificate. guid is '' and `why` a sentence if they cannot be read."""

    url: str
    reachable: bool = True
    why: str = ""
    guid: str = ""
    certificate: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Pair:
    """The nodes of a site (normally two) and its public name, None if no name was given."""

    nodes: tuple[Node, ...]
    public: Public | None = None

    @property
    def relation(self) -> str:
        """'present': each lists the other; 'absent': each lists only itself; 'one_sided'; 'unknown': a node was not read."""
        if len(self.nodes) != 2 or not all(node.reachable and node.members for node in self.nodes):
            return UNKNOWN
        listed = [self.peer_of(node).guid in node.members for node in self.nodes]
        if all(listed):
            return PRESENT
        return ONE_SIDED if any(listed) or any(len(node.members) > 1 for node in self.nodes) else ABSENT

    @property
    def primary(self) -> Node | None:
        """The only node with the role primary; None without one, or with two."""
        found = [node for node in self.nodes if node.role == PRIMARY]
        return found[0] if len(found) == 1 else None

    @property
    def serving(self) -> Node | None:
        """The node that answers under the public name; without a public name the primary."""
        if self.public is None:
            return self.primary
        return next((node for node in self.nodes if node.guid and node.guid == self.public.guid), None)

    def peer_of(self, node: Node) -> Node:
        """Return the peer of a node."""
        return next(one for one in self.nodes if one is not node)

    def node(self, name: str) -> Node:
        """Return the node of that name. Raises KeyError."""
        return {node.name: node for node in self.nodes}[name]

    def as_dict(self) -> dict[str, Any]:
        """Return lists and dicts, for JSON."""
        return {
            "nodes": [node.as_dict() for node in self.nodes],
            "public": self.public.as_dict() if self.public else None,
            "relation": self.relation,
            "primary": self.primary.name if self.primary else "",
            "serving": self.serving.name if self.serving else "",
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Pair:
        """Return the Pair of as_dict()."""
        public = values.get("public")
        return cls(tuple(Node.from_dict(one) for one in values["nodes"]), Public.from_dict(public) if public else None)
