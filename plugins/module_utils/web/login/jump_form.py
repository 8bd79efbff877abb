# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Enters the settings of /login > Jump > Jump Clients into the forms of the page. Sends nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ...errors import InvalidInput, Refused
from ...model.clients.jump_setting import (
    AUTOMATIC,
    NUMBER,
    STATES,
    amount,
    find_unit,
    whole,
)
from ..html.text import fold, shorten
from .jump_fields import LABEL, automatic_radios, automatic_select, limit_field

if TYPE_CHECKING:
    from ..browser import Browser
    from ..html.controls import Control
    from ..html.fields import Field
    from ..html.forms import Form
    from ..html.page import Page

TITLE = "Jump > Jump Clients"


def first_number(text: str) -> Any:
    return amount(text)[0]


def save_control(browser: Browser, page: Page, form: Form) -> Control:
    named = page.named(browser.labels, "save")
    found = [one for one in page.submits_of(form, also_disabled=True) if one in named]  # a script enables it after a change
    if not found:
        raise browser.not_understood(page, TITLE, "save")
    return found[0]


def enter_settings(browser: Browser, page: Page, values: Mapping[str, Any]) -> list[tuple[Form, list[str]]]:
    """Enter the values and find the button; return [(form, its keys)]. Sends nothing."""
    forms: list[tuple[Form, list[str]]] = []
    for key, value in values.items():
        form, enter = _find_setting(browser, page, key)
        known = next((one for one in forms if one[0].element is form.element), None)
        if known is None:
            save_control(browser, page, form)
            known = (form, [])
            forms.append(known)
        enter(known[0], value)
        known[1].append(key)
    return forms


def _find_setting(browser: Browser, page: Page, key: str) -> tuple[Form, Callable[[Form, Any], None]]:
    """(form, enter(form, value)) of a setting."""
    labels = browser.labels
    if key != AUTOMATIC:
        found = limit_field(page, labels, key)
        if found is None:
            raise browser.not_understood(page, TITLE, LABEL[key])
        return found[0], lambda form, value: _enter_limit(browser, key, _editable_field(browser, key, form, found[1]), value)
    radios, select = automatic_radios(page, labels), automatic_select(page, labels)
    if radios:
        return radios[0], lambda form, value: _choose_radio(browser, page, form, radios[1], value)
    if select is None:
        raise browser.not_understood(page, TITLE, LABEL[key], *(f"automatic_{state}" for state in STATES))
    return select[0], lambda form, value: _choose_state(browser, page, _editable_field(browser, key, form, select[1]), value)


def _editable_field(browser: Browser, key: str, form: Form, one: Field) -> Field:
    """The same field in the form that will be sent; Refused if it cannot be changed."""
    mine = next(other for other in form.fields if other.element is one.element)
    if not mine.enabled or mine.element.has_attr("readonly"):
        raise Refused(
            f"The page {TITLE} shows {key} as read-only. Nothing was changed.",
            host=browser.host,
            remedy="Check the permissions of the /login account, or set the value by hand (method: manual).",
        )
    return mine


def _enter_limit(browser: Browser, key: str, one: Field, value: Any) -> None:
    if one.kind == "select":
        _choose_amount(browser, key, one, value)
        return
    _check_bounds(browser, key, one, value)
    text = "" if value is None else str(value)
    old = str(one.value)
    if isinstance(value, float) and "," in old and one.kind == "text":
        text = text.replace(".", ",")
    one.value = NUMBER.sub(text, old, count=1) if text and NUMBER.search(old) and find_unit(old) else text


def _check_bounds(browser: Browser, key: str, one: Field, value: Any) -> None:
    """Raise InvalidInput for a value outside the limits of the field: a browser would not send it either."""
    bounds = [first_number(str(one.element.get(name, ""))) for name in ("min", "max")]
    lowest, highest = (bound if bound is not None else value for bound in bounds)
    if isinstance(value, (int, float)) and not lowest <= value <= highest:
        raise InvalidInput(
            f"The page {TITLE} accepts {key} from {lowest:g} to {highest:g} only, not {value:g}. Nothing was changed.",
            host=browser.host,
            remedy="Correct the value.",
        )


def _choose_amount(browser: Browser, key: str, one: Field, value: Any) -> None:
    texts = [text for _value, text, _chosen, enabled in one.options if enabled]
    fitting = [text for text in texts if (first_number(text) == value if not isinstance(value, str) else fold(text) == fold(value))]
    if not fitting or not one.choose(fitting[0]):
        shown = whole(value) if isinstance(value, float) else value
        raise InvalidInput(
            f"The page {TITLE} does not offer {shown} for {key}. Nothing was changed.",
            host=browser.host,
            evidence=shorten(", ".join(texts)) or "no choice at all",
            remedy="Use one of them.",
        )


def _choose_radio(browser: Browser, page: Page, form: Form, radios: dict[str, Field], state: str) -> None:
    mine = {one: _editable_field(browser, AUTOMATIC, form, one) for one in radios.values()}
    if state not in radios:
        raise browser.not_understood(page, TITLE, f"automatic_{state}")
    chosen = mine[radios[state]]
    for one in form.of_kind("radio"):
        if one.name == chosen.name:
            one.ticked = one is chosen


def _choose_state(browser: Browser, page: Page, one: Field, state: str) -> None:
    texts = [text for _value, text, _chosen, _enabled in one.options if browser.labels.match(f"automatic_{state}", text)]
    if not any(one.choose(text) for text in texts):
        raise browser.not_understood(page, TITLE, f"automatic_{state}")
