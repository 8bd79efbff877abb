# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Reporting API in XML: /api/reporting (interfaces 8). Here only: which sessions run, for the Command API in XML tells no ids."""

from __future__ import annotations

import re

from ..credentials import authorized, denied
from ..errors import AccessDenied, NotFound, PermissionMissing, Refused
from . import xml_document as xml
from .command_xml import told_lsid
from .refusals import Interface, judged

WINDOW = 86400  # seconds: sessions that began longer ago are not looked for
# report and permission by product; the permission's name in XML is documented for RS, that of PRA for its JSON generation
_RS = ("SupportSession", "perm_reporting_support")
_PRA = ("AccessSession", "perm_reporting_session")
_REPORTS = {"rs": (_RS,), "pra": (_PRA,)}
_PATH = "/api/reporting"
_SILENCE = 120  # seconds: how long a report of a day is prepared is not documented
_NOTHING = re.compile(r"\bno\b.*\bfound\b", re.I)  # seen for archives; what is said where no session is found is not known


class Reporting:
    """Reports of one appliance."""

    def __init__(self, transport, credentials):
        self._transport, self._credentials = transport, credentials

    def running_sessions(self, product, clock):
        """Ids of the sessions that began within WINDOW before `clock` and have no end.

        product: 'rs', 'pra', or '' where it is not known: then one report after the other is asked for.
        Raises PermissionMissing with the permission's name and what can be done without it.
        """
        reports = _REPORTS.get(product, (_RS, _PRA))
        for report, permission in reports[:-1]:
            try:
                return self._running(report, permission, clock)
            except (AccessDenied, PermissionMissing):
                raise
            except Refused:  # the other product's report is not known here
                continue
        return self._running(*reports[-1], clock)

    def _running(self, report, permission, clock):
        interface = Interface("Reporting API", permission, "", 'the switch "Enable XML API"')
        asked = {"generate_report": report, "start_time": str(int(clock) - WINDOW), "duration": "0"}
        timeout = max(_SILENCE, self._transport.timeout)
        answer = authorized(self._transport, self._credentials, "GET", _PATH, params=asked, timeout=timeout)
        try:
            root = xml.document(judged(answer, interface, self._credentials), report, "session_list", interface)
        except (PermissionMissing, NotFound) as exc:
            raise _without(exc, permission) from exc
        except AccessDenied as exc:
            raise denied(self._credentials, report, host=exc.host, evidence=exc.evidence) from exc
        except Refused as exc:
            if _NOTHING.search(exc.evidence):
                return ()
            raise
        running = dict.fromkeys(one.get("lsid") for one in xml.children(root, "session") if _runs(one))
        return tuple(told_lsid(lsid, report, self._transport.host) for lsid in running)


def _runs(session):
    """Whether it has no end: no element, or an empty one (observed)."""
    ends = xml.children(session, "end_time")
    return not any(xml.text_of(end) or end.get("timestamp", "0") not in ("", "0") for end in ends)


def _without(exc, permission):
    """The error of a missing permission, with the ways that need none."""
    return PermissionMissing(
        f"The sessions that run could not be listed, so none can be ended by its id: {permission} is missing, or the Reporting API is off. "
        f"{exc.message}",
        host=exc.host, evidence=exc.evidence, facts={"permission": permission},
        remedy=f"Give the account {permission} in /login > Management > API Configuration; or use `policy: wait` or `policy: stop`; or "
               "`log_out: true`, which ends a person's sessions with the log-in.",
    )  # fmt: skip
