# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login, Status > Information: the product's version and build, and who is online."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from .visit import Visit


def information(visit: Visit) -> Response:
    words, machine = visit.words, visit.machine
    facts = [(words("product_version"), machine.version), (words("product_build"), machine.build)]
    clients = [(words(kind), str(number)) for kind, number in machine.online_counts().items()]
    title = f"{words('status')} :: {words('information')}"
    return visit.page("information", title=title, within="information", facts=facts, clients=clients)


PAGES = {"information": information}
ACTIONS = {}
