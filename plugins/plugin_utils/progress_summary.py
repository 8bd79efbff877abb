# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The last lines of the screen: how a run left a site. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any

from ..module_utils.model.moments import with_dates
from ..module_utils.model.plain_text import plain_line, plain_values
from .progress_lines import Line, moment, wrapped
from .progress_state import Site

_INDENT = "  "


def last_lines(
    closed: Mapping[str, Site],
    failed: Mapping[str, str],
    changed: int,
    dry: bool,
    *,
    tasks: Mapping[str, str],
    reasons: Mapping[str, str],
    zone: tzinfo | None,
    width: int,
) -> Iterator[Line]:
    """Each site as its run left it, then the hosts that failed otherwise.

    closed: the sites with a summary, by host. failed, changed, dry: as Screen.summary(). tasks: the last task that failed of each host;
    reasons: what that said, where it was a task of this collection.
    """
    words = "nothing changed" if not changed else "1 change" if changed == 1 else f"{changed} changes"
    if dry:
        words = "dry run, which failed" if failed else f"dry run, the real run would change {'something' if changed else 'nothing'}"
    yield Line("")
    yield Line(f"SUMMARY: {words}", "head")
    for host, site in closed.items():
        yield from summary_lines(host, site.summary or {}, zone, width, work=site.work, report="" if dry else site.report)
    for host, word in failed.items():
        if host not in closed:
            where = f": {plain_line(tasks[host])}" if tasks.get(host) else ""
            why = reasons.get(host)
            text = f"{word}: {why}" if why else f"{word}{where}. The message is above."
            yield from (Line(part, "bad") for part in wrapped(f"{plain_line(host)}: {text}", width, hang=4))
    if not closed and not failed:
        yield Line("No task failed.", "good")


def summary_lines(
    host: str, summary: Mapping[str, Any], zone: tzinfo | None, width: int, *, work: str = "", report: str = ""
) -> Iterator[Line]:
    """How the run left one site, of `summary` of the module upgrade_run.

    work: what is left to do for its clients, a sentence; report: path of its page.
    """
    summary = plain_values(summary, plain_line)
    nodes, following = summary.get("nodes") or [], summary.get("next") or {}
    name = ", ".join(str(node.get("name")) for node in nodes) or plain_line(host)
    color = {"reached": "good", "prepared": "good", "failed": "bad"}.get(str(summary.get("state")), "warn")
    yield from (Line(part, color) for part in wrapped(f"{name}: {with_dates(str(summary.get('verdict')))}", width))
    for node in nodes:
        yield from (Line(part) for part in wrapped(f"{_INDENT}{'  '.join(_node_words(node, summary))}", width, hang=4))
    for label, sentences in (("open", [*(summary.get("open") or []), *([work] if work else [])]), ("first", following.get("first"))):
        for sentence in sentences or []:
            yield from (Line(part, "warn") for part in wrapped(f"{_INDENT}{label + ':':<7}{with_dates(str(sentence))}", width, hang=9))
    if report:
        yield Line(f"{_INDENT}{'report:':<7} {plain_line(report)}")  # in one line, for the clipboard
    if following.get("command"):
        yield Line(f"{_INDENT}{'next:':<7}{following['command']}", "head")  # in one line, for the clipboard
    if following.get("not_before"):
        said = f"{_INDENT}{'':<7}not before {moment(following['not_before'], zone)}, by the appliance's clock"
        yield from (Line(part, "head") for part in wrapped(said, width))


def _node_words(node: Mapping[str, Any], summary: Mapping[str, Any]) -> Iterator[str]:
    yield str(node.get("name"))
    pair = len(summary.get("nodes") or []) > 1
    yield f"{node.get('version') or 'version unknown'}, Base {node.get('base') or 'unknown'}"
    if pair and node.get("role"):
        yield str(node["role"])
    if pair and node.get("serves"):
        yield f"serves {summary['public']}" if summary.get("public") else "serves the clients"
    if node.get("reachable") is False:
        yield "NOT REACHABLE"
