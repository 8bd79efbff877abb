# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Finds the settings of /login > Jump > Jump Clients on the page: their fields, units and choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ...model.clients.jump_setting import AUTOMATIC, STATES, amount, find_unit
from ..html.facts import pick
from ..html.fields import Field
from ..html.text import fold, squash, strings, text_of

if TYPE_CHECKING:
    from ..html.facts import Facts
    from ..html.forms import Form
    from ..html.page import Page
    from ..html.tree import Tag
    from ..labels import Labels

LABEL = {
    "max_concurrent": "jump_max_concurrent",
    "bandwidth": "jump_bandwidth",
    "connection_rate": "jump_connection_rate",
    AUTOMATIC: "jump_automatic",
}
_KINDS = ("text", "number", "select", "range")
_CLIENTS = ("jump client", "jump-client")


def limit_field(page: Page, labels: Labels, key: str) -> tuple[Form, Field] | None:
    """(form, field) of one limit, or None."""
    found = ((form, form.find(labels, LABEL[key], _KINDS, loose=True)) for form in page.forms())
    return next(((form, one) for form, one in found if one is not None), None)


def shown_limit(page: Page, facts: Facts, labels: Labels, key: str) -> str:
    """The text of a limit with its unit if there is one: of its field, or next to its label; '' if it is not shown."""
    found = limit_field(page, labels, key)
    adjacent = pick(facts, labels, LABEL[key])
    if found is None:
        return adjacent
    one = found[1]
    value = squash(chosen_text(one) or str(one.value)) if one.kind == "select" else squash(str(one.value))
    if not value or amount(value)[1]:
        return value
    unit = next((unit for unit in map(find_unit, (adjacent, one.label, *_texts_after(page, one.element))) if unit), "")
    return f"{value} {unit}".strip()


def chosen_text(field: Field) -> str:
    """What a drop-down shows, '' for nothing."""
    return next((text for _value, text, chosen, _enabled in field.options if chosen), "")


def _texts_after(page: Page, element: Tag) -> Iterator[str]:
    """The texts between a field and the next one: words, or a drop-down of units."""
    for sibling in element.next_siblings:
        name = getattr(sibling, "name", None)
        if name is None:
            if type(sibling).__name__ == "NavigableString":
                yield squash(sibling)
        elif name == "select":
            yield chosen_text(Field(page, sibling))
        elif name in ("br", "label", "input", "textarea") or sibling.find(["input", "select", "textarea"]):
            return
        else:
            yield text_of(sibling)


def automatic_radios(page: Page, labels: Labels) -> tuple[Form, dict[str, Field]] | None:
    """(form, {state: radio}) of the choice about automatic upgrades, or None. The page has other switches too."""
    for form in page.forms():
        for group in _groups(form):
            states = {state: one for state in STATES for one in group if _reads(one.names, labels, state)}
            if len(states) >= 2 and ("cycle" in states or _is_about_upgrades(page, labels, form, group)):
                return form, states
    return None


def automatic_select(page: Page, labels: Labels) -> tuple[Form, Field] | None:
    """(form, drop-down) of that choice, or None."""
    for form in page.forms():
        one = form.find(labels, LABEL[AUTOMATIC], ("select",), loose=True)
        if one is not None:
            return form, one
    return None


def shown_automatic(page: Page, facts: Facts, labels: Labels) -> str | None:
    """Which of STATES is set: radio buttons, a drop-down, or a text; None if the page does not tell."""
    radios = automatic_radios(page, labels)
    if radios:
        return next((state for state in STATES if state in radios[1] and radios[1][state].ticked), None)
    select = automatic_select(page, labels)
    text = chosen_text(select[1]) if select else pick(facts, labels, LABEL[AUTOMATIC])
    return next((state for state in STATES if labels.match(f"automatic_{state}", text)), None)


def _groups(form: Form) -> list[list[Field]]:
    """The radio buttons of a form by name, the largest group first."""
    groups: dict[str, list[Field]] = {}
    for one in form.of_kind("radio"):
        groups.setdefault(one.name, []).append(one)
    return sorted(groups.values(), key=lambda group: -len(group))


def _reads(names: Iterable[set[str]], labels: Labels, state: str) -> bool:
    return any(text in group for text in labels.folded(f"automatic_{state}") for group in names)


def _is_about_upgrades(page: Page, labels: Labels, form: Form, group: list[Field]) -> bool:
    """Whether a choice of only on and off is about upgrades: by its own label, or by the text before it."""
    names = [name for one in group for names in one.names for name in names]
    if any(word in name for word in _CLIENTS for name in names):
        return True
    before = group[0].element.find_all_previous(string=True, limit=12)
    inside = [text for text in before if form.element in text.parents and type(text).__name__ == "NavigableString" and fold(text)]
    wanted = labels.folded(LABEL[AUTOMATIC])
    return any(word in fold(text) for word in wanted for text in inside[:2]) or any(word in fold(_legend(group[0])) for word in wanted)


def _legend(one: Field) -> str:
    """The legend of the nearest fieldset."""
    box = one.element.find_parent("fieldset")
    legend = box.find("legend") if box is not None else None
    return " ".join(strings(legend)) if legend is not None else ""
