# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Chooses the generation of the Command API: JSON if the appliance has it, XML otherwise."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..storage.secret_cache import key_of
from .command_json import BASE, INTERFACE, CommandJson
from .command_xml import CommandXml
from .credentials import send_authorized
from .refusals import require_data

if TYPE_CHECKING:
    from ..http.response import Response
    from ..http.transport import Transport
    from ..storage.secret_cache import Cache
    from .credentials import Credentials

_CACHE_SECONDS = 900  # seconds; an upgrade may add the JSON generation


def command(
    transport: Transport, credentials: Credentials, cache: Cache | None = None, clock: Callable[[], float] = time.time
) -> CommandJson | CommandXml:
    """CommandJson or CommandXml for this appliance.

    No document says which versions have JSON, so it is requested: 404 at /info means XML
    (docs/vendor/command-api-json.md#general). A user with a password means a version before JSON. A certain result is cached
    for 15 minutes, so that not every task pays for it. Raises Unavailable if the appliance cannot answer now.
    """
    if not credentials.is_api_account:
        return CommandXml(transport, credentials)
    key = key_of("generation", transport.base)
    generation, info_response = _cached_generation(cache, key, clock), None
    if not generation:
        generation, certain, info_response = _detect_generation(transport, credentials)
        if certain and cache is not None:
            cache.write(key, {"generation": generation, "at": clock()})
    if generation == CommandJson.generation:
        return CommandJson(transport, credentials, info_response)
    return CommandXml(transport, credentials)


def _cached_generation(cache: Cache | None, key: str, clock: Callable[[], float]) -> str | None:
    cached = (cache.read(key) if cache is not None else None) or {}
    at = cached.get("at")
    fresh = isinstance(at, (int, float)) and 0 <= clock() - at < _CACHE_SECONDS
    return cached.get("generation") if fresh else None


def _detect_generation(transport: Transport, credentials: Credentials) -> tuple[str, bool, Response]:
    """(generation, whether it is certain, the response).

    A page that is not a 404 means an old version, but is not cached. Any refusal that is not a page comes from the JSON
    generation: its own methods explain it.
    """
    response = send_authorized(transport, credentials, "GET", f"{BASE}/info", headers={"Accept": "application/json"})
    if response.status >= 500:
        require_data(response, INTERFACE, credentials)
    if response.status == 404 or response.is_html:
        return CommandXml.generation, response.status == 404, response
    return CommandJson.generation, response.status == 200, response
