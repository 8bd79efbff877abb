# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Why nothing may be done to a pair now: every reason by name, with the way out. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Blocker(enum.Enum):
    """A reason; its value is the word for programs, its remedy what a person does."""

    # the inventory
    NODE_COUNT = "node_count"
    SAME_APPLIANCE = "same_appliance"
    MODE_NEEDS_PAIR = "mode_needs_pair"
    MIXED_PRODUCT = "mixed_product"
    FOREIGN_JOURNAL = "foreign_journal"
    # the nodes
    NODE_UNREACHABLE = "node_unreachable"
    NODE_UNHEALTHY = "node_unhealthy"
    CLUSTER = "cluster"
    # between the nodes
    ROLE_UNKNOWN = "role_unknown"
    TWO_PRIMARIES = "two_primaries"
    TWO_BACKUPS = "two_backups"
    ROLES_WITHOUT_RELATION = "roles_without_relation"
    NO_PRIMARY = "no_primary"
    FOREIGN_PEER = "foreign_peer"
    ONE_SIDED_RELATION = "one_sided_relation"
    RELATION_UNEXPECTED = "relation_unexpected"
    VERSIONS_DIFFER = "versions_differ"
    SYNC_FAILED = "sync_failed"
    SYNC_TOO_OLD = "sync_too_old"
    # the public name
    PUBLIC_MISSING = "public_missing"
    PUBLIC_UNREACHABLE = "public_unreachable"
    PUBLIC_ELSEWHERE = "public_elsewhere"
    PUBLIC_ON_BACKUP = "public_on_backup"
    CERTIFICATES_DIFFER = "certificates_differ"
    CERTIFICATE_UNTRUSTED = "certificate_untrusted"
    # the plan
    DATA_GAP = "data_gap"
    OFFERS_DIFFER = "offers_differ"
    HOPS_APART = "hops_apart"
    BACKUP_ROLE_KEPT = "backup_role_kept"
    INTERIM_OVERDUE = "interim_overdue"

    @property
    def remedy(self) -> str:
        return _REMEDIES[self]


_LOOK = "Look at /login > Management > Failover on both nodes."
_REMEDIES = {
    Blocker.NODE_COUNT: "Put the two nodes of the pair, and nothing else, into the inventory group of the site (upgrade_site).",
    Blocker.SAME_APPLIANCE: "Give each node its own address (bomgar_url), not the public name.",
    Blocker.MODE_NEEDS_PAIR: "Give upgrade_site and upgrade_public_url, or upgrade_mode: standalone.",
    Blocker.MIXED_PRODUCT: "A pair is two appliances of the same product: correct the addresses.",
    Blocker.FOREIGN_JOURNAL: "Correct the addresses, or give the site another upgrade_state_dir.",
    Blocker.NODE_UNREACHABLE: "Repair the cause, then run the same command again.",
    Blocker.NODE_UNHEALTHY: "Repair that first; see /login > Status on the node.",
    Blocker.CLUSTER: "Atlas clusters are recognised and not upgraded: the vendor's order for them is in no public text. Ask support.",
    Blocker.ROLE_UNKNOWN: f"Only none, primary and backup are known. {_LOOK}",
    Blocker.TWO_PRIMARIES: "Find out which node has the newer data and leave it primary; on the other one press Become "
    "Backup (/login > Management > Failover). Nothing was written.",
    Blocker.TWO_BACKUPS: "If no role swap runs: on the node with the newer data press Become Primary (/login > Management > Failover).",
    Blocker.ROLES_WITHOUT_RELATION: f"The nodes list no relation and report roles that require a relation. {_LOOK}",
    Blocker.NO_PRIMARY: f"A relation has one primary. {_LOOK}",
    Blocker.FOREIGN_PEER: "A node is related to an appliance that is not in this site: correct the inventory, or break that relation.",
    Blocker.ONE_SIDED_RELATION: f"One node lists the other one, which does not list it. {_LOOK}",
    Blocker.RELATION_UNEXPECTED: _LOOK,
    Blocker.VERSIONS_DIFFER: "Bring both nodes to the same package first; the playbooks for pairs do.",
    Blocker.SYNC_FAILED: "See the status history of /login > Management > Failover on the primary, repair the cause and press Sync Now.",
    Blocker.SYNC_TOO_OLD: "Press Sync Now on /login > Management > Failover, and find out why it does not run by itself.",
    Blocker.PUBLIC_MISSING: "Give the public name of the pair (upgrade_public_url): through it is verified which node serves.",
    Blocker.PUBLIC_UNREACHABLE: "Repair DNS, NAT or the shared IP: nobody can work now, or this machine does not see it.",
    Blocker.PUBLIC_ELSEWHERE: "Correct upgrade_public_url, or let the public name lead to the node that shall serve.",
    Blocker.PUBLIC_ON_BACKUP: "A backup accepts nobody: let the public name lead to the primary, or swap the roles (playbook failover).",
    Blocker.CERTIFICATES_DIFFER: "Replicate the certificate with its key to the other node (/appliance > Security > Certificates), or no "
    "client comes back after a failover.",
    Blocker.CERTIFICATE_UNTRUSTED: "Install a certificate for the public name with its whole chain on the node, or name its authority "
    "in bomgar_ca_path.",
    Blocker.DATA_GAP: "Announce a freeze of changes and set upgrade_data_gap: accept; or use the synchronous mode.",
    Blocker.OFFERS_DIFFER: "Press Check for Updates on both nodes; ask the vendor's support why they are offered different packages.",
    Blocker.HOPS_APART: "Bring the node that is behind up to one hop by hand, or use the synchronous mode from the node that serves.",
    Blocker.BACKUP_ROLE_KEPT: "Nothing is lost: go on with the playbook upgrade_synchronous, which needs no take-over; or set "
    "upgrade_failover_relation: keep for the next time.",
    Blocker.INTERIM_OVERDUE: "There is no failover until both nodes are done: set upgrade_acknowledged: [interim] and run again.",
}


@dataclass(frozen=True)
class Problem:
    """One reason found: a sentence, and the state of each node."""

    blocker: Blocker
    sentence: str
    evidence: str = ""

    def as_dict(self) -> dict[str, str]:
        return {"blocker": self.blocker.value, "sentence": self.sentence, "remedy": self.blocker.remedy, "evidence": self.evidence}

    def line(self) -> str:
        seen = f" ({self.evidence})" if self.evidence else ""
        return f"{self.blocker.value}: {self.sentence}{seen} {self.blocker.remedy}"
