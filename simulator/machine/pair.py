# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A failover pair: two machines, one public name. Roles, data sync, role swap, break and establish
(docs/vendor/command-api.md#set_failover_role, docs/vendor/pages.md#management--failover).

What the vendor documents: the roles, who overwrites whom, sync before a swap, both backup for a moment, sync only between
equal versions and builds, the mails. What is UNKNOWN and our invention: all texts, how long things take, which role the
nodes tell after a break (world key roles_after_break), whether settings survive it.
"""

import math

from .refused import Refused
from .replica import Replica
from .timeline import Timeline

PRIMARY, BACKUP, NONE = "primary", "backup", "none"
SYNC_STARTED = "Successfully started data sync. Role change will occur upon successful completion."
CHANGED = "Successfully changed role."


class Pair(Replica):
    """Both nodes and what is between them. Every method uses the virtual time now and raises Refused.

    related: whether the relation stands. syncing: None or dict of begun, ends, swap (the role change that follows).
    swapping: None or dict of until, primary. front: name of the node behind the public name. cut: peers do not reach each other.
    """

    def __init__(self, spec, machines, clock):
        self.spec, self.name, self.clock = spec, spec["name"], clock
        self.public_hostname, self.kind = spec["public_hostname"], spec["front"]
        self.nodes = [machines[name] for name in spec["nodes"]]
        self.related, self.front = spec["related"], self.nodes[0].name
        self.syncing = self.swapping = None
        self.cut, self.fails = False, spec["sync"]["fails"]
        self.settings = {
            "backup_operations": spec["backup_operations"],
            "sync_interval_hours": spec["sync"]["interval_hours"],
            "sync_bandwidth": "",
            "automatic_failover": spec["automatic_failover"],
            "primary_timeout_minutes": spec["primary_timeout_minutes"],
            "test_ips": "",
        }
        self.ports = {}  # node name -> HTTPS port, told by the servers
        self.unreachable_since, self.interfering = None, False
        self.next_sync = clock.now() + 3600 * self.settings["sync_interval_hours"] if self.related else math.inf
        self._start_with(self.nodes)
        self.timeline = Timeline(clock.now(), self.front, self.accepts(), self._primaries())

    # --- looking

    def now(self):
        return self.clock.now()

    def peer_of(self, machine):
        return next(one for one in self.nodes if one is not machine)

    def node(self, name):
        """The node of that name. Raises KeyError."""
        return {one.name: one for one in self.nodes}[name]

    def with_role(self, role):
        return next((one for one in self.nodes if one.failover_role == role), None)

    @property
    def primary(self):
        return self.with_role(PRIMARY)

    @property
    def backup(self):
        return self.with_role(BACKUP)

    @property
    def sync_percent(self):
        if not self.syncing:
            return None
        length = max(1.0, self.syncing["ends"] - self.syncing["begun"])
        return max(0, min(99, int(100 * (self.now() - self.syncing["begun"]) / length)))

    def accepts(self):
        """Does the node behind the public name take people and clients?"""
        swap = self.swapping or (self.syncing and self.syncing["swap"])
        return self.node(self.front).failover_role != BACKUP and not swap

    def outages(self):
        return self.timeline.outages({one.name: one.downs for one in self.nodes}, self.now())

    def busy_until(self):
        """Until when the clock must not idle away."""
        ends = [self.syncing["ends"]] if self.syncing else []
        ends += [self.swapping["until"]] if self.swapping else []
        first = [self.next_sync] if self.related and self.nodes[0].synced_at is None else []
        return max([*ends, *first], default=-math.inf)

    def reaches(self, machine):
        """Does this node reach its peer now?"""
        return not self.cut and self.peer_of(machine).is_down() is None

    def resolve(self, machine, host, port):
        """The machine at a typed address. Raises Refused when it is not the peer, or does not answer."""
        peer = self.peer_of(machine)
        here = host.strip().lower() in ("127.0.0.1", "localhost")
        known = int(port) == self.ports.get(peer.name, 443) if here else host.strip().lower() == peer.hostname.lower()
        if not known or not self.reaches(machine):
            raise Refused("unreachable", f"The appliance at {host}:{port} cannot be reached.")
        return peer

    # --- by hand and by API

    def switch(self, name):
        """DNS, NAT or the shared IP: from now on the public name leads to this node, and clients meet what it runs."""
        old, new = self.node(self.front), self.node(name)
        if new is old:
            return
        self.record()
        now = self.now()
        self.front = name
        new.event("public_switched", to=name)
        self.people.cut(now, now)
        if new.runs() != old.runs():
            self.clients.site_installed(now, now)
            self.people.upgraded(now)
        self._noted(now)

    def start_sync(self, machine):
        """Sync Now. Raises Refused."""
        self._allowed(machine)
        self._same_software(machine)
        self._begin_sync(self.now())
        machine.write("sync now")

    def break_relation(self, machine):
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

    def establish(self, machine, peer):
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

    def set_role(self, machine, role, *, data_sync_first=False, force=False):
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

    def claim(self, machine, role):
        """The node says so from now on, whatever the other one says (control port)."""
        self._give_role(machine, role, self.now())

    def _allowed(self, machine):
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

    def _same_software(self, machine):
        if self._mail_unless_same(machine):
            raise Refused("versions", "The software versions of the two appliances differ.")

    def _mail_unless_same(self, machine):
        """Any failover operation between different versions makes the appliance send a mail
        (docs/vendor/command-api.md#set_failover_role)."""
        differ = machine.runs() != self.peer_of(machine).runs()
        if differ:
            self._mail("The software versions of the two appliances differ")
        return differ

    def _mail(self, subject):
        for one in self.nodes:
            one.mails.append({"time": self.now(), "subject": subject})

    # --- time passes

    def settle(self):
        """Bring both nodes and all between them up to now."""
        self.record()
        for one in self.nodes:
            one.settle_alone()
        now = self.now()
        while self.syncing and self.syncing["ends"] <= now:
            self._end_sync()
        if self.swapping and self.swapping["until"] <= now:
            self._end_swap()
        self._scheduled(now)
        self._automatic(now)
        self._noted(now)

    def _scheduled(self, now):
        """The first sync after the relation was established, then one in each interval."""
        while self.related and self.next_sync <= now and not self.syncing and not self.swapping:
            if self._mail_unless_same(self.nodes[0]):
                self.next_sync += 3600 * max(1, self.settings["sync_interval_hours"])
                continue
            self._begin_sync(self.next_sync)
            if self.syncing["ends"] <= now:
                self._end_sync()

    def _automatic(self, now):
        """A backup that does not reach its primary for long enough takes over by itself, when it is told to."""
        if not (self.related and self.primary and self.backup):
            return
        if self.reaches(self.backup):
            self.unreachable_since = None
            return
        self.unreachable_since = self.unreachable_since or now
        waited = now - self.unreachable_since
        if self.settings["automatic_failover"] and waited >= 60 * self.settings["primary_timeout_minutes"]:
            self._mail("Automatic failover")
            self._give_role(self.backup, PRIMARY, now)
            self._follow_shared_ip()

    def _begin_sync(self, at, swap=""):
        self.syncing = {"begun": at, "ends": at + 60 * self.spec["sync"]["minutes"], "swap": swap}
        self.next_sync = at + 3600 * max(1, self.settings["sync_interval_hours"])
        for one in self.nodes:
            one.event("sync_started", at)
        self._noted(at)

    def _end_sync(self):
        sync, self.syncing = self.syncing, None
        begun, ends, primary = sync["begun"], sync["ends"], self.primary
        cut = self.cut or any(a < ends and b > begun for one in self.nodes for a, b in one.downs)
        problem = self.fails or ("The peer appliance could not be reached." if cut else "")
        if not primary or not self.backup:
            problem = problem or "There is no primary site instance."
        if problem:
            for one in self.nodes:
                one.sync_status = f"Failed: {problem}"
                one.synced_at = one.synced_at or begun
                one.event("sync_failed", ends, problem=problem)
            self._noted(ends)
            return
        self._copy(primary, self.backup, ends)
        for one in self.nodes:
            one.synced_at, one.sync_status = ends, "Success"
            one.event("sync_finished", ends)
        if sync["swap"]:
            self._swap(self.node(sync["swap"]), ends, serial=True)
        self._noted(ends)

    def _swap(self, new, at, *, serial):
        """Serial: both are backup for a moment."""
        old = self.peer_of(new)
        if serial:
            self._give_role(old, BACKUP, at)
            self.swapping = {"until": at + 60 * self.spec["swap_minutes"], "primary": new.name}
            self._noted(at)
        else:
            old.failover_role = BACKUP
            self._give_role(new, PRIMARY, at)
            self._follow_shared_ip()

    def _end_swap(self):
        swap, self.swapping = self.swapping, None
        self._give_role(self.node(swap["primary"]), PRIMARY, swap["until"])
        self._follow_shared_ip()
        self._noted(swap["until"])

    def _give_role(self, machine, role, at):
        if machine.failover_role != role:
            machine.failover_role = role
            machine.event("role_changed", at, role=role)
        self._noted(at)

    def _follow_shared_ip(self):
        if self.kind == "shared_ip" and self.related and self.primary:
            self.switch(self.primary.name)

    def _primaries(self):
        return sum(one.failover_role == PRIMARY for one in self.nodes)

    def _noted(self, at):
        self.timeline.note(at, self.front, self.accepts(), self._primaries())
