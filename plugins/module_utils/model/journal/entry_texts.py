# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Each entry of a journal as a line for people. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import client_state as client_history
from . import decisions, preparations, snapshots, version_history
from .parts import Data, Entry


def describe_entry(entry: Entry) -> str:
    """One line for people."""
    data = entry["data"]
    describe = TEXTS.get(entry["event"])
    text = describe(entry, data) if describe else f"{entry['event']}: {data}"
    return " ".join(text.split())


def _catch_up(entry: Entry, data: Data) -> str:
    times = f" ({entry['readings']} readings)" if entry.get("readings", 1) > 1 else ""
    why = "; ".join(map(str, data.get("reasons") or [])) or "closed"
    again = f"; run again at {data['next_run_at']} (the appliance's clock)" if data.get("next_run_at") else ""
    return f"{data['package']}: catch-up closed{times}: {why}{again}"


def _passed(entry: Entry, data: Data) -> str:
    percent = data.get("caught_up_percent")
    followed = f", {percent:g} % of the clients have upgraded" if _number(percent) else ""
    left = f", without {len(data['stragglers'])} clients" if data.get("stragglers") else ""
    return f"{data['package']}: catch-up open{followed}{left}{_deviations(entry)}"


def _begun(entry: Entry, data: Data) -> str:
    upload = data.get("upload") or {}
    file = f" from {upload.get('path')}, SHA-256 {upload.get('sha256')}" if upload else ""
    waiver = f", without exported keys: {data['keys_waiver']}" if data.get("keys_waiver") else ""
    return f"{data['package']}: installation begun{on_node(data)}{file}{waiver}{_deviations(entry)}"


def _done(entry: Entry, data: Data) -> str:
    evidence = ", ".join(f"{name} {value}" for name, value in (data.get("evidence") or {}).items())
    return f"{data['package']}: installed" + (f", verified by {evidence}" if evidence else "")


def _saved(what: str) -> Callable[[Entry, Data], str]:
    def describe(entry: Entry, data: Data) -> str:
        size = f", {data['bytes']} bytes" if data.get("bytes") is not None else ""
        name = f" {data['name']}" if data.get("name") else ""
        return f"{what}{name} saved: {data['path']}{size}, SHA-256 {data['sha256']}{_deviations(entry)}"

    return describe


def _with_reason(words: str) -> Callable[[Entry, Data], str]:
    def describe(entry: Entry, data: Data) -> str:
        why = data.get("why") or data.get("reason")
        return f"{data['package']}: {words}" + (f": {why}" if why else "") + (decisions.by(entry) if "person" in words else "")

    return describe


def _opened(entry: Entry, data: Data) -> str:
    who = entry.get("who") or {}
    names = " for ".join(dict.fromkeys(who[name] for name in ("user", "awx_user", "person") if who.get(name)))
    at = f" by {names} at {who.get('host')} (process {who.get('process')})" if names else ""
    job = f", AWX job {who['awx_job']}" if who.get("awx_job") else ""
    tools = {"bomgar.appliance": "collection", "ansible-core": "ansible_core", "Python": "python"}
    made = "".join(f", {name} {who[key]}" for name, key in tools.items() if who.get(key))
    over = f"; it took over the lock of {data['took_over']}" if data.get("took_over") else ""
    return f"run {entry['run']} began{at}{job}{made}{over}"


def _deviations(entry: Entry) -> str:
    """What was done otherwise than usual, and by whom."""
    words = decisions.deviations(entry["data"])
    return words + (decisions.by(entry) if words or entry["data"].get("keys_waiver") else "")


def _ended(entry: Entry, data: Data) -> str:
    state = f": {data['state']}" if data.get("state") else ""
    return f"run {entry['run']} ended{state}" + (f". {data['why']}" if data.get("why") else "")


def _planned(entry: Entry, data: Data) -> str:
    request = data["request"]
    why = f"; changed because: {data['reason']}{decisions.by(entry)}" if data.get("reason") else ""
    return f"plan: to {request.get('target_version')}, {request.get('mode')}{why}"


def _site(entry: Entry, data: Data) -> str:
    primary = f", primary {data['origin']}" if data.get("origin") else ""
    return f"the site is {' and '.join(data.get('guids') or []) or 'as before'}{primary}"


_ACTIONS = {
    "sync": "data sync",
    "break": "break of the failover relation",
    "establish": "failover relation",
    "swap": "role swap",
    "take_over": "take-over",
    "interim": "interim",
}


def _action(words: str) -> Callable[[Entry, Data], str]:
    def describe(entry: Entry, data: Data) -> str:
        why = (data.get("data") or {}).get("reason")
        return f"{data['node']}: {_ACTIONS.get(data['action'], data['action'])} {words}" + (f": {why}" if why else "")

    return describe


TEXTS: dict[str, Callable[[Entry, Data], str]] = {
    "run_opened": _opened,
    "run_ended": _ended,
    "site_seen": _site,
    "plan_recorded": _planned,
    "action_begun": _action("begun"),
    "action_done": _action("verified"),
    "action_withdrawn": lambda entry, data: f"{_action('not done')(entry, data)}: {data['why']}",
    "acknowledged": lambda entry, data: f"acknowledged: {data['what']}{decisions.by(entry)}",
    "step_begun": _begun,
    "step_sent": lambda entry, data: f"{data['package']}: request sent",
    "step_done": _done,
    "step_unverified": _with_reason("NOT VERIFIED to be installed"),
    "step_withdrawn": _with_reason("request not sent"),
    "step_released": _with_reason("settled by a person"),
    "catch_up_waiting": _catch_up,
    "catch_up_passed": _passed,
    "backup_taken": _saved("backup"),
    "certificate_saved": _saved("certificate"),
    "plan_approved": lambda entry, data: f"plan {data['hash']} approved{decisions.by(entry)}",
    "window_waiting": lambda entry, data: f"{data.get('what') or 'the next step'} waits for its maintenance window: {data['why']}",
    "note": lambda entry, data: str(data["text"]),
    **version_history.TEXTS,
    **client_history.TEXTS,
    **decisions.TEXTS,
    **snapshots.TEXTS,
    **preparations.TEXTS,
}


def on_node(step: Mapping[str, Any]) -> str:
    """' on HOST', or nothing where no host is known."""
    return f" on {step['host']}" if step.get("host") else ""


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
