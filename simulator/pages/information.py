# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login, Status > Information: the product's version and build, and who is online."""

from __future__ import annotations


def online(machine) -> dict[str, int]:
    """Label key -> how many are connected now. A Jump Client that is online has upgraded (DOCUMENTED)."""
    now = machine.now()
    return {
        "representative_consoles": len(machine.people.logged_in(now)),
        "customer_clients": len(machine.people.sessions(now)),
        "jump_clients": machine.clients.online(now),
        "jumpoints": sum(jumpoint.connected(now) for jumpoint in machine.people.jumpoints),
    }


def information(visit):
    words, machine = visit.words, visit.machine
    facts = [(words("product_version"), machine.version), (words("product_build"), machine.build)]
    clients = [(words(kind), str(number)) for kind, number in online(machine).items()]
    title = f"{words('status')} :: {words('information')}"
    return visit.page("information", title=title, within="information", facts=facts, clients=clients)


PAGES = {"information": information}
ACTIONS = {}
