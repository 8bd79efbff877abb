# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The reasons of a catch-up for people: parts of a sentence, joined by the caller. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ...model.moments import iso_rounded_up
from .percent import rounded_down

if TYPE_CHECKING:
    from .conditions import Conditions
    from .measure import Progress

_ROLE_VARIABLE = "catch_up_running_since"


def why_open(clients: Progress) -> str:
    """'at least 96 % of the clients run the new version'"""
    if clients.uncompared:
        return "the number of clients before the upgrade is unknown"
    if clients.of == 0:
        return "there is no client to wait for"
    what = "that were online before are online again" if clients.basis == "online_count" else "run the new version"
    least = "at least " if clients.unread else ""
    return f"{least}{rounded_down(clients.least):g} % of the clients {what}"


def too_few(clients: Progress, threshold: float) -> str:
    """'90 % of the clients have caught up, 95 % are required: 3 are missing'"""
    if clients.unread:
        return (
            f"at most {rounded_down(clients.most):g} % of the clients can have caught up, {threshold:g} % are required "
            "(the list was not read to its end)"
        )
    return (
        f"{rounded_down(clients.least):g} % of the clients have caught up, {threshold:g} % are required: "
        f"{clients.of - clients.done} are missing"
    )


def unobserved(clients: Progress, conditions: Conditions, since: float, version: str) -> str:
    """Why a version of unknown start keeps the catch-up closed, and what opens it."""
    return (
        f"the start of {version} was not observed (first read at {iso_rounded_up(since)}): "
        f"the wait ends {span(conditions.min_wait)} after that, "
        f"or when you declare the start (running_since; in the role upgrade: {_ROLE_VARIABLE}), "
        f"or when enough clients run {version} ({_what_clients_show(clients, conditions)})"
    )


def _what_clients_show(clients: Progress, conditions: Conditions) -> str:
    if clients.basis != "needs_update" or clients.fault:
        return "unknown: this version does not list them"
    if not clients.is_complete and not clients.unread:
        connected = "an unknown number is" if clients.online is None else f"{clients.online} are"
        return f"the list has {clients.listed} of them and {connected} connected, so it is not complete"
    missing = "" if clients.pending_for is None else f", and one that does not was last seen {span(max(0, clients.pending_for))} ago"
    percent = rounded_down(clients.most if clients.unread else clients.least)
    return f"{percent:g} % of {clients.of} run it, {conditions.threshold:g} % are required{missing}"


def span(seconds: float) -> str:
    """'24:00:00'"""
    minutes, rest = divmod(math.ceil(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"
