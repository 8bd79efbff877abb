# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The lines that the callback `progress` shows, made of values. Pure; texts from elsewhere are cleaned here."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone, tzinfo
from typing import Any

from ..module_utils.model.package import SITE
from ..module_utils.model.plain_text import plain_line, plain_values
from ..module_utils.model.plan_table import NOT_NEEDED, describe_estimate, plan_table, with_not_needed

TABLE_WIDTH = 80  # on a narrower terminal a step of the plan is two lines
_INDENT = "  "
_PERCENT = re.compile(r"^(?P<what>.+): (?P<percent>\d{1,3}) %(?: (?P<detail>.*))?$")
_WAITING = re.compile(r"^waiting (?:for|up to) (?P<what>.+?): \S+ passed, \S+ left(?:; last seen: (?P<seen>.*))?$")


@dataclass(frozen=True)
class Line:
    """One line. kind: plain, head, good, changed, warn or bad, which only chooses a color."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True)
class Spoken:
    """What a line of progress says. percent: None where it tells none; passing: whether the next line replaces it."""

    detail: str
    percent: int | None = None
    passing: bool = True


def spoken(text: str) -> Spoken:
    """The meaning of a line that an operation says."""
    text = plain_line(text)
    if found := _PERCENT.match(text):
        return Spoken(found["detail"] or "", min(100, int(found["percent"])))
    if found := _WAITING.match(text):
        again = _PERCENT.match(f"x: {found['seen'] or ''}")
        return (
            Spoken(again["detail"] or "", min(100, int(again["percent"])))
            if again
            else Spoken(found["seen"] or f"waiting for {found['what']}")
        )
    return Spoken(text, passing=False)


def clock(seconds: float) -> str:
    """'0:12:05' of seconds."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"


def moment(text: str, zone: tzinfo | None) -> str:
    """'2026-03-03 21:00 CET (20:00 UTC)' of an ISO 8601 moment; the text itself if it is none. zone: None for that of this machine."""
    try:
        parsed = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return plain_line(text)
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=timezone.utc)
    there, utc = parsed.astimezone(zone), parsed.astimezone(timezone.utc)
    if there.utcoffset() == utc.utcoffset():
        return f"{utc:%Y-%m-%d %H:%M} UTC"
    day = "" if there.date() == utc.date() else f"{utc:%Y-%m-%d} "
    return f"{there:%Y-%m-%d %H:%M %Z} ({day}{utc:%H:%M} UTC)"


def plan_lines(result: Mapping[str, Any], width: int) -> Iterator[Line]:
    """The plan of a result of the module upgrade_plan, as wide as the terminal."""
    said, steps = [plain_line(str(one)) for one in result.get("lines") or []], plain_values(result.get("steps") or [], plain_line)
    titles = dict(_hops(steps, certain=bool((result.get("plan") or {}).get("certain", True)))) if steps else {}
    shown = with_not_needed(steps, plain_values(result.get("not_needed") or [], plain_line))
    table = plan_table(shown, titles) if steps else []
    after = said[1 + len(table) :]
    if not steps or said[1 : 1 + len(table)] != table:  # nothing to do, or a plan with another format
        yield from (Line(part) for one in said for part in wrapped(one, width))
        return
    table = _plan_of_width(shown, titles, width)
    yield from (Line(part, "head") for part in wrapped(said[0], width))
    yield from (Line(one, "head" if one in titles.values() else "plain") for one in table)
    yield from (Line(part) for one in after for part in wrapped(one, width))


def _hops(steps: Sequence[Mapping[str, Any]], *, certain: bool) -> Iterator[tuple[int, str]]:
    """(number of its first step, line) of each hop."""
    hop, last = None, max(step.get("hop") or 1 for step in steps)
    for step in steps:
        if step.get("hop") not in (None, hop):
            hop = step["hop"]
            sites = [one["version"] for one in steps if one.get("hop") == hop and one.get("kind") == SITE]
            yield step["number"], f"Hop {hop} of {'' if certain else 'at least '}{last}{f', to {sites[-1]}' if sites else ''}"


def _plan_of_width(steps: Sequence[Mapping[str, Any]], titles: Mapping[int, str], width: int) -> list[str]:
    if width >= TABLE_WIDTH:
        return plan_table(steps, titles, width=width)
    lines = []
    for step in steps:
        lines += textwrap.wrap(titles[step["number"]], width) if step["number"] in titles else []
        lines += textwrap.wrap(f"{step['number']:>2}  {step['title']}", width, subsequent_indent=" " * 4)
        facts = [step["node"], *(_facts_of(step) if step.get("needed") is not False else [NOT_NEEDED])]
        lines += textwrap.wrap(", ".join(filter(None, facts)), width, initial_indent=" " * 4, subsequent_indent=" " * 4)
    return lines


