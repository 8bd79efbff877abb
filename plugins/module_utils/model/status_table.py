# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The status of all sites as lines of text: a table, then what needs somebody. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .moments import with_dates
from .text_table import TextTable

WIDTH = 120
_HEADS = {
    "wave": "wave",
    "site": "site",
    "node": "node",
    "version": "version",
    "base": "Base",
    "role": "role",
    "health": "health",
    "step": "step",
    "catch_up": "caught up",
    "until": "waits until",
    "last": "last run",
    "lock": "locked by",
    "findings": "found",
}
_WRAPPED = ("catch_up", "until", "last", "lock", "site")  # in this order, and only between words


def status_table(rows: Sequence[Mapping[str, Any]], *, width: int = WIDTH) -> list[str]:
    """The lines: a row for each site with a line for each node, then what needs somebody. rows: of policy.status.

    Columns that are empty for all sites are left out.
    """
    cells = [_cells(row) for row in rows]
    heads = {name: head for name, head in _HEADS.items() if any(one[name].strip() for one in cells)}
    table = TextTable(heads, cells, width=width, least=_least(heads, cells), right=("findings",))
    lines = [*table.head(), *(line for one in cells for line in table.row(one))]
    return [*lines, *_legend(rows), *(line for row in rows for line in _remarks(row, width))]


def _least(heads: Mapping[str, str], cells: Sequence[Mapping[str, str]]) -> dict[str, int]:
    """How narrow a column may become without a break in its head and in a word: people copy names."""
    words = {name: [heads[name], *(word for one in cells for word in one[name].split())] for name in _WRAPPED if name in heads}
    return {name: max(map(len, found)) for name, found in words.items()}


def _cells(row: Mapping[str, Any]) -> dict[str, str]:
    step, run, lock, alone = row["step"], row["last_run"], row["lock"], len(row["nodes"]) == 1
    nodes = [_node_cells(node, alone=alone) for node in row["nodes"]]
    return {
        "wave": row.get("wave") or "",
        "site": f"{row['site']}\n{row['mode']}".strip(),
        **{name: "\n".join(node[name] for node in nodes) for name in ("node", "version", "base", "role", "health")},
        "step": f"{step['number']}/{step['of']}" if step else "",
        "catch_up": _caught_up(row["catch_up"]),
        "until": short_time(row["waiting_until"]),
        "last": f"{row['state']}\n{short_time(run['begun'])}" if run else row["state"],
        "lock": f"{lock['holder']}{' (dead)' if lock['dead'] else ''}" if lock else "",
        "findings": str(len(row["findings"])) if row["findings"] else "",
    }


def _node_cells(node: Mapping[str, Any], *, alone: bool) -> dict[str, str]:
    known = f"({node['last_version']})" if node["last_version"] else ""
    return {
        "node": f"{node['name']} *" if node["serves"] and not alone else node["name"],
        "version": node["version"] if node["reachable"] else known,
        "base": node["base"],
        "role": "" if alone and node["role"] == "none" else node["role"],
        "health": ("healthy" if node["healthy"] else "unhealthy") if node["reachable"] else "not read",
    }


def _caught_up(catch_up: Mapping[str, Any] | None) -> str:
    """'35 %' and a line 'ends 2026-03-07 20:00Z' where somebody knows the end."""
    if not catch_up:
        return ""
    percent = "? %" if catch_up["percent"] is None else f"{catch_up['percent']:g} %"
    return f"{percent}\nends {short_time(catch_up['estimated_end'])}" if catch_up["estimated_end"] else percent


def short_time(moment: str | None) -> str:
    """'2026-03-07 20:00Z' of ISO 8601 in UTC."""
    return f"{moment[:10]} {moment[11:16]}Z" if moment else ""


def _legend(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if any(node["serves"] for row in rows for node in row["nodes"] if len(row["nodes"]) > 1):
        yield "* serves clients."
    if any(node["last_version"] for row in rows for node in row["nodes"] if not node["reachable"]):
        yield "(version): what the last run read there."


def _remarks(row: Mapping[str, Any], width: int) -> Iterator[str]:
    """The sentences about a site that needs somebody."""
    texts = [f"open: {one}" for one in row["open"]]
    texts += [f"{one['target']}: {one['text']}" if one["target"] not in ("", row["site"]) else one["text"] for one in row["findings"]]
    if row["state"] in ("waiting", "manual", "stopped", "failed", "unfinished"):
        texts.insert(0, row["verdict"])
    if texts:
        yield ""
        yield f"{row['site']}:"
        for text in texts:
            yield from textwrap.wrap(with_dates(text), width, initial_indent="  - ", subsequent_indent="    ")
