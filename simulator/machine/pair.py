# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A failover pair: two machines, one public name. Roles, data sync, role swap, break and establish
(docs/vendor/command-api.md#set_failover_role, docs/vendor/pages.md#management--failover).

What the vendor documents: the roles, who overwrites whom, sync before a swap, both backup for a moment, sync only between
equal versions and builds, the mails. What is UNKNOWN and our invention: all texts, how long things take, which role the
nodes tell after a break (world key roles_after_break), whether settings survive it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from .pair_state import BACKUP, NONE, PRIMARY
from .pair_time import PairInTime
from .refused import Refused

if TYPE_CHECKING:
    from .appliance import Machine


SYNC_STARTED = "Successfully started data sync. Role change will occur upon successful completion."
CHANGED = "Successfully changed role."


class Pair(PairInTime):
    """What people and the API do to a pair. Each method acts at the virtual time now and raises Refused."""

    def start_sync(self, machine: Machine) -> None:
        """Sync Now. Raises Refused."""
        self._allowed(machine)
        self._same_software(machine)
        self._begin_sync(self.now())
        machine.write("sync now")

    def break_relation(self, machine: Machine) -> None:
        """Break Failover Relations. Raises Refused."""
        if not self.related:
            raise Refused("unrelated", "There is no failover relationship.")
        if self.syncing or self.swapping:
            raise Refused("busy", "A data sync or a role change is in progress.")
        self.related, self.next_sync = False, math.inf
        for one in self.nodes:
            one.failover_role = one.failover_role if self.spec["roles_after_break"] == "kept" else NONE
            one.synced_at = one.sync_status = None
            one.event("relation_broken", by=machine.name)
        machine.write("break failover relation")
        self._noted(self.now())

    def establish(self, machine: Machine, peer: Any) -> None:
        """Establish Relationship: `machine` becomes primary and its peer's data is overwritten. Raises Refused."""
        if self.related:
            raise Refused("related", "A failover relationship exists already.")
        if machine.inter_appliance_key != peer.inter_appliance_key:
            raise Refused("key", "The inter-appliance communication pre-shared keys do not match.")
        self._same_software(machine)
        now = self.now()
        self.related, self.interfering = True, False
        machine.failover_role, peer.failover_role = PRIMARY, BACKUP
        self.next_sync = now + self.spec["sync"]["first_after_seconds"]
        self._overwrite(machine, peer, now)
        for one in self.nodes:
            one.synced_at = one.sync_status = None
            one.event("relation_established", primary=machine.name)
        machine.write(f"establish failover relation with {machine.name} as primary")
        self._follow_shared_ip()
        self._noted(now)

    def set_role(self, machine: Machine, role: Any, *, data_sync_first: bool = False, force: bool = False) -> str:
        """Become Primary or Become Backup, or set_failover_role; the sentence for the caller. Raises Refused."""
        peer = self.peer_of(machine)
        if not self.related:
            raise Refused("unrelated", "This appliance is not in a failover relationship.")
        if machine.failover_role == role and {machine.failover_role, peer.failover_role} == {PRIMARY, BACKUP}:
            return CHANGED
        alone = force and role == BACKUP and machine.failover_role == PRIMARY and not self.reaches(machine)
        if not alone:
            self._allowed(machine)
        if data_sync_first and not alone:
            self._same_software(machine)
        machine.write(f"set failover role {role}" + (" by force" if alone else ""))
        if alone:
            self._give_role(machine, BACKUP, self.now())
            return CHANGED
        new = machine if role == PRIMARY else peer
        if data_sync_first:
            self.people.cut(self.now(), self.now() + 60 * self.spec["sync"]["minutes"])
            self._begin_sync(self.now(), swap=new.name)
            return SYNC_STARTED
        self._mail_unless_same(machine)
        self._swap(new, self.now(), serial=role == BACKUP)
        return CHANGED

    def claim(self, machine: Machine, role: Any) -> None:
        """The node says so from now on, whatever the other one says (control port)."""
        self._give_role(machine, role, self.now())

    def _allowed(self, machine: Machine) -> None:
        if not self.related:
            raise Refused("unrelated", "There is no failover relationship.")
        if self.syncing or self.swapping:
            raise Refused("busy", "A data sync or a role change is in progress.")
        if not self.settings["backup_operations"]:
            self._mail("Backup operations are disabled")
            raise Refused("disabled", "Backup operations are disabled.")
        if not self.reaches(machine):
            self._mail("The peer cannot be reached")
            raise Refused("peer", "The peer appliance cannot be reached.")
        if machine.inter_appliance_key != self.peer_of(machine).inter_appliance_key:
            raise Refused("key", "The inter-appliance communication pre-shared keys do not match.")

    def _same_software(self, machine: Machine) -> None:
        if self._mail_unless_same(machine):
            raise Refused("versions", "The software versions of the two appliances differ.")
