# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login > Jump > Jump Clients: the limits for upgrades and whether they happen by themselves (on-premises only)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from ..errors import ApplianceError, InvalidInput, Refused
from ..model.jump_setting import AUTOMATIC, BANDWIDTH, CONNECTION_RATE, KEYS, MAX_CONCURRENT, NUMBER, STATES, amount, find_unit, whole
from .facts import read_facts
from .jump_fields import LABEL, automatic_radios, automatic_select, limit_field, shown_automatic, shown_limit
from .navigation import Place
from .progress import alerts
from .text import fold, shorten

TITLE = "Jump > Jump Clients"
_LIMITS = (MAX_CONCURRENT, BANDWIDTH, CONNECTION_RATE)


@dataclass(frozen=True)
class JumpSettings:
    """max_concurrent: upgrades at a time; bandwidth: as shown, with its unit if there is one ('' unknown);
    connection_rate: connections a second; automatic: 'disabled', 'cycle' (for the current upgrade cycle), 'enabled',
    or None if the page does not tell; shown: {key: text with its unit} of the four; fields: every pair of label and value.
    """

    max_concurrent: Any = None
    bandwidth: str = ""
    connection_rate: Any = None
    automatic: Any = None
    fields: dict = field(default_factory=dict)
    shown: dict = field(default_factory=dict)

    def as_dict(self):
        return asdict(self)


def read(browser):
    """Read the settings. PageNotUnderstood if none of them is on the page."""
    page, labels = browser.open(PLACE), browser.labels
    facts = read_facts(page)
    shown = _shown(page, facts, labels)
    if not any(shown.values()):
        raise browser.not_understood(page, TITLE, *LABEL.values())
    return JumpSettings(_first(shown[MAX_CONCURRENT]), shown[BANDWIDTH], _first(shown[CONNECTION_RATE]), shown[AUTOMATIC], facts, shown)


def _shown(page, facts, labels):
    texts = {key: shown_limit(page, facts, labels, key) for key in _LIMITS}
    return dict(texts, automatic=shown_automatic(page, facts, labels))


def _first(text):
    return amount(text)[0]


# --- setting


def check(browser, values):
    """See that each of these {key: value} could be entered on the page that was read last; asks for nothing where it was.

    PageNotUnderstood for a field that is not there, Refused for one that is locked, InvalidInput for a value that it does not take.
    """
    _entered(browser, browser.open(PLACE, fresh=False), values)


def save(browser, values):
    """Enter {key: value} and press Save, once for each form that holds some of them; what the page said.

    If the session had ended, the page is read anew, and Save is pressed only if it does not show the values already.
    """
    said, left = [], dict(values)
    for _form in KEYS:
        try:
            done, texts = browser.afresh(partial(_save_one, browser, left))
        except ApplianceError as exc:
            exc.pressed_before = exc.pressed_before or len(left) < len(values)
            raise
        said += texts
        left = {key: value for key, value in left.items() if key not in done}
        if not left:
            break
    return tuple(said)


def _save_one(browser, values):
    """(keys of the form that was sent, what the page said); those that the page shows already need no form."""
    page, labels = browser.open(PLACE), browser.labels
    shown = _shown(page, read_facts(page), labels)
    open_ones = {key: value for key, value in values.items() if not _shows(key, shown[key], value)}
    if not open_ones:
        return tuple(values), ()
    forms = _entered(browser, page, open_ones)
    form, mine = forms[0]
    control = _save_control(browser, page, form)
    return mine, tuple(alerts(browser.press(page, control, form)))


def _shows(key, text, value):
    return text == value if key == AUTOMATIC else bool(text) and _first(text) == value


def _save_control(browser, page, form):
    named = page.named(browser.labels, "save")
    found = [one for one in page.submits_of(form, also_disabled=True) if one in named]  # a script enables it after a change
    if not found:
        raise browser.not_understood(page, TITLE, "save")
    return found[0]


