# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""When a request is sent again: reads after a lost connection, reads after 'slow down'; writes never."""

from __future__ import annotations

from .errors import Unavailable, Unreachable, Untrusted

_MORE_TRIES = 2
_BACK_OFF = 1.0
_UNTOLD = 5.0
_LONGEST = 60.0


class Patience:
    """Asks again for one request.

    A lost connection is met at most twice with 1 and 2 seconds of pause. 429, or 503 with Retry-After, means
    "slower" (what an appliance sends over its limit is not documented, interfaces 10): waited for as it asks, at most
    a minute in all. A certificate that is not trusted will not be trusted in a second either.
    """

    def __init__(self, read, *, host, request, sleep):
        self._read, self._host, self._request, self._sleep = read, host, request, sleep
        self._losses, self._waited = 0, 0.0

    def ask(self, send):
        """send() until it brings an answer or patience ends with Unreachable or Unavailable."""
        answer = None
        while answer is None:
            try:
                answer = send()
            except Untrusted:
                raise
            except Unreachable as exc:
                self._lost(exc)
            else:
                answer = self._unless_slower(answer)
        return answer

    def _lost(self, exc):
        """Pause, or raise the error where patience has ended."""
        if not self._read or self._losses >= _MORE_TRIES:
            raise exc
        self._sleep(_BACK_OFF * 2**self._losses)
        self._losses += 1

    def _unless_slower(self, answer):
        """The answer, or None after the pause that it asked for."""
        pause = _pause(answer)
        if pause is None:
            return answer
        if not self._read or self._waited + pause > _LONGEST:
            raise Unavailable(
                f"{self._request}: the appliance asks for fewer requests.",
                host=self._host,
                evidence=answer.evidence(),
                remedy="Its limit is 20 requests a second and 15,000 an hour for an API account: what else uses it?",
                facts={"retry_after": pause},
            )
        self._sleep(pause)
        self._waited += pause
        return None


def _pause(answer):
    """Seconds that an answer asks to wait, or None."""
    told = answer.headers.get("Retry-After", "").strip()
    if answer.status == 429 or (answer.status == 503 and told):
        return max(1.0, float(told)) if told.isdigit() else _UNTOLD
    return None
