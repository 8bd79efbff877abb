# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Reporting API in XML: /api/reporting (docs/vendor/reporting-api.md).

Used only for the ids of running sessions, which the XML Command API does not contain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import AccessDenied, NotFound, PermissionMissing, Refused
from . import xml_document as xml
from .command_xml import read_lsid
from .credentials import access_denied, send_authorized
from .refusals import Interface, require_data

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from ..errors import ApplianceError
    from ..http.transport import Transport
    from .credentials import Credentials

WINDOW = 86400  # seconds; sessions that began earlier are not searched
# report and permission by product; the permission is documented for XML with RS, and for JSON with PRA
_RS = ("SupportSession", "perm_reporting_support")
_PRA = ("AccessSession", "perm_reporting_session")
_REPORTS = {"rs": (_RS,), "pra": (_PRA,)}
_PATH = "/api/reporting"
_LARGEST = 32 << 20  # bytes; the sessions of a day on a large site
_LONGEST = 500  # characters of a sentence
_TIMEOUT = 120  # seconds; the vendor does not document how long a report of a day takes
# What the appliance returns instead of an empty list. Observed: "No Support report information matching your chosen criteria is available."
# (with PRA too), "No vault account activity matching ...", "No archives found for the given search criteria.", and in French
# "... correspondant à vos critères n'est disponible." The language is that of the site. The German words are a translation.
_EMPTY = re.compile(
    r"""\W*(?:there\ (?:is|are|were)\ no|no|aucune?|keine?)\ (?!(?:valid\ |such\ )|(?:search\ )?criteria)[^.:;!?]*(?:
        match\w*\ [^.:;!?]*\bcriteria\b | \bfound\ [^.:;!?]*\bcriteria\b | \b(?:sessions?|records?|results?)(?:\ was|\ were)?\ found
        | correspond\w*\ [^.:;!?]*\bcritères\b | \bkriterien\b
    )[^.:;!?]*[.!]?\W*""",
    re.I | re.X,
)


class Reporting:
    """Reads reports of one appliance."""

    def __init__(self, transport: Transport, credentials: Credentials) -> None:
        self._transport, self._credentials = transport, credentials

    def running_sessions(self, product: str, clock: float) -> tuple[str, ...]:
        """Ids of the sessions that began within WINDOW seconds before `clock` and have no end.

        product: 'rs', 'pra', or '' if unknown: then both reports are read, and one of them may be refused.
        Raises PermissionMissing, which names the permission and the ways without it.
        """
        refused: Refused | None = None
        running: tuple[str, ...] = ()
        reports = _REPORTS.get(product, (_RS, _PRA))
        for report, permission in reports:
            try:
                running += self._running(report, permission, clock)
            except (AccessDenied, PermissionMissing):
                raise
            except Refused as exc:  # the appliance does not know the report of the other product
                if refused or len(reports) == 1:
                    raise
                refused = exc
        return running

    def _running(self, report: str, permission: str, clock: float) -> tuple[str, ...]:
        interface = Interface("Reporting API", permission, "", 'the switch "Enable XML API"')
        query = {"generate_report": report, "start_time": str(int(clock) - WINDOW), "duration": "0"}
        timeout = max(_TIMEOUT, self._transport.timeout)
        response = send_authorized(self._transport, self._credentials, "GET", _PATH, params=query, timeout=timeout, max_bytes=_LARGEST)
        try:
            root = xml.document(require_data(response, interface, self._credentials), report, "session_list", interface)
        except (PermissionMissing, NotFound) as exc:
            raise _missing_permission(exc, permission) from exc
        except AccessDenied as exc:
            raise access_denied(self._credentials, report, host=exc.host, evidence=exc.evidence) from exc
        except Refused as exc:
            if len(exc.reason) < _LONGEST and _EMPTY.fullmatch(exc.reason):
                return ()
            raise
        running = dict.fromkeys(one.get("lsid", "") for one in xml.children(root, "session") if _is_running(one))
        return tuple(read_lsid(lsid, report, self._transport.host) for lsid in running)


def _is_running(session: Element) -> bool:
    """Whether a session has no end: no element, or an empty one (observed)."""
    ends = xml.children(session, "end_time")
    return not any(xml.text_of(end) or end.get("timestamp", "0") not in ("", "0") for end in ends)


def _missing_permission(exc: ApplianceError, permission: str) -> PermissionMissing:
    """The error of a missing permission, with the ways that do not need it."""
    return PermissionMissing(
        f"Cannot list the running sessions, so none can be ended by its id: {permission} is missing, or the Reporting API is off. "
        f"{exc.message}",
        host=exc.host,
        evidence=exc.evidence,
        facts={"permission": permission},
        remedy=f"Give the account {permission} in /login > Management > API Configuration; or use `policy: wait` or `policy: stop`; or "
        "`log_out: true`, which ends a person's sessions with the log-in.",
    )