def _entered(browser, page, values):
    """[(form, its keys)] with the values entered and the button found; nothing is sent."""
    forms = []
    for key, value in values.items():
        form, enter = _spot(browser, page, key)
        known = next((one for one in forms if one[0].element is form.element), None)
        if known is None:
            _save_control(browser, page, form)
            known = (form, [])
            forms.append(known)
        enter(known[0], value)
        known[1].append(key)
    return forms


def _spot(browser, page, key):
    """(form, enter(form, value)) of a setting."""
    labels = browser.labels
    if key != AUTOMATIC:
        found = limit_field(page, labels, key)
        if found is None:
            raise browser.not_understood(page, TITLE, LABEL[key])
        return found[0], lambda form, value: _enter_limit(browser, key, _own(browser, key, form, found[1]), value)
    radios, select = automatic_radios(page, labels), automatic_select(page, labels)
    if radios:
        return radios[0], lambda form, value: _tick(browser, page, form, radios[1], value)
    if select is None:
        raise browser.not_understood(page, TITLE, LABEL[key], *(f"automatic_{state}" for state in STATES))
    return select[0], lambda form, value: _choose_state(browser, page, _own(browser, key, form, select[1]), value)


def _own(browser, key, form, one):
    """The same field in the form that will be sent; Refused when it cannot be changed."""
    mine = next(other for other in form.fields if other.element is one.element)
    if not mine.enabled or mine.element.has_attr("readonly"):
        raise Refused(f"The page {TITLE} shows {key}, but not for changing. Nothing was changed.", host=browser.host,
                      remedy="See what the account of /login may do, or set it by hand (actuator: operator).")  # fmt: skip
    return mine


def _enter_limit(browser, key, one, value):
    if one.kind == "select":
        _choose_amount(browser, key, one, value)
        return
    _see_bounds(browser, key, one, value)
    text = "" if value is None else str(value)
    old = str(one.value)
    if isinstance(value, float) and "," in old and one.kind == "text":
        text = text.replace(".", ",")
    one.value = NUMBER.sub(text, old, count=1) if text and NUMBER.search(old) and find_unit(old) else text


def _see_bounds(browser, key, one, value):
    """A browser would not send what the field's own limits forbid."""
    bounds = [_first(str(one.element.get(name, ""))) for name in ("min", "max")]
    lowest, highest = (bound if bound is not None else value for bound in bounds)
    if isinstance(value, (int, float)) and not lowest <= value <= highest:
        raise InvalidInput(f"The page {TITLE} takes {key} from {lowest:g} to {highest:g} only, not {value:g}. Nothing was changed.",
                           host=browser.host, remedy="Correct it.")  # fmt: skip


def _choose_amount(browser, key, one, value):
    texts = [text for _value, text, _chosen, enabled in one.options if enabled]
    fitting = [text for text in texts if (_first(text) == value if not isinstance(value, str) else fold(text) == fold(value))]
    if not fitting or not one.choose(fitting[0]):
        shown = whole(value) if isinstance(value, float) else value
        raise InvalidInput(f"The page {TITLE} does not offer {shown} for {key}. Nothing was changed.", host=browser.host,
                           evidence=shorten(", ".join(texts)) or "no choice at all", remedy="Choose one of them.")  # fmt: skip


def _tick(browser, page, form, radios, state):
    mine = {one: _own(browser, AUTOMATIC, form, one) for one in radios.values()}
    if state not in radios:
        raise browser.not_understood(page, TITLE, f"automatic_{state}")
    chosen = mine[radios[state]]
    for one in form.of_kind("radio"):
        if one.name == chosen.name:
            one.ticked = one is chosen


def _choose_state(browser, page, one, state):
    texts = [text for _value, text, _chosen, _enabled in one.options if browser.labels.match(f"automatic_{state}", text)]
    if not any(one.choose(text) for text in texts):
        raise browser.not_understood(page, TITLE, f"automatic_{state}")


def _recognise(page, labels):
    return any(_shown(page, read_facts(page), labels).values())


PLACE = Place("jump_clients", TITLE, (("menu_jump_clients",), ("menu_jump", "menu_jump_clients")), _recognise)
