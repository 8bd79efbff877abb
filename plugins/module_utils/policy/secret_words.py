# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Refuses a secret that no_log cannot hide without hiding results that later tasks need, before anything is sent. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..errors import InvalidInput

_LEAST = 4
_NUMBER = re.compile(r"[\d.]{1,7}")  # a part of versions, dates and counts
_USERS = ("username", "web_username", "login_username", "client_id")  # only people read these
# names of packages, and the words of results by which tasks decide
_PRODUCT = ("BeyondTrust Remote Support", "BeyondTrust Privileged Remote Access", "Bomgar Remote Support", "Base Software")
_WORDS = """absent accept acknowledged active after any api appliance appliances asked asynchronous available backup base before begun
blocked break broken catch_up certificates clients closed confirmed done drain error established fail_outage fail_upgrade failed hold
hotfix installed installing interim left_to_first licence manual network newest none not_offered nothing_done one_sided open opened
operator pass pending planned preflight present primary reached read reinstall released restore restored running saved site standalone
standby started stopped swap sync synchronous take_over unknown unlocked verified waiting warn withdrawn"""
_REMEDY = "Choose another secret for that account or file. Nothing was sent."


def refuse_unhideable(spec: Mapping[str, Any], params: Mapping[str, Any]) -> None:
    """InvalidInput with the option of a secret that is too short, a number, a word of the product, or the value of another option."""
    clear = list(_texts(spec, params, secret=False))
    for name, secret in _texts(spec, params, secret=True):
        reason = _reason(secret, clear)
        if reason:
            raise InvalidInput(f"The value of '{name}' cannot be hidden: {reason}, which later tasks must read.", remedy=_REMEDY)


def _reason(secret: str, clear: Iterable[tuple[str, str]]) -> str:
    if len(secret) < _LEAST:
        return f"with fewer than {_LEAST} characters it is part of many texts"
    if _NUMBER.fullmatch(secret):
        return "such a number is part of versions and dates"
    if any(_is_part(secret, phrase) for phrase in _PRODUCT):
        return "it is part of the vendor's names of packages"
    if any(_is_part(secret, word) for word in _WORDS.split()):
        return "it is part of a word of this collection's results"
    same = [name for name, text in clear if text == secret and name.rpartition(".")[2] not in _USERS]
    return f"it is also the value of '{same[0]}'" if same else ""


def _is_part(secret: str, text: str) -> bool:
    """no_log hides long secrets in any case."""
    return secret in text or len(secret) >= 8 and secret.casefold() in text.casefold()


def _texts(spec: Mapping[str, Any], params: Mapping[str, Any], secret: bool, prefix: str = "") -> Iterator[tuple[str, str]]:
    """(option, text) of all texts among the options: the secrets, or the others."""
    for name, option in spec.items():
        value, label = params.get(name), prefix + name
        if "options" in option:
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    yield from _texts(option["options"], one, secret, f"{label}.")
        elif bool(option.get("no_log")) is secret:
            yield from ((label, text) for text in (value if isinstance(value, list) else [value]) if isinstance(text, str) and text)
