# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a journal says, for people and for programs."""

from __future__ import annotations

from typing import Any

from ..errors import Unsafe
from ..model.journal.lines import Content
from ..model.journal.memory import memory_of
from ..model.journal.report import report
from ..model.journal.state import state_of
from ..storage.journal import Journal


def describe_journal(journal: Journal, head: str | None = None) -> dict[str, Any]:
    """The result of the module journal_info: {report, steps, chain, decisions, memory, lock}. It reads a damaged journal too.

    Unsafe when the journal does not hold the entry with the sum `head` any more.
    """
    content = journal.content()
    _refuse_other(journal, content, head)
    state, shown = state_of(content.entries), report(content.entries, content.chain)
    return {
        "changed": False,
        "report": shown["lines"],
        "steps": shown["steps"],
        "chain": content.chain,
        "decisions": state.decisions,
        "memory": memory_of(state),
        "lock": journal.lock.token if journal.lock.is_owned else "",
    }


def _refuse_other(journal: Journal, content: Content, head: str | None) -> None:
    if head and not content.holds(head):
        raise Unsafe(
            f"The journal {journal.path} does not hold the entry {head} any more: its end was cut off, or it was written again.",
            evidence=f"{content.lines} entries, the last one {content.sum or 'none'}",
            facts={"chain": content.chain},
        )
