# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Where each site is in its plan, and which lines an event adds to the screen. No input or output: the clock is an argument."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import tzinfo
from typing import Any

from ..module_utils.model.plain_text import plain_line
from ..module_utils.model.plan_table import NOT_NEEDED
from .progress_channel import BEGUN, INSTRUCTION, Message
from .progress_lines import (
    Line,
    check_kind,
    clock,
    debug_lines,
    debug_texts,
    failure_lines,
    failure_texts,
    plan_lines,
    skipped_now,
    spoken,
    work_lines,
    wrapped,
)
from .progress_state import Bar, Site, Step, begun_step
from .progress_summary import last_lines

SAVED = {"backup": "settings", "certificate_export": "certificates with their keys"}  # by the modules that save them
FIRST = 15  # seconds after which a step that is still at work has a line of its own in a log
_ENDED = {"waiting": "waits", "manual": "is left to a person", "failed": "failed", "stopped": "not begun", "planned": "planned"}
_INDENT = "  "


class Screen:
    """Collects events, returns lines.

    width(): columns; now(): seconds; interval: seconds between two lines of one step in a log, 0 for none, as with a bar.
    """

    def __init__(self, *, width: Callable[[], int], now: Callable[[], float], zone: tzinfo | None, interval: float, verbose: bool) -> None:
        self._width, self._now, self._zone = width, now, zone
        self._interval, self._verbose = interval, verbose
        self._sites: dict[str, Site] = {}
        self._closed: dict[str, Site] = {}  # as runs of earlier plays left them
        self._failed: dict[str, list[str]] = {}  # names of tasks
        self._reasons: dict[str, str] = {}  # why the run of a host failed first: a held lock, for example
        self._plays: set[str] = set()

    def play(self, name: str) -> Iterator[Line]:
        """A play begins. Each batch of a play begins it again, which nobody needs to know."""
        if name not in self._plays:
            self._plays.add(name)
            for host in list(self._sites):
                self.opened(host)
            yield Line(plain_line(name), "head")

    def opened(self, host: str) -> None:
        """Another run, or another play, begins for a host: the run that was closed has no say in what is shown from now on."""
        if (site := self._sites.get(host)) and site.summary:
            self._closed[host] = self._sites.pop(host)

    def nobody(self) -> Iterator[Line]:
        yield Line(f"{_INDENT}no host matched", "warn")

    def text(self, text: str) -> Iterator[Line]:
        """Lines as they are, apart from what a terminal would act on."""
        yield from (Line(f"{_INDENT}{plain_line(one)}") for one in text.splitlines())

    def plan(self, host: str, result: Mapping[str, Any]) -> Iterator[Line]:
        """The module upgrade_plan has planned: the first time the plan, and that the step before is done."""
        site, following = self._site(host), {} if result.get("purpose") == "prepare" else result.get("next") or {}
        if site.step and site.step.number != following.get("number"):
            yield from self._done(site, site.step)
            site.step = None
        skipped = skipped_now(result, site.skipped)
        if site.total:
            for one in skipped:
                yield from self._wrapped(f"{site.head(begun_step(one, self._now()), self._width())}  {NOT_NEEDED}")
        else:
            yield from plan_lines(result, self._width())
            site.said.update(map(str, result.get("lines") or []))
        site.widen(result.get("steps") or [])
        total = following.get("total") or 0
        if site.total and total and total != site.total:
            yield Line(f"{_INDENT}{host}: the plan now has {total} steps; it had {site.total}.", "warn")
        site.total = total or site.total or 1
        if following and (site.step is None or site.step.number != following["number"]):
            site.step = begun_step(following, self._now())

    def message(self, message: Message) -> Iterator[Line]:
        """A line that a task says while it works."""
        site, words = self._site(message.host), spoken(message.text)
        step = site.step
        if message.kind == BEGUN:
            if message.text not in SAVED or message.node != site.node:
                yield from self._kept(site)
            site.node, site.module, site.passing = message.node, message.text, None
        elif site.module == "preflight" and message.kind != INSTRUCTION:
            yield from self._checked(site, message)
        elif message.kind == INSTRUCTION or not words.passing:
            yield from self._wrapped(f"{_INDENT}{plain_line(message.node)}: {words.detail or plain_line(message.text)}", "warn")
        elif step:
            step.detail = words.detail
            step.percent = step.percent if words.percent is None else words.percent
        elif site.is_due(self._now(), self._interval or 60):
            yield from self._wrapped(f"{_INDENT}{plain_line(message.node)}: {plain_line(message.text)}")

    def _checked(self, site: Site, message: Message) -> Iterator[Line]:
        """A line of the preflight. What comes after the upgrade is said after it, by the work list."""
        text = plain_line(message.text)
        if self._verbose or not site.total or not text.startswith("[POST]"):
            yield from self._wrapped(f"{_INDENT}{plain_line(message.node)}  {text}", check_kind(text))

    def tick(self) -> Iterator[Line]:
        """The lines of steps at work that are due in a log."""
        for site in self._sites.values():
            step, now = site.step, self._now()
            if not self._interval or step is None:
                continue
            if now - step.shown >= (FIRST if step.shown == step.begun else self._interval):
                step.shown = now
                yield from self._wrapped(f"{site.head(step, self._width())}  {step.progress(now)}")

    def bars(self) -> list[Bar]:
        """The steps at work."""
        steps = [(site, site.step) for site in self._sites.values() if site.step]
        return [Bar(site.head(step, self._width()), step.percent, step.time(self._now()), step.detail) for site, step in steps]

    def work_list(self, host: str, result: Mapping[str, Any]) -> Iterator[Line]:
        """The module aftercare has made its list: inside an upgrade what is open, in short. Otherwise its role shows it whole."""
        site = self._site(host)
        if site.total and not self._verbose:
            site.said.update(map(str, result.get("lines") or []))
            yield from (lines := list(work_lines(result, self._width())))
            site.work = lines[0].text.strip() if len(lines) > 1 else ""

    def saved(self, host: str, what: str) -> None:
        """Something is saved at the node of the present task. It is said when another task, or another node, begins."""
        self._site(host).saved.append(what)

    def _kept(self, site: Site) -> Iterator[Line]:
        if site.saved:
            yield from self._wrapped(f"{_INDENT}{plain_line(site.node)}  saved: {', '.join(site.saved)}", "good")
            site.saved = []

    def other(self, host: str, task: str, word: str) -> Iterator[Line]:
        """A task that is none of the collection's own has ended."""
        yield Line(f"{_INDENT}{word:<8}  {plain_line(host)}  {plain_line(task)}", {"changed": "changed", "ok": "good"}.get(word, "plain"))

    def debug(self, host: str, result: Mapping[str, Any], *, own: bool = False) -> Iterator[Line]:
        """The module debug: what was not shown yet. own: of this collection, whose report of a run is left to the summary."""
        site, texts = self._site(host), debug_texts(result.get("msg"))
        if not (own and site.summary) and not (texts and site.said.issuperset(texts)):
            yield from debug_lines(result, self._width())

    def failed(self, host: str, task: str, result: Mapping[str, Any], *, ignored: bool, own: bool) -> Iterator[Line]:
        """A failed result, whole. What was shown as a failure of this host already is not said again."""
        site, texts = self._site(host), failure_texts(result)
        new = [text for text in texts if text not in site.said]
        site.said.update(texts)
        if not ignored:
            self._failed.setdefault(host, []).append(task)
            if own and isinstance(result.get("msg"), str):
                self._reasons.setdefault(host, plain_line(result["msg"]))
        if not own or (new and site.summary is None):
            yield from failure_lines(host, task, {"msg": new} if own else result, self._width(), f"FAILED{', ignored' if ignored else ''}")

    def closed(self, host: str, result: Mapping[str, Any]) -> Iterator[Line]:
        """The module upgrade_run has closed the run: the step that is not done says so."""
        site = self._site(host)
        site.summary = summary = result.get("summary") or {}
        site.report = next((str(one) for one in result.get("files") or [] if str(one).endswith(".html")), "")
        state = str(summary.get("state"))
        if site.step and state == "reached":
            yield from self._done(site, site.step)
        elif site.step and state != "planned":
            color = "bad" if state == "failed" else "warn"
            ended = f"{_ENDED.get(state, state)} after {clock(self._now() - site.step.begun)}"
            yield from self._wrapped(f"{site.head(site.step, self._width())}  {ended}", color)
        site.step = None

    def summary(self, failed: Mapping[str, str], changed: int, dry: bool = False) -> Iterator[Line]:
        """The last lines: each site as its run left it, then hosts that failed otherwise.

        failed: {host: 'failed' or 'unreachable'}; changed: how many tasks changed something, or would; dry: whether it was a dry run.
        """
        closed = {**self._closed, **{host: site for host, site in self._sites.items() if site.summary}}
        tasks = {host: names[-1] for host, names in self._failed.items()}
        yield from last_lines(closed, failed, changed, dry, tasks=tasks, reasons=self._reasons, zone=self._zone, width=self._width())

    def _site(self, host: str) -> Site:
        return self._sites.setdefault(host, Site())

    def _done(self, site: Site, step: Step) -> Iterator[Line]:
        return self._wrapped(f"{site.head(step, self._width())}  done in {clock(self._now() - step.begun)}", "good")

    def _wrapped(self, text: str, kind: str = "plain") -> Iterator[Line]:
        yield from (Line(part, kind) for part in wrapped(text, self._width(), hang=4))
