# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report of an upgrade as data, from what its state folder holds. Pure.

The same folder gives the same report, but for the moment at which it was made. docs/schemas/report.schema.json describes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..journal.entry_texts import describe_entry
from ..journal.state import state_of
from ..plain_text import plain_line, plain_values
from .acts import acts_of, seconds
from .compared import comparison
from .curves import curves
from .prepared import began, preparation
from .records import checks, files, people, work
from .rehearsal import compare_rehearsal
from .scope import Entry, Names, beginning
from .step_rows import step_rows
from .summary import summarize
from .timeline import timeline, window_waits

SCHEMA = 1


@dataclass(frozen=True)
class Sources:
    """What a state folder holds: entries and chain of the journal (model.journal.lines.Content), and the content of plan.json,
    preflight/NODE.json by node, aftercare.json, comparison.json and rehearsal/rehearsal.json; {} for a file that is not there.

    windows: [{begun, ended}] of the maintenance windows in the time of the upgrade (policy.journal_windows).
    site: what the site is called. made_at: now, ISO 8601 in UTC. zone: name of the operator's time zone, '' for the zone of this machine.
    language: of the page. problems: sentences about files that could not be read.
    """

    entries: Sequence[Entry]
    chain: Mapping[str, Any]
    site: str
    made_at: str
    plan: Mapping[str, Any] = field(default_factory=dict)
    preflight: Mapping[str, Any] = field(default_factory=dict)
    aftercare: Mapping[str, Any] = field(default_factory=dict)
    windows: Sequence[Mapping[str, Any]] = ()
    comparison: Mapping[str, Any] = field(default_factory=dict)
    rehearsal: Mapping[str, Any] = field(default_factory=dict)
    zone: str = ""
    language: str = "en"
    collection: str = ""
    problems: Sequence[str] = ()


def build_report(sources: Sources) -> dict[str, Any]:
    """The report as plain data, without control characters and characters of no width in any text."""
    everything = sources.entries
    begin = beginning(everything)
    entries = everything[begin:]
    names, state = Names(everything), state_of(everything)
    plan = sources.plan if any(entry["event"] == "plan_recorded" for entry in entries) else {}  # else it is of an upgrade before
    acts = acts_of(entries, names)
    summary = _summary(everything, bool(sources.chain.get("faults")))
    report = {
        "schema": SCHEMA,
        "made": {"at": sources.made_at, "zone": sources.zone, "language": sources.language, "collection": sources.collection},
        "site": sources.site,
        **{name: summary[name] for name in ("state", "verdict", "next", "open", "nodes")},
        "upgrade": _upgrade(everything, begin, summary, plan),
        "runs": _runs(entries),
        "steps": step_rows(entries, plan, acts),
        "timeline": {
            **timeline(entries, acts, names, [node["name"] for node in summary["nodes"]], summary.get("public") or ""),
            "windows": {"spans": [dict(one) for one in sources.windows], "waits": list(window_waits(entries))},
        },
        "catch_ups": curves(entries, state.versions.catch_ups),
        "checks": checks(sources.preflight, entries[0]["time"] if entries else ""),
        "comparison": comparison(sources.comparison, entries[0]["time"] if entries else ""),
        "people": people(entries),
        "files": files(entries, names),
        "work": work(entries, sources.aftercare),
        "record": [{"time": entry["time"], "run": entry["run"], "text": describe_entry(entry)} for entry in entries],
        "journal": dict(sources.chain),
        "problems": list(sources.problems),
    }
    prepared = preparation(entries)
    if prepared:
        report["preparation"] = prepared
    if sources.rehearsal.get("worlds") and entries:
        report["rehearsal"] = compare_rehearsal(sources.rehearsal, entries, report["steps"], report)
    return dict(plain_values(report, plain_line))


def _summary(entries: Sequence[Entry], damaged: bool) -> Mapping[str, Any]:
    """As the last run left it; of a run without an end, and of one by an older version, what the entries tell."""
    bounds = [entry for entry in entries if entry["event"] in ("run_opened", "run_ended")]
    ended = bounds[-1]["data"] if bounds and bounds[-1]["event"] == "run_ended" else {}
    if ended.get("summary"):
        return dict(ended["summary"])
    known = [entry["data"]["summary"] for entry in bounds if entry["data"].get("summary")]
    made = summarize(entries, None if damaged else state_of(entries), run_state=ended.get("state"), reason=ended.get("why"))
    return {**made, **({name: known[-1][name] for name in ("nodes", "public")} if known else {})}


def _upgrade(entries: Sequence[Entry], begin: int, summary: Mapping[str, Any], plan: Mapping[str, Any]) -> dict[str, Any]:
    """{from, to, mode, plan_hash, begun, ended, seconds}: ended only where the target was reached."""
    mine = entries[begin:]
    plans = [entry["data"] for entry in mine if entry["event"] == "plan_recorded"]
    request = plans[-1]["request"] if plans else {}
    served = state_of(entries[:begin]).versions.served or {}
    seen = [entry["data"]["version"] for entry in mine if entry["event"] == "version_seen"]
    reached = [entry["time"] for entry in mine if entry["event"] == "run_ended" and entry["data"].get("state") == "reached"]
    begun, ended = began(mine), reached[0] if reached else None
    return {
        "from": served.get("version") or (seen[0] if seen else ""),
        "to": _target(request, summary, plan),
        "mode": str(request.get("mode") or ""),
        "plan_hash": str((plans[-1].get("hash") if plans else "") or plan.get("hash") or ""),
        "begun": begun,
        "ended": ended,
        "seconds": seconds(begun, ended),
    }


def _target(request: Mapping[str, Any], summary: Mapping[str, Any], plan: Mapping[str, Any]) -> str:
    """The version that is wanted, by the plan where no version was named; after it was reached, what runs."""
    versions = {node.get("version") for node in summary["nodes"]}
    reached = summary["state"] == "reached" and len(versions) == 1
    return str((versions.pop() if reached else "") or plan.get("target") or request.get("target_version") or "")


def _runs(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = []
    for entry in entries:
        if entry["event"] == "run_opened":
            who = entry.get("who") or {}
            name = str(who.get("person") or who.get("awx_user") or who.get("user") or "")
            runs.append({"run": entry["run"], "begun": entry["time"], "ended": None, "state": None, "why": "", "by": name})
        elif entry["event"] == "run_ended" and runs:
            why = str(entry["data"].get("why") or "")
            runs[-1].update(ended=entry["time"], state=entry["data"].get("state"), why=why)
    return runs
