# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login > Jump > Jump Clients: the limits for upgrades and whether they happen by themselves (on-premises only)."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from .facts import pick, read_facts
from .navigation import Place
from .text import squash

_STATES = ("disabled", "cycle", "enabled")
_UNIT = re.compile(r"^[KMG]i?(?:B|bit)(?:/s|ps)?$", re.I)
_FIRST_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class JumpSettings:
    """max_concurrent: upgrades at a time; bandwidth: as shown, with its unit if there is one ('' unknown);
    connection_rate: connections a second; automatic: 'disabled', 'cycle' (for the current upgrade cycle), 'enabled',
    or None if the page does not tell; fields: every pair of label and value.
    """

    max_concurrent: Any = None
    bandwidth: str = ""
    connection_rate: Any = None
    automatic: Any = None
    fields: dict = field(default_factory=dict)

    def as_dict(self):
        return asdict(self)


def read(browser):
    """Read the settings. PageNotUnderstood if none of them is on the page."""
    page, labels = browser.open(PLACE), browser.labels
    facts = read_facts(page)
    texts = {key: _setting(page, facts, labels, key)
             for key in ("jump_max_concurrent", "jump_bandwidth", "jump_connection_rate")}
    automatic = _automatic(page, facts, labels)
    if not any(texts.values()) and automatic is None:
        raise browser.not_understood(page, "Jump > Jump Clients", *texts, "jump_automatic")
    return JumpSettings(_number(texts["jump_max_concurrent"]), texts["jump_bandwidth"],
                        _number(texts["jump_connection_rate"]), automatic, facts)


def _setting(page, facts, labels, key):
    """The text of one limit: the value of its field, or the value beside its label."""
    for form in page.forms():
        one = form.find(labels, key, ("text", "number", "select", "range"), loose=True)
        if one is not None:
            chosen = [text for _value, text, is_chosen, _enabled in one.options if is_chosen]
            value = squash(chosen[0] if chosen else str(one.value))
            unit = _UNIT.match(pick(facts, labels, key))
            return f"{value} {unit.group(0)}" if unit and not chosen else value
    return pick(facts, labels, key)


def _number(text):
    match = _FIRST_NUMBER.search(text)
    return int(match.group(0)) if match else None


def _automatic(page, facts, labels):
    """Which of the three choices is set: radio buttons, a drop-down, or a text."""
    for form in page.forms():
        for group in _groups(form):
            states = {state: [one for one in group if _reads(one.names, labels, state)] for state in _STATES}
            if sum(bool(found) for found in states.values()) >= 2:
                return next((state for state in _STATES if any(one.ticked for one in states[state])), None)
        field = form.find(labels, "jump_automatic", ("select",), loose=True)
        chosen = [text for _value, text, is_chosen, _enabled in field.options if is_chosen] if field else []
        if chosen:
            return next((state for state in _STATES if labels.match(f"automatic_{state}", chosen[0])), None)
    text = pick(facts, labels, "jump_automatic")
    return next((state for state in _STATES if labels.match(f"automatic_{state}", text)), None)


def _groups(form):
    """The radio buttons of a form by name; groups that speak of Jump Client upgrades come before plain on and off."""
    groups = {}
    for one in form.of_kind("radio"):
        groups.setdefault(one.name, []).append(one)
    return sorted(groups.values(), key=lambda group: -len(group))


def _reads(names, labels, state):
    return any(text in group for text in labels.folded(f"automatic_{state}") for group in names)


def _recognise(page, labels):
    facts = read_facts(page)
    keys = ("jump_max_concurrent", "jump_bandwidth", "jump_connection_rate")
    return any(_setting(page, facts, labels, key) for key in keys) or _automatic(page, facts, labels) is not None


PLACE = Place("jump_clients", "Jump > Jump Clients", (("menu_jump_clients",), ("menu_jump", "menu_jump_clients")),
              _recognise)
