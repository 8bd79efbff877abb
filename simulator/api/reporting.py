# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Reporting API in XML: the reports of sessions, running ones included; all other documented reports are empty.

The sentences for an empty report were seen at the vendor's own connectors; the one of sessions says "Support" for both products. The
other error texts, the customers' names, the spelling of duration and what a missing range answers are our invention.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ..clock import to_epoch, to_iso
from ..generations import Generation
from . import answers, auth
from .command_xml import HEADERS, schema
from .command_xml_clients import Failure
from .xml import document, element, group

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Request, Response

    from ..machine.appliance import Machine
    from ..machine.sessions import Session


PATHS = ("/api/reporting", "/api/reporting.ns")
SESSIONS = {"rs": "SupportSession", "pra": "AccessSession"}
NO_VAULT = "No vault account activity matching your chosen criteria is available"
NO_ARCHIVE = "No archives found for the given search criteria."
# What the reports are called that are always empty here, in the sentence that says so; the middle of the sentence is our invention
# but for sessions, Vault accounts and archives.
EMPTY = {
    "rs": {
        "SupportSessionSummary": "Support",
        "SupportSessionRecording": "Support",
        "CommandShellRecording": "Support",
        "SupportTeam": "Support Team",
        "LicenseUsage": "License Usage",
        "ArchiveListing": "",
        "Archive": "",
        "SupportCustomerExitSurvey": "Support",
        "SupportRepExitSurvey": "Support",
        "VaultAccountActivity": "",
        "Syslog": "Syslog",
        "JumpItem": "Jump Item",
    },
    "pra": {
        "AccessSessionSummary": "Support",
        "AccessSessionRecording": "Support",
        "CommandShellRecording": "Support",
        "EndpointLicenseUsage": "License Usage",
        "JumpItem": "Jump Item",
        "Syslog": "Syslog",
        "Team": "Support Team",
        "VaultAccountActivity": "",
    },
}
DAY = 86400


def nothing(name: str) -> str:
    """The sentence for a report without a row; name as in EMPTY."""
    return f"No {name} report information matching your chosen criteria is available."


def handle(request: Request, machine: Machine) -> Response | None:
    """The answer to a request for this API, None for other addresses."""
    generation = Generation(machine)
    if request.path == "/api/reporting.xsd":
        return schema(request, machine, generation.reporting_namespace)
    if request.path not in PATHS or (request.path.endswith(".ns") and not generation.legacy_login):
        return None
    answers.allows(request, ["GET", "POST"])
    if not machine.features["xml_api_enabled"]:
        return answers.document_not_found()
    try:
        body = _run(request, machine)
    except Failure as failure:
        body = element("error", str(failure))
    except auth.BadLogin:
        body = element("error", "Invalid credentials")  # the wording is observed for backups only
    text = document(body, generation.reporting_namespace)
    return answers.streamed(text, "text/xml; charset=UTF-8", headers=HEADERS)


def _run(request: Request, machine: Machine) -> str:
    account = auth.caller(request, machine)
    if request.mimetype.startswith("multipart/"):
        raise Failure("multipart/form-data is not supported")
    if not account.may("perm_reporting"):
        raise answers.Stop(answers.document_not_found())
    report, sessions = request.values.get("generate_report", ""), SESSIONS[machine.product]
    if report in EMPTY[machine.product]:
        raise Failure(_empty(report, EMPTY[machine.product][report]))
    if report not in (sessions, f"{sessions}Listing"):
        raise Failure("Invalid report")
    fits = _range(request.values, machine.now())
    found = [one for one in machine.people.recorded if one.begun <= machine.now() and fits(one)]
    if not found:
        raise Failure(nothing("Support"))
    if report == sessions:
        return group("session_list", [_session(machine, one) for one in found])
    return group("session_summary_list", [_session(machine, one, "session_summary", has_recording=0) for one in found])


def _empty(report: Any, name: str) -> str:
    if report.startswith("Archive"):
        return NO_ARCHIVE
    return nothing(name) if name else NO_VAULT


def _range(values: Any, now: float) -> Callable[[Session], bool]:
    """A function on sessions: by their ids, or began, or ended, within a range. start_* tells of running ones too, end_* does not."""
    ids = {text for key in ("lsid", "lsids") for text in values.get(key, "").split(",") if text}
    if ids:
        return lambda one: one.lsid in ids
    for key, unit in (("start_time", 1), ("start_date", DAY), ("end_time", 1), ("end_date", DAY)):
        if key not in values:
            continue
        first = _moment(key, values[key])
        length = unit * _number("duration", values.get("duration", ""))
        last = first + length if length else math.inf  # 0: until now
        if key.startswith("start"):
            return lambda one: first <= one.begun < last
        return lambda one: first <= one.ends < min(last, now + 1) and one.ends <= now
    raise Failure("Missing parameter: start_time")


def _moment(key: Any, text: str) -> float:
    """UNIX seconds, or a date (of UTC)."""
    try:
        return float(_number(key, text)) if key.endswith("time") else to_epoch(text)
    except ValueError as exc:
        raise Failure(f"Invalid {key}") from exc


def _number(key: Any, text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise Failure(f"Invalid {key}")
    return int(text)


def _session(machine: Machine, one: Any, tag: str = "session", **attributes: Any) -> str:
    running, now = one.ends > machine.now(), machine.now()
    end = element("end_time") if running else _time("end_time", one.ends)
    customer = f"Customer {one.number}"
    parts = [
        element("session_type", "support" if machine.product == "rs" else "access"),
        element("lseq", one.number),
        _time("start_time", one.begun),
        end,
        element("duration", _duration(min(one.ends, now) - one.begun)),
        element("primary_customer", customer),
        element("primary_rep", one.person.name, id=one.person.id),
        group("customer_list", [group("customer", [element("username", customer)])]),
        group("rep_list", [group("representative", [element("display_name", one.person.name)], id=one.person.id)]),
    ]
    return group(tag, parts, lsid=one.lsid, **attributes)


def _time(name: str, moment: float) -> str:
    """timestamp here, ts in the Command API (docs/vendor/command-api.md#reply)."""
    return element(name, to_iso(moment), timestamp=int(moment))


def _duration(seconds: float) -> str:
    minutes, seconds = divmod(int(seconds), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
