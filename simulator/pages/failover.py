# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login, Management > Failover and Management > Security: the relation of a pair, made by hand (interfaces 12.4 and 12.5)."""

from __future__ import annotations

from ..clock import to_iso
from ..machine import Refused

SETTINGS = {"sync_interval": "sync_interval_hours", "sync_bandwidth": "sync_bandwidth", "primary_timeout": "primary_timeout_minutes",
            "test_ips": "test_ips"}  # fmt: skip
SWITCHES = ("backup_operations", "automatic_failover")


def failover(visit, error: str = ""):
    words, machine, pair = visit.words, visit.machine, visit.machine.pair
    title = f"{words('management')} :: {words('failover')}"
    related = pair is not None and pair.related
    role = machine.failover_role if related else "none"
    return visit.page(
        "failover", title=title, within="failover", error=error, related=related, sentence=words(f"failover_is_{role}"),
        facts=_facts(visit, pair) if related else [], other="backup" if role == "primary" else "primary", role=role,
        syncing=_syncing(words, pair) if related else "", settings=_settings(pair) if related else {}, history=_history(visit),
    )  # fmt: skip


def _facts(visit, pair):
    words, machine = visit.words, visit.machine
    peer = pair.peer_of(machine)
    reached = words("reached" if pair.reaches(machine) else "not_reached", time=to_iso(machine.now()))
    return [(words("this_status"), words(f"role_{machine.failover_role}")), (words("peer_host"), peer.hostname),
            (words("peer_status"), reached), (words("last_sync"), machine.sync_status or words("never"))]  # fmt: skip


def _syncing(words, pair):
    return words("sync_running", percent=pair.sync_percent) if pair.syncing else ""


def _settings(pair):
    return {**{field: pair.settings[key] for field, key in SETTINGS.items()}, **{key: pair.settings[key] for key in SWITCHES}}


def _history(visit):
    kept = ("role_changed", "sync_finished", "sync_failed", "relation_broken", "relation_established", "data_overwritten")
    rows = [event for event in visit.machine.history if event["event"] in kept][-5:]
    return [(to_iso(event["time"]), event["event"].replace("_", " ")) for event in rows]


def _done(visit, act, notice):
    """Do it, and show the page again with what came of it."""
    try:
        act()
    except Refused as exc:
        return failover(visit, visit.words("not_done", reason=exc))
    return visit.after("failover", visit.words(notice))


def _pair(visit):
    if visit.machine.pair is None:
        raise Refused("unrelated", "There is no failover relationship.")
    return visit.machine.pair


def sync_now(visit):
    return _done(visit, lambda: _pair(visit).start_sync(visit.machine), "sync_begun")


def ask_break(visit):
    """One layout asks whether it is meant."""
    title = f"{visit.words('management')} :: {visit.words('failover')}"
    return visit.page("failover_confirm", title=title, within="failover")


def break_relation(visit):
    return _done(visit, lambda: _pair(visit).break_relation(visit.machine), "relation_broken")


def establish(visit):
    def act():
        pair, port = _pair(visit), visit.value("new_port").strip()
        if not port.isdigit() or not visit.value("reverse_host").strip():
            raise Refused("address", visit.words("address_needed"))
        pair.establish(visit.machine, pair.resolve(visit.machine, visit.value("new_host"), port))

    return _done(visit, act, "relation_established")


def become(visit):
    """Become Primary or Become Backup: whichever this node is not."""
    role = "backup" if visit.machine.failover_role == "primary" else "primary"
    flags = {"data_sync_first": bool(visit.value("pull_sync")), "force": bool(visit.value("force"))}
    return _done(visit, lambda: _pair(visit).set_role(visit.machine, role, **flags), "role_begun")


def save(visit):
    def act():
        pair = _pair(visit)
        numbers = {"sync_interval_hours": float(visit.value("sync_interval") or 24),
                   "primary_timeout_minutes": float(visit.value("primary_timeout") or 10)}  # fmt: skip
        texts = {"sync_bandwidth": visit.value("sync_bandwidth"), "test_ips": visit.value("test_ips")}
        pair.settings.update(numbers, **texts, **{key: bool(visit.value(key)) for key in SWITCHES})
        visit.machine.write("save failover settings")

    return _done(visit, act, "saved")


def site_security(visit):
    title = f"{visit.words('management')} :: {visit.words('security')}"
    return visit.page("site_security", title=title, within="site_security", key=visit.machine.inter_appliance_key)


def save_key(visit):
    visit.machine.inter_appliance_key = visit.value("inter_appliance_key")
    visit.machine.write("save inter-appliance key")
    return visit.after("site_security", visit.words("saved"))


PAGES = {"failover": failover, "site_security": site_security}
ACTIONS = {
    "sync_now": sync_now, "ask_break": ask_break, "break_relation": break_relation, "establish": establish, "become": become,
    "save_failover": save, "save_key": save_key,
}  # fmt: skip
