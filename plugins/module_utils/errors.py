# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The errors that this collection raises: one small tree, written for a person at night."""

from __future__ import annotations


class ApplianceError(Exception):
    """Something that an operator must read: one sentence, then the evidence, then what to do.

    message:  one sentence that says what was tried and what came of it
    host:     the appliance's host name, empty where none is concerned
    evidence: what came back, shortened, without secrets
    remedy:   what to do now
    facts:    values for programs (they end up in the module's result)
    """

    _SAW = "It answered"
    nothing_sent = False  # whether such an error proves that nothing was asked of the appliance
    pressed_before = False  # whether the same was pressed already, in a session that turned out to have ended

    def __init__(self, message, *, host="", evidence="", remedy="", facts=None):
        self.message, self.host, self.evidence, self.remedy = message, host, evidence, remedy
        self.facts = dict(facts or {})
        super().__init__(str(self))

    def __str__(self):
        text = f"{self.host}: {self.said}" if self.host else self.said
        return f"{text} {self.remedy}" if self.remedy else text

    @property
    def said(self):
        """What happened, without host and remedy: for a place that names the host, or knows better what to do now."""
        return f"{self.message} {self._SAW}: {_ended(self.evidence)}" if self.evidence else self.message

    def at(self, host):
        """This error; it names the host now if it named none."""
        self.host = self.host or host
        return self


class InvalidInput(ApplianceError):
    """An option, a file or a variable that the user gave cannot be used."""

    _SAW = "Found"


class Unreachable(ApplianceError):
    """No whole answer came: refused, no such host, time-out, connection cut, body cut short."""


class Untrusted(Unreachable):
    """TLS failed: the certificate or the protocol was not accepted."""


class Unavailable(ApplianceError):
    """The appliance answered that it cannot serve now (5xx, or slow down)."""


class Refused(ApplianceError):
    """The request was understood and turned down."""


class AccessDenied(Refused):
    """The credentials or the token were not accepted."""


class PermissionMissing(Refused):
    """The account is known but may not do this."""


class NotUnderstood(ApplianceError):
    """An answer came, but not what was asked for (HTML for data, a field or a label missing)."""


class NotFound(NotUnderstood):
    """The address does not exist on this appliance."""


class WaitTimeout(ApplianceError):
    """A wait reached its deadline; what was awaited may still happen."""


class Unsafe(ApplianceError):
    """Going on would break a safety rule; nothing was done."""


class PlanError(ApplianceError):
    """No path leads from what is installed to what is wanted."""


def said(exc):
    """The text of any exception for a sentence that names the host itself."""
    return exc.said if isinstance(exc, ApplianceError) else str(exc)


def _ended(text):
    """With a full stop, unless it ends with a sign that closes a sentence (perhaps inside a quotation)."""
    return text if text.rstrip("'\"").endswith((".", "!", "?", "…")) else f"{text}."


def answer_lost(exc):
    """Whether an error of a write leaves open what the appliance did: then it is watched, and nothing is sent again.

    Only a refusal by the appliance, and what is refused here before anything is sent, are certain; a full disk of this
    machine after the request, for example, is not.
    """
    refused = isinstance(exc, Refused) and not isinstance(exc, AccessDenied)
    if exc.pressed_before:  # what is refused now says nothing about the first time
        return True
    return not (exc.nothing_sent or refused or isinstance(exc, (InvalidInput, Unsafe)))


# What may be met while an operation that takes the appliance down is under way: "not yet".
NOT_YET = (Unreachable, Unavailable, NotUnderstood)
