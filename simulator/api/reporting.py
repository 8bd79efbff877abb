# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Reporting API in XML (interfaces 8), of which an upgrade needs one report: the sessions, running ones included.

Error texts, the customers' names, the spelling of duration and what a missing range answers are our invention.
"""

import math

from ..clock import to_epoch, to_iso
from ..generations import Generation
from . import answers, auth
from .command_xml import HEADERS, Failure
from .xml import document, element, group

PATHS = ("/api/reporting", "/api/reporting.ns")
REPORTS = {"rs": "SupportSession", "pra": "AccessSession"}
DAY = 86400


def handle(request, machine):
    """The answer to a request for this API, None for other addresses."""
    generation = Generation(machine)
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


def _run(request, machine):
    account = auth.caller(request, machine)
    if request.mimetype.startswith("multipart/"):
        raise Failure("multipart/form-data is not supported")
    if not account.may("perm_reporting"):
        raise answers.Stop(answers.document_not_found())
    if request.values.get("generate_report") != REPORTS[machine.product]:
        raise Failure("Invalid report")
    fits = _range(request.values, machine.now())
    sessions = [one for one in machine.people.recorded if one.begun <= machine.now() and fits(one)]
    return group("session_list", [_session(machine, one) for one in sessions])


def _range(values, now):
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


def _moment(key, text):
    """UNIX seconds, or a date (of UTC)."""
    try:
        return float(_number(key, text)) if key.endswith("time") else to_epoch(text)
    except ValueError as exc:
        raise Failure(f"Invalid {key}") from exc


def _number(key, text):
    if not (text.isascii() and text.isdigit()):
        raise Failure(f"Invalid {key}")
    return int(text)


def _session(machine, one):
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
    return group("session", parts, lsid=one.lsid)


def _time(name, moment):
    """timestamp here, ts in the Command API (interfaces 3.2)."""
    return element(name, to_iso(moment), timestamp=int(moment))


def _duration(seconds):
    minutes, seconds = divmod(int(seconds), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
