# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The log of all requests: what was asked, what came of it, and whether it changed anything. Never a secret."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .clock import to_iso

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

    from .machine.appliance import Machine


SECRET = ("password", "client_secret", "access_token", "passphrase", "key")
HIDDEN = "***"
TIME = re.compile(rb"\d{9,}")  # seconds since 1970, or their thousandths


class RequestLog:
    """Entries as dicts, in order; n counts from 1 and goes on after clear()."""

    def __init__(self) -> None:
        self._entries, self._count = [], 0

    def add(self, request: Request, machine: Machine, status: Any, writes: Any = (), fault: Any = None, via: str = "") -> None:
        """status: None where the connection was dropped without an answer."""
        self._count += 1
        self._entries.append(
            {
                "n": self._count,
                "time": to_iso(machine.now()),
                "appliance": machine.name,
                "via": via,
                "method": request.method,
                "path": request.path,
                "query": {key: HIDDEN if key in SECRET else value for key, value in request.args.items()},
                "action": request.values.get("action", "") if request.path.startswith("/api/command") else "",
                "status": status,
                "effect": "write" if writes else "read",
                "write": "; ".join(writes),
                "kind": kind_of(request.path),
                "account": request.environ.get("simulator.account", ""),
                "fault": fault,
            }
        )

    def entries(self, appliance: Any = None, effect: Any = None, since: Any = 0) -> list[dict[str, Any]]:
        """Those after number `since`, of one appliance and of one effect if asked."""
        wanted = {key: value for key, value in (("appliance", appliance), ("effect", effect)) if value}
        return [one for one in self._entries if one["n"] > since and all(one[key] == wanted[key] for key in wanted)]

    def clear(self) -> None:
        self._entries.clear()


def question(request: Request) -> tuple[str | bytes, ...] | None:
    """What a request asks, for telling whether the same was asked before; None where it only fetches a token.

    The time of asking makes no other question: neither the start of a report nor a number against caches.
    """
    if kind_of(request.path) == "auth":
        return None
    names = ("action", "generate_report")
    return request.method, request.path, TIME.sub(b"now", request.query_string), *(request.form.get(name, "") for name in names)


def kind_of(path: str) -> str:
    """'page', 'auth', 'api' or 'probe'."""
    if path.startswith(("/appliance", "/login")):
        return "page"
    if path.startswith("/oauth2/"):
        return "auth"
    return "api" if path.startswith("/api/") else "probe"
