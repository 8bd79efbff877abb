# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The errors of this collection: one small tree, with texts for operators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

_Error = TypeVar("_Error", bound="ApplianceError")


class ApplianceError(Exception):
    """An error for an operator: a first line that is complete by itself, then the evidence, then the action to take.

    message:  one sentence that says what failed
    host:     the appliance's host name, empty if the error concerns none
    evidence: what the appliance answered, shortened, without secrets
    remedy:   the action to take
    facts:    values for programs (the module adds them to its result)
    """

    _EVIDENCE_LABEL = "It answered"
    nothing_sent = False  # True: nothing was sent to the appliance, for certain
    got_login_page = False  # True: a login form came in place of data
    uncertain = False  # True: the appliance may have done what was requested, whatever the class of the error

    def __init__(
        self, message: str, *, host: str = "", evidence: str = "", remedy: str = "", facts: Mapping[str, Any] | None = None
    ) -> None:
        self.message, self.host, self.evidence, self.remedy = message, host, evidence, remedy
        self.facts: dict[str, Any] = dict(facts or {})
        super().__init__(str(self))

    def __str__(self) -> str:
        text = f"{self.host}: {self.summary}" if self.host else self.summary
        return f"{text} {self.remedy}" if self.remedy else text

    @property
    def summary(self) -> str:
        """The message and its evidence, without host and remedy: for a text that names these itself."""
        return f"{self.message} {self._EVIDENCE_LABEL}: {_with_full_stop(self.evidence)}" if self.evidence else self.message

    def with_host(self: _Error, host: str) -> _Error:
        """Return this error, with this host name if it had none."""
        self.host = self.host or host
        return self


class InvalidInput(ApplianceError):
    """An option, a file or a variable of the user cannot be used."""

    _EVIDENCE_LABEL = "Found"


class Unreachable(ApplianceError):
    """No whole response came: refused, no such host, time-out, connection closed, body cut short."""

    repeatable = True  # False: an immediate retry makes no sense


class Untrusted(Unreachable):
    """TLS failed: the certificate or the protocol was not accepted."""


class Unavailable(ApplianceError):
    """The appliance answered that it cannot serve now (5xx, or slow down)."""


class Refused(ApplianceError):
    """The appliance understood the request and refused it. reason: the words of the appliance alone, '' if it gave none."""

    reason = ""


class AccessDenied(Refused):
    """The credentials or the token were not accepted."""


class PermissionMissing(Refused):
    """The account is valid, but lacks the permission."""


class NotUnderstood(ApplianceError):
    """A response came, but not what was requested (HTML for data, a field or a label is missing)."""


class NotFound(NotUnderstood):
    """The address does not exist on this appliance."""


class WaitTimeout(ApplianceError):
    """A wait reached its deadline; the awaited event may still happen."""


class Unsafe(ApplianceError):
    """To continue would break a safety rule; nothing was done."""


class PlanError(ApplianceError):
    """No path leads from the installed software to the request."""


def summary_of(exc: BaseException) -> str:
    """Return the text of any exception for a sentence that names the host itself."""
    return exc.summary if isinstance(exc, ApplianceError) else str(exc)


def _with_full_stop(text: str) -> str:
    """Return the text with a full stop, unless it ends with a sign that closes a sentence (perhaps inside a quotation)."""
    return text if text.rstrip("'\"").endswith((".", "!", "?", "…")) else f"{text}."


def may_have_happened(exc: ApplianceError) -> bool:
    """Whether the appliance may have done what a failed write requested: then it is watched, and nothing is sent again.

    Only a refusal by the appliance, and an error before anything was sent, are certain; a full disk of this machine after the request,
    for example, is not.
    """
    certain = exc.nothing_sent or isinstance(exc, (Refused, InvalidInput, Unsafe))
    return exc.uncertain or not certain


def mark_nothing_sent(exc: _Error) -> _Error:
    """Return the same error, marked: nothing was sent to the appliance."""
    exc.nothing_sent = True
    return exc


# Errors that are normal while an operation takes the appliance down: "not yet".
NOT_YET = (Unreachable, Unavailable, NotUnderstood)