def _facts_of(step: Mapping[str, Any]) -> list[str]:
    disturbs, starts = (f"{name} {step[name]}" if step.get(name) else "" for name in ("disturbs", "starts"))
    return [describe_estimate(step.get("estimate")), disturbs, starts]


def skipped_now(result: Mapping[str, Any], known: set[int]) -> list[Mapping[str, Any]]:
    """The steps before the next one that are not needed, of a result of the module upgrade_plan. Their numbers are added to the known ones,
    which are left out."""
    following = (result.get("next") or {}).get("number")
    found = [one for one in result.get("not_needed") or [] if following is None or one["number"] < following]
    new = [one for one in found if one["number"] not in known]
    known.update(one["number"] for one in new)
    return new


def check_kind(text: str) -> str:
    """The kind of a line that the module preflight says of one check, as '[FAIL_UPGRADE] storage: ...'."""
    if "] [WAIVED] " in text:
        return "warn"
    word = text.partition("]")[0].strip("[")
    return (
        {"PASS": "good", "NOT_APPLICABLE": "plain", "POST": "warn", "MANUAL": "warn"}.get(word, "bad") if text.startswith("[") else "good"
    )


def work_lines(result: Mapping[str, Any], width: int) -> Iterator[Line]:
    """What is left to do for the clients, of a result of the module aftercare: a line per open item, and the file for people."""
    items = [one for one in plain_values(result.get("work_list") or [], plain_line) if one.get("state") == "open"]
    files = [plain_line(str(one)) for one in result.get("files") or []]
    readable = next((path for path in files if path.endswith(".md")), "")
    where = f"; what to do is in {readable}" if readable else ""
    yield Line(f"{_INDENT}Left to do for the clients: {len(items)}{where}", "warn" if items else "good")
    for item in items:
        owner = f" ({item['owner']})" if item.get("owner") else ""
        yield from (Line(part) for part in wrapped(f"{_INDENT}- {item.get('title')}{owner}", width, hang=4))


def failure_lines(host: str, task: str, result: Mapping[str, Any], width: int, word: str = "FAILED") -> Iterator[Line]:
    """A failed result, whole: who, which task, what it says, what to do."""
    yield from (Line(part, "bad") for part in wrapped(f"{word}  {plain_line(host)}  {plain_line(task)}", width))
    for text in failure_texts(result):
        yield from (Line(part, "bad") for part in wrapped(f"{_INDENT}{text}", width, hang=4))


def failure_texts(result: Mapping[str, Any]) -> list[str]:
    """The sentences of a failed result, each once, in their order."""
    said: list[str] = []
    for name in ("msg", "censored", "reason", "blocking", "blocked", "instructions", "module_stderr", "stderr", "stdout", "module_stdout"):
        value = result.get(name)
        values = value if isinstance(value, (list, tuple)) else [value] if value not in (None, "") else []
        said += [line.rstrip() for one in values for line in map(plain_line, str(one).splitlines()) if line.strip()]
    said += [f"exit status {result['rc']}"] if result.get("rc") else []
    said += ["outcome: unknown. What was asked for may go on there."] if result.get("outcome") == "unknown" else []
    return list(dict.fromkeys(said)) or ["no message"]


def debug_lines(result: Mapping[str, Any], width: int) -> Iterator[Line]:
    """What a task with the module debug shows: its message, or its variable."""
    shown = result.get("msg")
    if shown is None:
        shown = [f"{name}: {value}" for name, value in result.items() if not name.startswith("_") and name not in ("changed", "failed")]
    for one in shown if isinstance(shown, list) else [shown]:
        for text in str(one).splitlines() or [""]:
            yield from (Line(part) for part in wrapped(f"{_INDENT}{plain_line(text)}", width, hang=4))


def debug_texts(value: Any) -> list[str]:
    """The texts of a message of the module debug."""
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value is not None else []


def wrapped(text: str, width: int, hang: int = 2) -> list[str]:
    """The text in lines of that width; all but the first are indented as it is, and by `hang` at least. A path stays whole."""
    indent = " " * max(hang, len(text) - len(text.lstrip()))
    return textwrap.wrap(text, max(20, width), subsequent_indent=indent, break_on_hyphens=False, break_long_words=False) or [""]
