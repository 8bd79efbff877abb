# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The rehearsal of an upgrade against what happened. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .scope import Entry

_ENDS = {"reached": "reached the target", "waiting": "waits", "manual": "waits for a person", "failed": "failed"}
_NO_END = "has not ended"
_NO_STEPS: Sequence[Mapping[str, Any]] = ()


def compare_rehearsal(
    rehearsal: Mapping[str, Any], entries: Sequence[Entry], rows: Sequence[Mapping[str, Any]], report: Mapping[str, Any]
) -> dict[str, Any]:
    """{made_at, same_variables, expected, truth, installs, sentences}.

    rehearsal: of its file. entries: of the upgrade; rows: as step_rows() returns them; report: its state and `upgrade`.
    same_variables: whether each run had the variables of the rehearsal; None if no run says.
    installs: [{node, package, expected_seconds, seconds}] of those that both have; seconds is None for one that is not done.
    """
    expected = rehearsal["worlds"][0]
    checksums = {entry["data"]["variables"] for entry in entries if entry["event"] == "run_opened" and entry["data"].get("variables")}
    same = checksums == {rehearsal.get("variables")} if checksums else None
    truth = {"state": report["state"], "seconds": report["upgrade"]["seconds"]}
    compared = {
        "made_at": str(rehearsal["made"]["at"]),
        "same_variables": same,
        "expected": {name: expected[name] for name in ("state", "seconds", "outage_seconds")},
        "truth": truth,
        "installs": _installs(expected.get("steps") or _NO_STEPS, rows),
    }
    return {**compared, "sentences": _sentences(compared, expected)}


def _installs(expected: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    known = {(one["node"], one["title"]): one["seconds"] for one in expected}
    mine = [row for row in rows if row["action"] == "install" and (row["node"], f"install {row['package']}") in known]
    return [
        {
            "node": row["node"],
            "package": row["package"],
            "expected_seconds": known[row["node"], f"install {row['package']}"],
            "seconds": row["seconds"],
        }
        for row in mine
    ]


def _sentences(compared: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    found = []
    if compared["same_variables"] is False:
        found.append("The upgrade had other variables than its rehearsal, so the rehearsal may not tell what happened.")
    if compared["same_variables"] is None:
        found.append("No run recorded its variables, so nobody knows whether they are those of the rehearsal.")
    found.append(f"The rehearsal {_ENDS.get(compared['expected']['state'], _NO_END)}: {expected['verdict']}")
    found.append(f"The upgrade {_ENDS.get(compared['truth']['state'], _NO_END)}.")
    predicted, real = compared["expected"]["seconds"], compared["truth"]["seconds"]
    if predicted and real:
        found.append(f"It was expected to take {predicted / 3600:.1f} h, and took {real / 3600:.1f} h.")
    return found
