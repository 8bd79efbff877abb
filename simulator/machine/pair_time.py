# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What happens to a pair as time passes: data syncs begin and end, roles change, a backup takes over by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .pair_state import BACKUP, PRIMARY, PairState

if TYPE_CHECKING:
    from .appliance import Machine


class PairInTime(PairState):
    """A pair that settle() brings up to now."""

    def switch(self, name: str) -> None:
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

    def _mail_unless_same(self, machine: Machine) -> bool:
        """Any failover operation between different versions makes the appliance send a mail
        (docs/vendor/command-api.md#set_failover_role)."""
        differ = machine.runs() != self.peer_of(machine).runs()
        if differ:
            self._mail("The software versions of the two appliances differ")
        return differ

    def _mail(self, subject: Any) -> None:
        for one in self.nodes:
            one.mails.append({"time": self.now(), "subject": subject})

    def settle(self) -> None:
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

    def _scheduled(self, now: float) -> None:
        """The first sync after the relation was established, then one in each interval."""
        while self.related and self.next_sync <= now and not self.syncing and not self.swapping:
            if self._mail_unless_same(self.nodes[0]):
                self.next_sync += 3600 * max(1, self.settings["sync_interval_hours"])
                continue
            self._begin_sync(self.next_sync)
            if self.syncing["ends"] <= now:
                self._end_sync()

    def _automatic(self, now: float) -> None:
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

    def _begin_sync(self, at: float, swap: str = "") -> None:
        self.syncing = {"begun": at, "ends": at + 60 * self.spec["sync"]["minutes"], "swap": swap}
        self.next_sync = at + 3600 * max(1, self.settings["sync_interval_hours"])
        for one in self.nodes:
            one.event("sync_started", at)
        self._noted(at)

    def _end_sync(self) -> None:
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

    def _swap(self, new: Any, at: float, *, serial: Any) -> None:
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

    def _end_swap(self) -> None:
        swap, self.swapping = self.swapping, None
        self._give_role(self.node(swap["primary"]), PRIMARY, swap["until"])
        self._follow_shared_ip()
        self._noted(swap["until"])

    def _give_role(self, machine: Machine, role: Any, at: float) -> None:
        if machine.failover_role != role:
            machine.failover_role = role
            machine.event("role_changed", at, role=role)
        self._noted(at)

    def _follow_shared_ip(self) -> None:
        if self.kind == "shared_ip" and self.related and self.primary:
            self.switch(self.primary.name)
