# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Chooses the generation of the Command API: JSON where the appliance has it, XML otherwise."""

from __future__ import annotations

import time

from ..credentials import authorized
from ..secret_cache import key_of
from .command_json import BASE, INTERFACE, CommandJson
from .command_xml import CommandXml
from .refusals import refusal

_REMEMBERED = 900  # seconds: an upgrade may bring the JSON generation


def command(transport, credentials, cache=None, clock=time.time):
    """CommandJson or CommandXml for this appliance.

    Which versions have JSON is told by no document, so it is asked: 404 at /info means XML (interfaces 5.1). A user
    with a password is from before JSON. A certain answer is remembered in `cache` for a quarter of an hour, so that
    not each task pays for it. Raises Unavailable where the appliance cannot tell now.
    """
    if not credentials.modern:
        return CommandXml(transport, credentials)
    key = key_of("generation", transport.base)
    generation, told = _remembered(cache, key, clock), None
    if not generation:
        generation, certain, told = _asked(transport, credentials)
        if certain and cache is not None:
            cache.write(key, {"generation": generation, "at": clock()})
    if generation == CommandJson.generation:
        return CommandJson(transport, credentials, told)
    return CommandXml(transport, credentials)


def _remembered(cache, key, clock):
    kept = (cache.read(key) if cache is not None else None) or {}
    at = kept.get("at")
    fresh = isinstance(at, (int, float)) and 0 <= clock() - at < _REMEMBERED
    return kept.get("generation") if fresh else None


def _asked(transport, credentials):
    """(generation, certain?, the answer); a page that is no 404 is taken for an old version, but not remembered.

    Any refusal that is no page comes from the JSON generation: its own methods say what is wrong.
    """
    answer = authorized(transport, credentials, "GET", f"{BASE}/info", headers={"Accept": "application/json"})
    if answer.status >= 500:
        raise refusal(answer, INTERFACE, credentials, INTERFACE.permission)
    if answer.status == 404 or answer.is_html:
        return CommandXml.generation, answer.status == 404, answer
    return CommandJson.generation, answer.status == 200, answer
