# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What stands where data is due: one judgement for all documented interfaces.

An interface of the appliance may answer with a page, with another status, or with nothing (interfaces 2.4, 14 trap 1);
here each of these becomes one sentence that says what to do.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import NotFound, NotUnderstood, PermissionMissing, Refused, Unavailable

WHERE = "/login > Management > API Configuration"


@dataclass(frozen=True)
class Interface:
    """name: for messages; permission: the account's permission it needs; since: first version, '' where not known;
    switch: what else must be on, '' for nothing."""

    name: str
    permission: str
    since: str = ""
    switch: str = ""


def judged(answer, interface, credentials, permission=""):
    """The answer, when it can be data; otherwise the error that it means."""
    error = refusal(answer, interface, credentials, permission or interface.permission)
    if error:
        raise error
    return answer


def refusal(answer, interface, credentials, permission):
    """The error that an answer means by its status or because it is a page, or None; the caller reads the rest."""
    if answer.status == 403:
        return _forbidden(answer, interface, credentials, permission)
    if answer.asks_for_password:
        return _page(answer, interface, "brought a login page instead of data")
    if answer.status == 404 or (answer.is_html and "document not found" in answer.text.lower()):
        return _missing(answer, interface, credentials, permission)
    if answer.status >= 500:
        return Unavailable(f"{answer.request} failed.", host=answer.host, evidence=answer.evidence(),
                           remedy="It may be starting or installing; look at its pages if this stays.")  # fmt: skip
    if answer.is_html:
        which = f"the web page {answer.title!r}" if answer.title else "a web page"
        return _page(answer, interface, f"brought {which} instead of data")
    if answer.status >= 400:
        return Refused(f"{answer.request} was turned down.", host=answer.host, evidence=answer.evidence())
    return None


def nothing(answer, interface):
    """The error for a body without a word in it."""
    return NotUnderstood(
        f"{answer.request} brought an empty answer (status {answer.status}).",
        host=answer.host,
        remedy=f"Is url the appliance itself, and is the {interface.name} ready?",
    )


def parsed(answer, interface):
    """The JSON of an answer; NotUnderstood where it is empty or none."""
    if not answer.body.strip():
        raise nothing(answer, interface)
    return answer.json()


def _forbidden(answer, interface, credentials, permission):
    return PermissionMissing(
        f"{credentials.name} may not use the {interface.name}: it lacks {permission}.",
        host=answer.host,
        evidence=answer.evidence(),
        remedy=_grant(interface, credentials, permission),
        facts=_facts(permission),
    )


def _missing(answer, interface, credentials, permission):
    """A page 'Document Not Found' also stands for a missing permission and for a switched-off API (interfaces 2.4)."""
    facts, remedy = _facts(permission), _grant(interface, credentials, permission)
    if answer.is_html and interface.switch:
        return PermissionMissing(
            f"{answer.request} was not found: {credentials.name} lacks {permission}, or the {interface.name} is off.",
            host=answer.host, evidence=answer.evidence(), remedy=remedy, facts=facts,
        )  # fmt: skip
    since = f": the {interface.name} came with {interface.since}" if interface.since else ""
    return NotFound(
        f"{answer.request} was not found{since}.",
        host=answer.host,
        evidence=answer.evidence(),
        remedy=f"If this appliance is newer: look at url. {remedy}",
        facts=facts,
    )


def _facts(permission):
    """The name alone, for programs: 'perm_command' of 'perm_command (read_only)'."""
    return {"permission": permission.split()[0]}


def _grant(interface, credentials, permission):
    switch = f" See that {interface.switch} is on in {WHERE}." if interface.switch else ""
    if credentials.modern:
        return f"Give it {permission} in {WHERE}.{switch}"
    return f'The user must be "Allowed to Use Command API", for some commands an administrator.{switch}'


def _page(answer, interface, what):
    return NotUnderstood(
        f"{answer.request} {what}.",
        host=answer.host,
        evidence=answer.evidence(),
        remedy=f"Is url the public host name of the appliance? The {interface.name} is there, not behind a portal.",
    )
