# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The events that a callback receives, in the words of this collection, the same for ansible-core 2.16 and the newest."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..module_utils.model.plain_text import plain_line

COLLECTION = Path(__file__).resolve().parents[2]
_OUR_NAME = "bomgar.appliance."
_INCLUDES = ("include_tasks", "import_tasks", "include_role", "import_role", "include_vars", "add_host", "group_by", "meta")


class Task:
    """A task of Ansible. module: the last part of its action."""

    def __init__(self, task: Any) -> None:
        self._task = task
        self.name = plain_line(task.get_name().strip())

    @property
    def module(self) -> str:
        return str(self._task.action).rpartition(".")[2]

    @property
    def is_ours(self) -> bool:
        """Whether a module of this collection does it."""
        return str(self._task.action).startswith(_OUR_NAME)

    @property
    def asks(self) -> bool:
        """Whether it may ask the person at the terminal."""
        return self.module == "pause"

    @property
    def is_include(self) -> bool:
        return self.module in _INCLUDES

    @cached_property
    def own(self) -> bool:
        """Whether the task is written in a role or a playbook of this collection; hooks and playbooks of others are not."""
        path = Path(os.path.realpath((self._task.get_path() or "").rpartition(":")[0]))
        return path.is_relative_to(COLLECTION / "roles") or path.parent == COLLECTION / "playbooks"


@dataclass(frozen=True)
class Event:
    """A task ended at a host. result: as the module returned it."""

    host: str
    task: Task
    result: Mapping[str, Any]

    @property
    def results(self) -> list[Mapping[str, Any]]:
        """The results of the items of a loop, or the one result."""
        return list(self.result.get("results") or []) if self.result.get("results") else [self.result]

    @property
    def word(self) -> str:
        return "changed" if self.result.get("changed") else "ok"

    @property
    def failure(self) -> Mapping[str, Any]:
        """The result for people: a loop has shown its items, and a plan with blockers says them in its lines."""
        if self.result.get("results"):
            return {"msg": "The items that failed are above."}
        if self.task.module == "upgrade_plan" and self.result.get("lines"):
            return {"msg": self.result["lines"]}
        return self.result

    @property
    def name(self) -> str:
        """The name of the task, with the item of its loop."""
        label = self.result.get("_ansible_item_label", self.result.get("item"))
        return f"{self.task.name} (item={plain_line(str(label))})" if label is not None else self.task.name


def event_of(result: Any) -> Event:
    """The event of a result that a callback is given. ansible-core 2.16 names its parts otherwise."""
    if hasattr(result, "task"):
        return Event(result.host.get_name(), Task(result.task), result.result)
    return Event(result._host.get_name(), Task(result._task), result._result)


def zone_of(name: str) -> tzinfo | None:
    """The time zone of an IANA name, None for ''. Raises ValueError."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        raise ValueError(f"no time zone '{name}' is known here. Give an IANA name, as Europe/Berlin.") from exc
