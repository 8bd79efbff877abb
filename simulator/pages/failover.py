# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login, Management > Failover: the relation of a pair, made by hand (docs/vendor/pages.md#management--failover).

While there is a relation the page shows how it stands and its controls; otherwise only the form that establishes one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..machine import Refused
from .basics import local
from .failover_settings import NotGood, changed, shared_addresses, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

    from ..machine.pair import Pair
    from .visit import Visit

    Handler = Callable[[Visit], Response]


EVENTS = ("role_changed", "sync_started", "sync_finished", "sync_failed", "relation_broken", "relation_established", "data_overwritten")
NEWEST = 5  # rows of the status history


def failover(visit: Visit, error: str = "") -> Response:
    related = relation(visit) is not None
    return visit.page("failover", **_head(visit), error=error, related=related, history=_history(visit), **_standing(visit))


def relation(visit: Visit) -> Pair | None:
    """The pair while its relation stands, else None."""
    pair = visit.machine.pair
    return pair if pair is not None and pair.related else None


def _head(visit: Visit) -> dict[str, Any]:
    return {"title": f"{visit.words('management')} :: {visit.words('failover')}", "within": "failover"}


def _standing(visit: Visit) -> dict[str, Any]:
    """What the page tells of a relation; of no relation only that there is none."""
    words, machine, pair = visit.words, visit.machine, relation(visit)
    if pair is None:
        return {"sentence": words("failover_is_none")}
    role = machine.failover_role
    return {
        "sentence": words(f"failover_is_{role}"),
        "facts": _facts(visit, pair),
        "other": "backup" if role == "primary" else "primary",
        "syncing": words("sync_running", percent=pair.sync_percent) if pair.syncing else "",
        "settings": shown(pair),
        "shared": shared_addresses(visit),
    }


def _facts(visit: Visit, pair: Pair) -> list[tuple[str, str]]:
    words, machine = visit.words, visit.machine
    reached = words("reached" if pair.reaches(machine) else "not_reached", time=local(visit, machine.now()))
    return [
        (words("this_status"), words(f"role_{machine.failover_role}")),
        (words("peer_host"), pair.peer_of(machine).hostname),
        (words("peer_status"), reached),
        (words("last_sync"), machine.sync_status or words("never")),
    ]


def _history(visit: Visit) -> list[tuple[str, str]]:
    """[(time, what happened)], the newest last."""
    rows = [event for event in visit.machine.history if event["event"] in EVENTS][-NEWEST:]
    return [(local(visit, row["time"]), visit.words(f"event_{row['event']}")) for row in rows]


def _not_done(visit: Visit, key: str, **values: Any) -> Response:
    return failover(visit, visit.words("not_done", reason=visit.words(key, **values)))


def _done(visit: Visit, act: Any, notice: str) -> Response:
    """Do it, and show the page again with what came of it."""
    try:
        act(visit.machine.pair)
    except Refused as exc:
        return _not_done(visit, f"failover_refused_{exc.code}")
    return visit.after("failover", visit.words(notice))


def _related(handler: Any) -> Handler:
    """The handler of a button that is there only while a relation stands; somebody may have broken it meanwhile."""

    def guarded(visit: Visit) -> Response:
        return handler(visit) if relation(visit) else _not_done(visit, "failover_refused_unrelated")

    return guarded


@_related
def sync_now(visit: Visit) -> Response:
    return _done(visit, lambda pair: pair.start_sync(visit.machine), "sync_begun")


@_related
def ask_break(visit: Visit) -> Response:
    """One layout asks whether it is meant."""
    return visit.page("failover_confirm", **_head(visit))


@_related
def break_relation(visit: Visit) -> Response:
    return _done(visit, lambda pair: pair.break_relation(visit.machine), "relation_broken")


def become(role: str) -> Handler:
    """The handler of 'Become Primary' or 'Become Backup': what the button said, whoever has changed the role meanwhile."""

    def handler(visit: Visit) -> Response:
        flags = {"data_sync_first": bool(visit.value("pull_sync")), "force": bool(visit.value("force"))}
        return _done(visit, lambda pair: pair.set_role(visit.machine, role, **flags), "role_begun")

    return _related(handler)


def establish(visit: Visit) -> Response:
    """This box becomes primary and the other's data is overwritten. Each must be reached at the address that was typed for it."""
    machine, pair = visit.machine, visit.machine.pair
    ends = [("new", machine)] + ([("reverse", pair.peer_of(machine))] if pair else [])
    for side, asking in ends:
        host, port = visit.value(f"{side}_host").strip(), visit.value(f"{side}_port").strip()
        if not host or not (port.isascii() and port.isdigit()):
            return _not_done(visit, "address_needed")
        if not _leads_to_peer(pair, asking, host, port):
            return _not_done(visit, "failover_refused_unreachable", host=host, port=port)
    return _done(visit, lambda pair: pair.establish(machine, pair.peer_of(machine)), "relation_established")


def _leads_to_peer(pair: Pair, asking: Any, host: str, port: str) -> bool:
    """Does `asking` reach its peer at this address? A stand-alone appliance has none to reach."""
    if pair is None:
        return False
    try:
        pair.resolve(asking, host, port)
    except Refused:
        return False
    return True


@_related
def save(visit: Visit) -> Response:
    """All or nothing."""
    pair, machine = visit.machine.pair, visit.machine
    try:
        settings, addresses = changed(visit)
    except NotGood as exc:
        return _not_done(visit, exc.key, **exc.values)
    pair.settings.update(settings)
    machine.shared_ips = addresses
    machine.write("save failover settings")
    return visit.after("failover", visit.words("saved"))


PAGES = {"failover": failover}
ACTIONS = {
    "sync_now": sync_now,
    "ask_break": ask_break,
    "break_relation": break_relation,
    "establish": establish,
    "become_primary": become("primary"),
    "become_backup": become("backup"),
    "save_failover": save,
}
