# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which sessions run, by the report of the last day; the answers are put together from the interfaces, none was recorded."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.api.credentials import Legacy
from ansible_collections.bomgar.appliance.plugins.module_utils.api.reporting import Reporting
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import AccessDenied, NotUnderstood, PermissionMissing, Refused

URL = "https://a.example.com/api/reporting"
RUNNING, ENDED, OTHER = "a" * 32, "b" * 32, "C" * 32
NAMESPACES = [
    "http://www.bomgar.com/namespaces/API/reporting",
    "https://www.beyondtrust.com/namespaces/API/reporting",
    "http://www.beyondtrust.com/sra/namespaces/API/reporting",
]
EMPTY = [
    "No Support report information matching your chosen criteria is available.",
    "No Access report information matching your chosen criteria is available.",
    "No Support Team report information matching your chosen criteria is available.",
    "No License Usage report information matching your chosen criteria is available.",
    "No vault account activity matching your chosen criteria is available",
    "No archives found for the given search criteria.",
    "No sessions found for the given search criteria.",
    "There are no sessions matching your criteria.",
    "No sessions were found.",
    "Aucune information de rapport Support correspondant à vos critères n\u2019est disponible.",
    "Keine Support-Berichtsinformationen, die Ihren Kriterien entsprechen, sind verfügbar.",
]  # the first, the fifth, the sixth and the end of the French one were seen; the others are of their kind
NOT_EMPTY = [
    "The report is not ready.",
    "No valid search criteria were given.",
    "No such report found",
    "No report of that name found",
    "No license is available.",
    "No handler found for SupportSession.",
    "No Support report information matching your chosen criteria is available: the database is being migrated.",
]


def session(lsid, end):
    return f'<session lsid="{lsid}"><session_type>support</session_type><start_time timestamp="1">x</start_time>{end}</session>'


def document(*rows, namespace=NAMESPACES[1]):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n\n<session_list xmlns="{namespace}">\n{"".join(rows)}\n</session_list>'


@pytest.fixture
def reporting(transport, account):
    return Reporting(transport, account)


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_sessions_without_end_within_a_day_run(answers, reporting, namespace):
    ended = session(ENDED, '<end_time timestamp="1700000000">2023-11-14T22:13:20+00:00</end_time>')
    answers.get(URL, body=document(session(RUNNING, '<end_time timestamp=""/>'), ended, session(OTHER, ""), namespace=namespace))
    assert reporting.running_sessions("rs", 1_700_000_000.5) == (RUNNING, OTHER)
    assert answers.calls[0].request.params == {
        "generate_report": "SupportSession",
        "start_time": str(1_700_000_000 - 86400),
        "duration": "0",
    }


@pytest.mark.parametrize("end", ["<end_time/>", '<end_time timestamp="0"></end_time>', "<end_time> \n </end_time>", ""])
def test_an_empty_end_is_none(answers, reporting, end):
    answers.get(URL, body=document(session(RUNNING, end)))
    assert reporting.running_sessions("rs", 0) == (RUNNING,)


@pytest.mark.parametrize("end", ['<end_time timestamp="1700000000"/>', "<end_time>2023-11-14T22:13:20+00:00</end_time>"])
def test_text_or_attribute_is_one_end(answers, reporting, end):
    answers.get(URL, body=document(session(RUNNING, end)))
    assert reporting.running_sessions("rs", 0) == ()


def test_privileged_remote_access_has_own_report(answers, reporting):
    answers.get(URL, body=document())
    reporting.running_sessions("pra", 0)
    assert answers.calls[0].request.params["generate_report"] == "AccessSession"


def test_an_unknown_product_reads_both_reports(answers, reporting):
    answers.get(URL, body='<error xmlns="x">Invalid report</error>')
    answers.get(URL, body=document(session(RUNNING, "")))
    assert reporting.running_sessions("", 0) == (RUNNING,)
    assert [call.request.params["generate_report"] for call in answers.calls] == ["SupportSession", "AccessSession"]


def test_an_empty_report_does_not_hide_the_other(answers, reporting):
    answers.get(URL, body=f"<error>{EMPTY[0]}</error>")  # seen on Privileged Remote Access too
    answers.get(URL, body=document(session(RUNNING, "")))
    assert reporting.running_sessions("", 0) == (RUNNING,)


def test_an_unknown_product_needs_one_report(answers, reporting):
    for _report in range(2):
        answers.get(URL, body="<error>Invalid report</error>")
    with pytest.raises(Refused, match="Invalid report"):
        reporting.running_sessions("", 0)


def test_a_user_with_a_password_posts_a_form(answers, transport):
    answers.post(URL, body=document())
    Reporting(transport, Legacy("ada", "pw")).running_sessions("rs", 86400)
    assert answers.calls[0].request.body == "generate_report=SupportSession&start_time=0&duration=0&username=ada&password=pw"


@pytest.mark.parametrize("words", EMPTY)
@pytest.mark.parametrize("shape", ["<error>{}</error>", "<session_list><error>\n {}\n</error></session_list>"])
def test_empty_report_words_mean_no_session(answers, reporting, words, shape):
    answers.get(URL, body=shape.format(words))
    assert reporting.running_sessions("rs", 0) == ()


@pytest.mark.parametrize("words", NOT_EMPTY)
def test_other_no_words_are_a_refusal(answers, reporting, words):
    answers.get(URL, body=f"<error>{words}</error>")
    with pytest.raises(Refused, match="was refused"):
        reporting.running_sessions("rs", 0)


def test_another_error_is_a_refusal(answers, reporting):
    answers.get(URL, body=document("<error>The report is not ready.</error>"))
    with pytest.raises(Refused, match="The report is not ready"):
        reporting.running_sessions("rs", 0)


@pytest.mark.parametrize(("product", "permission"), [("rs", "perm_reporting_support"), ("pra", "perm_reporting_session")])
@pytest.mark.parametrize(("status", "kind"), [(404, "text/html"), (200, "text/html"), (404, "text/plain"), (403, "text/plain")])
def test_a_missing_permission_is_named_with_alternatives(answers, reporting, recorded, product, permission, status, kind):
    body = recorded("pages_instead/document_not_found.html") if kind == "text/html" else "no"
    answers.get(URL, body=body, status=status, content_type=kind)
    with pytest.raises(PermissionMissing) as caught:
        reporting.running_sessions(product, 0)
    text = str(caught.value)
    assert f"a.example.com: Cannot list the running sessions, so none can be ended by its id: {permission} is missing" in text
    assert "`policy: stop`" in text and "`log_out: true`" in text
    assert caught.value.facts == {"permission": permission}


def test_a_wrong_password_is_tried_once(answers, transport):
    answers.post(URL, body="<error>Invalid credentials</error>")
    reporting = Reporting(transport, Legacy("ada", "pw"))
    for _time in range(2):
        with pytest.raises(AccessDenied):
            reporting.running_sessions("rs", 0)


@pytest.mark.parametrize(
    "body",
    [
        document(session("../../x", "")),
        document("<session><end_time/></session>"),
        "<session_summary_list/>",
        "",
        "hello",
        "<html></html>",
    ],
)
def test_other_document_is_no_session_report(answers, reporting, body):
    answers.get(URL, body=body)
    with pytest.raises(NotUnderstood):
        reporting.running_sessions("rs", 0)
