# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Retries of a request: a read after a lost connection or after 'slow down'. A write is never sent again."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import parsedate_to_datetime

from ..errors import Unavailable, Unreachable, Untrusted
from ..model.digits import whole_number
from .response import Response

_MAX_RETRIES = 2
_BACK_OFF = 1.0  # seconds
_DEFAULT_PAUSE = 5.0  # seconds, if the appliance names no time
_MAX_PAUSE = 60.0  # seconds in total


class RetryPolicy:
    """Sends one request, and again if it may be repeated.

    A read is retried twice after a lost connection, with pauses of 1 and 2 seconds. 429, or 503 with Retry-After, means "slower" (what
    an appliance sends above its limit is not documented, docs/vendor/probes-and-limits.md#limits-and-manners): a read waits as long as
    the appliance asks, at most a minute in total. An untrusted certificate is not retried.
    """

    def __init__(self, is_read: bool, *, host: str, request: str, sleep: Callable[[float], None]) -> None:
        self._is_read, self._host, self._request, self._sleep = is_read, host, request, sleep
        self._losses, self._waited = 0, 0.0

    def run(self, send: Callable[[], Response]) -> Response:
        """Return the response of send(). Raises Unreachable or Unavailable after the last retry."""
        response = None
        while response is None:
            try:
                response = send()
            except Untrusted:
                raise
            except Unreachable as exc:
                self._after_loss(exc)
            else:
                response = self._unless_slow_down(response)
        return response

    def _after_loss(self, exc: Unreachable) -> None:
        """Pause, or raise the error if no retry is left."""
        if not self._is_read or not exc.repeatable or self._losses >= _MAX_RETRIES:
            raise exc
        self._sleep(_BACK_OFF * 2**self._losses)
        self._losses += 1

    def _unless_slow_down(self, response: Response) -> Response | None:
        """Return the response, or None after the pause that it requests."""
        pause = _requested_pause(response)
        if pause is None:
            return response
        if not self._is_read or self._waited + pause > _MAX_PAUSE:
            raise Unavailable(
                f"{self._request}: the appliance asks for fewer requests.",
                host=self._host,
                evidence=response.evidence(),
                remedy="Its limit is 20 requests a second and 15,000 an hour for an API account: what else uses it?",
                facts={"retry_after": pause},
            )
        self._sleep(pause)
        self._waited += pause
        return None


def _requested_pause(response: Response) -> float | None:
    """Return the seconds that a response asks to wait, or None."""
    retry_after = response.headers.get("Retry-After", "").strip()
    if response.status == 429 or (response.status == 503 and retry_after):
        number = whole_number(retry_after)
        seconds = _seconds_until(retry_after, response.headers.get("Date", "")) if number is None else float(number)
        return _DEFAULT_PAUSE if seconds is None else max(1.0, seconds)
    return None


def _seconds_until(moment: str, now: str) -> float | None:
    """Return the seconds between two dates of HTTP, both by the clock of the appliance; None if one is not a date."""
    try:
        then, since = (parsedate_to_datetime(text).replace(tzinfo=None) for text in (moment, now))  # dates of HTTP are in UTC
    except (TypeError, ValueError, IndexError, OverflowError):  # which one depends on the version of Python
        return None
    return (then - since).total_seconds()
