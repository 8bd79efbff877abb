# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The secrets among the options of a task, by the argument spec that marks them, and the options without them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from .secrets import LOGIN, Secrets, texts_in

_PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


def collect(secrets: Secrets, spec: Mapping[str, Any], params: Any) -> None:
    """Add the values that an argument spec marks as secret, of any shape, and allow the public ones."""
    for name, option in spec.items():
        value = params.get(name) if isinstance(params, dict) else None
        if option.get("no_log"):
            secrets.add_option(name, value)
        elif "options" in option:
            _collect_inside(secrets, option["options"], value)
        else:
            public = texts_in(value)
            for text in public:
                secrets.add_url(text)
            secrets.allow(part for text in public for part in _public_parts(text))
    for name in _PROXIES:
        secrets.add_url(os.environ.get(name, ""))
    _collect_logins(secrets, spec, params)


def _collect_inside(secrets: Secrets, spec: Mapping[str, Any], value: Any) -> None:
    if isinstance(value, (list, tuple)):
        for one in value:
            _collect_inside(secrets, spec, one)
    elif isinstance(value, dict):
        collect(secrets, spec, value)


def _collect_logins(secrets: Secrets, spec: Mapping[str, Any], params: Mapping[str, Any]) -> None:
    for name, option in spec.items():
        user = {"client_secret": "client_id"}.get(name, name.replace("password", "username"))
        if option.get("no_log") and user in spec and params.get(user) and isinstance(params.get(name), str):
            secrets.add_login(params[user], params[name])


def _public_parts(text: str) -> set[str]:
    """Return the text and the host in it; for an address with a password only the host."""
    try:
        host = urlsplit(text if "://" in text else f"//{text}").netloc.rpartition("@")[2]
    except ValueError:
        host = ""
    return {host if "@" in text and "://" in text else text, host} - {""}


def addresses_with_login(spec: Mapping[str, Any], params: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Yield the names of the options and suboptions whose value is an address with a user name or a password."""
    for name, option in spec.items():
        value = params.get(name)
        for one in value if isinstance(value, (list, tuple)) else [value]:
            if "options" in option and isinstance(one, dict):
                yield from addresses_with_login(option["options"], one, f"{prefix}{name}.")
            elif not option.get("no_log") and isinstance(one, str) and LOGIN.search(one):
                yield f"{prefix}{name}"


def masked_params(spec: Mapping[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a task for its result, without the values of secrets and of unknown options."""
    return {name: _masked_value(spec.get(name, {"no_log": True}), value) for name, value in params.items()}


def _masked_value(option: Mapping[str, Any], value: Any) -> Any:
    if option.get("no_log"):
        return value if value is None else "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
    if "options" not in option or value is None:
        return value
    if isinstance(value, dict):
        return masked_params(option["options"], value)
    if isinstance(value, list) and all(isinstance(one, dict) for one in value):
        return [masked_params(option["options"], one) for one in value]
    return "VALUE_OF_ANOTHER_SHAPE"
