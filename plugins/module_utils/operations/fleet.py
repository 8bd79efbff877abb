# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Decides which sites of a fleet need a run now, by their journals and what this pass has read and done. No appliance is asked."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import ApplianceError
from ..model.journal.state import state_of
from ..model.report.summary import not_before
from ..policy.fleet.standing import (
    CHECK,
    DONE,
    DUE,
    FAILED,
    FAILURES,
    MANUAL,
    NOT_STARTED,
    PLANNED,
    STOPPED,
    WAITING,
    Record,
    Standing,
    ended_standing,
    standing_of,
)
from ..policy.fleet.wave_states import COMPLETE, OPEN, may_begin, wave_states, with_held
from ..policy.fleet.waves import Wave, plan_waves, wave_of
from ..policy.plan.request import NEWEST, target_of
from ..storage.journal import Journal

_UNASKED = "By its journal. Its appliances were not asked in this pass."
_LEFT_OUT = "Left out by --limit."
_ORDER = (FAILED, STOPPED, MANUAL, WAITING, NOT_STARTED, DUE, PLANNED, DONE)  # the first of these is the state of the fleet


def decide(params: Mapping[str, Any], *, now: float, at: str) -> dict[str, Any]:
    """The result of the module fleet. now: seconds since 1970 on this machine; at: the same in ISO 8601. InvalidInput for the waves."""
    sites = {one["site"]: one for one in params["sites"]}
    waves = plan_waves(
        {name: one["nodes"] for name, one in sites.items()}, canary=params["canary"], batches=params["batches"], groups=params["groups"]
    )
    percentage = params["max_fail_percentage"]
    standings = {name: _limited(one, params["limit"], _standing(one, params, now, at)) for name, one in sites.items()}
    wave_at = wave_of(waves)
    begin = may_begin(waves, standings, max_fail_percentage=percentage)
    states = wave_states(waves, standings, max_fail_percentage=percentage)
    shown = {name: _asked(one) for name, one in with_held(states, standings).items()}
    due = {state.wave.number: [sites[name]["host"] for name in state.wave.sites if standings[name].verdict == DUE] for state in states}
    batches = [due[wave.number] for wave in begin if due[wave.number]]
    return {
        "changed": False,
        **_outcome(shown),
        "waves": [
            {"number": one.wave.number, "name": one.wave.name, "state": one.state, "why": one.why, "sites": list(one.wave.sites)}
            for one in states
        ],
        "sites": [_row(sites[name], wave_at[name], one) for name, one in shown.items()],
        "check": [name for wave in begin for name in wave.sites if standings[name].verdict == CHECK],
        "go": [host for state in states if state.state in (COMPLETE, OPEN) for host in due[state.wave.number]],
        "hosts": [host for batch in batches for host in batch],
        "sizes": [len(batch) for batch in batches],
        "tolerated": {sites[name]["host"]: max(0, one.tolerated - one.failures) for one in states for name in one.wave.sites},
    }


def _outcome(standings: Mapping[str, Standing]) -> dict[str, str]:
    """{state, next_run_at} of the fleet: the first wait that ends."""
    verdicts = {FAILED if one.verdict in FAILURES else one.verdict for one in standings.values()}
    ends = sorted(one.until for one in standings.values() if one.verdict == WAITING and one.until)
    return {"state": next((one for one in _ORDER if one in verdicts), DONE), "next_run_at": ends[0] if ends else ""}


def _asked(standing: Standing) -> Standing:
    """The Standing for people: a site that nobody had a reason to ask is done by its journal."""
    return Standing(DONE, why=_UNASKED, version=standing.version) if standing.verdict == CHECK else standing


def _row(site: Mapping[str, Any], wave: Wave, standing: Standing) -> dict[str, Any]:
    known = {name: site[name] for name in ("site", "host", "nodes", "mode", "state_dir")}
    return {**known, "wave": wave.name, "wave_number": wave.number, **standing.as_dict()}


def _limited(site: Mapping[str, Any], limit: Sequence[str] | None, standing: Standing) -> Standing:
    """A site that needs a run and that --limit leaves out is not started."""
    out = limit is not None and site["host"] not in limit and standing.verdict == DUE
    return Standing(NOT_STARTED, why=_LEFT_OUT, version=standing.version) if out else standing


# --- one site


def _standing(site: Mapping[str, Any], params: Mapping[str, Any], now: float, at: str) -> Standing:
    """How the site stands: as its run in this pass ended, as it was read in this pass, or else as its state folder says."""
    record = read_record(site, now)
    ended, read = params["ended"].get(site["host"]), params["read"].get(site["site"])
    if ended:
        given = {"state": str(ended.get("state") or ""), "until": record.until or str(ended.get("until") or "")}
        known = Record(**{**vars(record), **given})
        return ended_standing(known, ended if ended.get("error") or ended.get("msg") else None)
    if read and not record.holder:
        return Standing(read["verdict"], why=read["why"], version=read["version"] or record.version)
    return standing_of(record, now=at, ask_waiting=params["ask_waiting"])


def read_record(site: Mapping[str, Any], now: float) -> Record:
    """What the state folder of a site says; an empty Record where it cannot be read, because the run of the site says so best."""
    journal = Journal(os.path.join(os.path.abspath(site["state_dir"]), "journal.jsonl"))
    try:
        lock = journal.lock.describe(now)
        holder = lock["holder"] if lock and not lock["dead"] else ""
        entries = journal.read()
    except ApplianceError:
        return Record()
    if not entries:
        return Record(holder=holder)
    state = state_of(entries)
    ends = [entry for entry in entries if entry["event"] in ("run_opened", "run_ended")]
    last = ends[-1]["data"] if ends and ends[-1]["event"] == "run_ended" else {}
    summary = last.get("summary") or {}
    return Record(
        state=str(last.get("state") or ""),
        why=str(summary.get("verdict") or last.get("why") or ""),
        until=not_before(entries) if last.get("state") == WAITING else "",
        version=_version(summary),
        same_request=_same_request(state.plan, site),
        open_step=bool(state.open_step),
        holder=holder,
    )


def _version(summary: Mapping[str, Any]) -> str:
    """That of the serving node as the last run left it."""
    nodes = list(summary.get("nodes") or ())
    return str(next((one.get("version") for one in sorted(nodes, key=lambda node: not node.get("serves"))), "") or "")


def _same_request(plan: Mapping[str, Any] | None, site: Mapping[str, Any]) -> bool:
    """Whether the last plan was made for the version that is wanted now."""
    wanted = target_of(str(site["target_version"])) or NEWEST
    return plan is None or plan["request"].get("target_version") == wanted
