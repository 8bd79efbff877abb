# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Who is connected, in the shape that both generations of the Command API list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..machine.appliance import Machine


KINDS = ("representative", "support_customer", "presentation_attendee", "push_agent")
PINNED = "pinned_client"


@dataclass(frozen=True)
class Connected:
    """One connected client; the id is valid only while it is connected."""

    id: int
    kind: str
    hostname: str
    since: float
    person: object = None
    lsid: str = ""
    platform: str = "Windows 11 (x64)"
    platform_id: str = "winNT_64"

    @property
    def private_ip(self) -> str:
        return f"10.0.{self.id // 250 % 250}.{self.id % 250 + 1}"


def clients(machine: Machine) -> list[Connected]:
    """All but Jump Clients, which no list shows."""
    people, now, found = machine.people, machine.now(), []
    if not machine.accepts_people:
        return found
    for person in people.logged_in(now):
        found.append(Connected(100 + person.id, "representative", f"console-{person.id}", person.since, person))
    for number, (lsid, person) in enumerate(people.sessions(now).items()):
        found.append(Connected(1000 + number, "support_customer", f"customer-{number + 1}", person.since, person, lsid))
    for one in people.jumpoints:
        if one.connected(now):
            found.append(Connected(5000 + one.id, "push_agent", f"jumpoint-{one.id}", one.back))
    return found


def counts(machine: Machine) -> dict[str, int]:
    """Number by kind, Jump Clients online as pinned_client."""
    kinds = [one.kind for one in clients(machine)]
    numbers = {kind: kinds.count(kind) for kind in KINDS}
    numbers[PINNED] = machine.clients.online(machine.now()) if machine.accepts_people else 0
    return numbers
