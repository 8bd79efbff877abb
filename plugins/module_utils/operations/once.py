# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The one way to write: read again what the write depends on, send it once, and tell a lost response from a refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..errors import ApplianceError, may_have_happened
from ..outcome import FAILED
from .port import Appliance


@dataclass(frozen=True)
class Sent:
    """result: what act returned; lost: the error because of which the response is unknown, so that reading decides, or None."""

    result: Any = None
    lost: ApplianceError | None = None


def send_once(
    appliance: Appliance, act: Callable[[Callable[[], None]], Any], what: str, *, check: Callable[[], object] = lambda: None
) -> Sent:
    """Make the one write of act(ready) and return Sent; `what` names it in the progress.

    act calls ready() right before each request of the write. ready() calls check(), which reads again what the write depends on and
    raises if that changed; then nothing is sent. Raises what act raises if the write certainly changed nothing: with the outcome
    `failed` if the appliance refused it, and unchanged (`nothing_done`) if nothing was sent. After an earlier write of the same task
    the outcome stays `unknown`.
    """
    before: bool = appliance.request_sent
    sent: list[str] = []

    def ready() -> None:
        check()
        appliance.request_sent = True
        sent.append(what)

    try:
        return Sent(act(ready))
    except ApplianceError as exc:
        if not sent or exc.nothing_sent:
            appliance.request_sent = before
            raise
        if not may_have_happened(exc):
            if not before:
                exc.facts.setdefault("outcome", FAILED)
            raise
        appliance.say(f"{what}: no certain response ({type(exc).__name__}); reading decides")
        return Sent(lost=exc)


def at_once(act: Callable[[], Any]) -> Callable[[Callable[[], None]], Any]:
    """The act of send_once for a write that is one request, which act() sends."""

    def sending(ready: Callable[[], None]) -> Any:
        ready()
        return act()

    return sending
