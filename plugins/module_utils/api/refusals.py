# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Turns a response without data into an error, the same way for all documented interfaces.

An interface may respond with a page, with another status, or with nothing
(docs/vendor/authentication.md#errors-of-authentication, docs/vendor/traps.md#traps). Each becomes one sentence and an action.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import NotFound, NotUnderstood, PermissionMissing, Refused, Unavailable

if TYPE_CHECKING:
    from ..errors import ApplianceError
    from ..http.response import Response
    from .credentials import Credentials

WHERE = "/login > Management > API Configuration"


@dataclass(frozen=True)
class Interface:
    """A documented interface.

    name: for messages. permission: the permission that the account needs. since: first version, '' if unknown.
    switch: what else must be on, '' for nothing.
    """

    name: str
    permission: str
    since: str = ""
    switch: str = ""


def require_data(response: Response, interface: Interface, credentials: Credentials, permission: str = "") -> Response:
    """Return the response if it may hold data; raise the error that it means otherwise."""
    error = refusal(response, interface, credentials, permission or interface.permission)
    if error:
        raise error
    return response


def refusal(response: Response, interface: Interface, credentials: Credentials, permission: str) -> ApplianceError | None:
    """The error that a response means by its status or because it is a page; None for data."""
    if response.status == 403:
        return _forbidden(response, interface, credentials, permission)
    if response.asks_for_password:
        error = _page(response, interface, "returned a login page instead of data")
        error.got_login_page = True
        return error
    if response.status == 404 or (response.is_html and "document not found" in response.text.lower()):
        return _missing(response, interface, credentials, permission)
    if response.status >= 500:
        return Unavailable(
            f"{response.request} failed: the {interface.name} is not available now.",
            host=response.host,
            evidence=response.evidence(),
            remedy="The appliance may be starting or installing; check its pages if the error persists.",
            facts={"interface": interface.name},
        )
    if response.is_html:
        which = f"the web page {response.title!r}" if response.title else "a web page"
        return _page(response, interface, f"returned {which} instead of data")
    if response.status >= 400:
        return Refused(f"{response.request} was refused.", host=response.host, evidence=response.evidence())
    return None


def empty_response(response: Response, interface: Interface) -> NotUnderstood:
    """The error for a response without any text."""
    return NotUnderstood(
        f"{response.request} returned an empty response (status {response.status}).",
        host=response.host,
        remedy=f"Check that url is the appliance itself and that the {interface.name} is ready.",
    )


def parse_json(response: Response, interface: Interface) -> Any:
    """The JSON of a response; NotUnderstood if it is empty or not JSON."""
    if not response.body.strip():
        raise empty_response(response, interface)
    return response.json()


def _forbidden(response: Response, interface: Interface, credentials: Credentials, permission: str) -> PermissionMissing:
    return PermissionMissing(
        f"{credentials.name} may not use the {interface.name}: it lacks {permission}.",
        host=response.host,
        evidence=response.evidence(),
        remedy=_grant(interface, credentials, permission),
        facts=_facts(permission),
    )


def _missing(response: Response, interface: Interface, credentials: Credentials, permission: str) -> ApplianceError:
    """The error of a 404. The page 'Document Not Found' also means a missing permission or an API that is off
    (docs/vendor/authentication.md#errors-of-authentication).
    """
    facts, remedy = _facts(permission), _grant(interface, credentials, permission)
    if response.is_html and interface.switch:
        return PermissionMissing(
            f"{response.request} was not found: {credentials.name} lacks {permission}, or the {interface.name} is off.",
            host=response.host,
            evidence=response.evidence(),
            remedy=remedy,
            facts=facts,
        )
    since = f": the {interface.name} came with {interface.since}" if interface.since else ""
    return NotFound(
        f"{response.request} was not found{since}.",
        host=response.host,
        evidence=response.evidence(),
        remedy=f"If the appliance is newer, check url. {remedy}",
        facts=facts,
    )


def _facts(permission: str) -> dict[str, Any]:
    """The name of the permission alone: 'perm_command' of 'perm_command (read_only)'."""
    return {"permission": permission.split()[0]}


def _grant(interface: Interface, credentials: Credentials, permission: str) -> str:
    switch = f" Verify that {interface.switch} is on in {WHERE}." if interface.switch else ""
    if credentials.is_api_account:
        return f"Give it {permission} in {WHERE}.{switch}"
    return f'The user must be "Allowed to Use Command API", for some commands an administrator.{switch}'


def _page(response: Response, interface: Interface, what: str) -> NotUnderstood:
    return NotUnderstood(
        f"{response.request} {what}.",
        host=response.host,
        evidence=response.evidence(),
        remedy=f"Check that url is the public host name of the appliance, not of a portal: the {interface.name} is there.",
    )
