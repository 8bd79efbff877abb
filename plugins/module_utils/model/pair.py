# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Two nodes and their public name as they were read at one moment: frozen values, from and to plain dicts."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields

PRESENT, ABSENT, ONE_SIDED, UNKNOWN = "present", "absent", "one_sided", "unknown"
PRIMARY, BACKUP, NONE = "primary", "backup", "none"


class _Value:
    @classmethod
    def from_dict(cls, values):
        """From as_dict(), which has been through JSON; what this class does not know is left out."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if name in known})

    def as_dict(self):
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Node(_Value):
    """One appliance of a pair.

    name: what people call it; host: its address in messages; role: the failover role as it tells it, '' when it does not;
    members: GUIDs of the relation as it lists them, its own included; last_data_sync: UNIX seconds or None (JSON tells it
    on the primary only); clock: its time, UNIX seconds. certificate: facts of the one it serves for the public name
    (model.certificate.inspect_der) with `distrust`, empty when not read. Unreachable: `why` is one sentence, the rest empty
    (but `role` holds a word that nobody knows, where that is why it cannot be read).
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
    members: tuple = ()
    last_data_sync: float | None = None
    last_data_sync_status: str = ""
    clock: float = 0.0
    shared_ips: tuple = ()
    certificate: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Public(_Value):
    """The public name: whose GUID answers there, with which certificate. guid '' and `why` where it cannot be told."""

    url: str
    reachable: bool = True
    why: str = ""
    guid: str = ""
    certificate: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Pair:
    """What was read of a site: its nodes (two, if all is well) and its public name, None where none was given."""

    nodes: tuple
    public: Public | None = None

    @property
    def relation(self):
        """'present': each lists the other; 'absent': each lists itself alone; 'one_sided'; 'unknown': one was not read."""
        if len(self.nodes) != 2 or not all(node.reachable and node.members for node in self.nodes):
            return UNKNOWN
        listed = [self.other(node).guid in node.members for node in self.nodes]
        if all(listed):
            return PRESENT
        return ONE_SIDED if any(listed) or any(len(node.members) > 1 for node in self.nodes) else ABSENT

    @property
    def primary(self):
        """The one node that calls itself primary; None without one, or with two."""
        found = [node for node in self.nodes if node.role == PRIMARY]
        return found[0] if len(found) == 1 else None

    @property
    def serving(self):
        """The node that answers under the public name; without a public name the primary."""
        if self.public is None:
            return self.primary
        return next((node for node in self.nodes if node.guid and node.guid == self.public.guid), None)

    def other(self, node):
        return next(one for one in self.nodes if one is not node)

    def node(self, name):
        """The node of that name; KeyError without one."""
        return {node.name: node for node in self.nodes}[name]

    def as_dict(self):
        return {
            "nodes": [node.as_dict() for node in self.nodes], "public": self.public.as_dict() if self.public else None,
            "relation": self.relation, "primary": self.primary.name if self.primary else "",
            "serving": self.serving.name if self.serving else "",
        }  # fmt: skip

    @classmethod
    def from_dict(cls, values):
        """From as_dict()."""
        public = values.get("public")
        return cls(tuple(Node.from_dict(one) for one in values["nodes"]), Public.from_dict(public) if public else None)
