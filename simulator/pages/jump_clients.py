# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login, Jump > Jump Clients: limits of client upgrades and whether they happen by themselves
(docs/vendor/pages.md#jump-client-upgrade-settings)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from .visit import Visit


# field -> (key in the machine's jump_settings, lowest, highest); the highest are DOCUMENTED, the lowest ours.
RANGES = {
    "max_bandwidth": ("bandwidth", 1, 100),
    "max_concurrent": ("max_concurrent", 1, 500),
    "connection_rate": ("connection_rate", 1, 300),
}


def jump_clients(visit: Visit, error: str = "", values: dict | None = None) -> Response:
    words, settings = visit.words, visit.machine.jump_settings
    shown = {field: f"{settings[key]:g}" for field, (key, _low, _high) in RANGES.items()}
    chosen = {"automatic": settings["automatic"]}
    title = f"{words('jump')} :: {words('jump_clients')}"
    values = {**shown, **chosen, **(values or {})}
    hidden = visit.machine.jump_settings_hidden
    fields = [field for field, (key, _low, _high) in RANGES.items() if key not in hidden]
    if "automatic" not in hidden:
        fields.append("automatic")
    return visit.page("jump_clients", title=title, within="jump_clients", values=values, fields=fields, error=error)


def save(visit: Visit) -> Response:
    """All or nothing: a number out of its range leaves everything as it was, and what the page does not show stays."""
    hidden = visit.machine.jump_settings_hidden
    ranges = {field: bounds for field, bounds in RANGES.items() if bounds[0] not in hidden}
    sent = {field: visit.value(field).strip() for field in ranges}
    modes = {value: mode for mode, value in visit.layout.automatic.items()}
    automatic = visit.machine.jump_settings["automatic"]
    if "automatic" not in hidden:
        automatic = modes.get(visit.value("automatic"), automatic)
    for field, (_key, low, high) in ranges.items():
        if not (sent[field].isascii() and sent[field].isdigit() and low <= int(sent[field]) <= high):
            error = visit.words("out_of_range", label=visit.words(field), low=low, high=high)
            return jump_clients(visit, error, {**sent, "automatic": automatic})
    numbers = {key: int(sent[field]) for field, (key, _low, _high) in ranges.items()}
    visit.machine.save_jump_settings(**numbers, automatic=automatic)
    return visit.after("jump_clients", visit.words("saved"))


PAGES = {"jump_clients": jump_clients}
ACTIONS = {"save_jump_clients": save}
