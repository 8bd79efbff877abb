# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Reporting API: which sessions run, which ran, and who may ask."""

from xml.etree import ElementTree

import pytest

FULL = "permissions: {perm_command: full_access, perm_backup: true, perm_configuration: true}"
MAY = FULL.replace("}", ", perm_reporting: true}")
REPORT = "/api/reporting?generate_report=SupportSession"
NOTHING = "No Support report information matching your chosen criteria is available."
START = 1772323200  # the small world's beginning, 2026-03-01


@pytest.fixture
def text(small):
    assert FULL in small
    return small.replace(FULL, MAY).replace("sessions: 2}", "sessions: 2, session_minutes: 7}")


def sessions(answer):
    root = ElementTree.fromstring(answer.content)
    assert root.tag.endswith("}session_list")
    return root.findall("{*}session")


def refusal(answer):
    """The text of an <error>, which comes with status 200."""
    root = ElementTree.fromstring(answer.content)
    assert (answer.status_code, root.tag.rpartition("}")[2]) == (200, "error")
    return root.text


def test_running_sessions_are_those_with_an_empty_end(run, caller, text):
    running = run(text)
    running.advance(6 * 60)
    running.machine().people.start_session("Ben Example", running.now())
    running.advance(60)
    client = caller(running)
    found = sessions(client.get(f"{REPORT}&start_time={START - 86400}&duration=0"))
    ends = [one.find("{*}end_time") for one in found]
    assert [one.text for one in ends] == ["2026-03-01T00:07:00+00:00"] * 2 + [None]
    assert ends[0].get("timestamp") == str(START + 7 * 60)
    assert [one.findtext("{*}lseq") for one in found] == ["1", "2", "3"]
    assert found[2].find("{*}primary_rep").attrib == {"id": "2"}
    assert found[2].get("lsid") in running.machine().people.sessions(running.now())
    assert found[2].findtext("{*}duration") == "00:01:00"


def test_range_holds_begun_or_ended_sessions(run, caller, text):
    running = run(text)
    running.advance(3600)
    client = caller(running)

    def number(query):
        return len(sessions(client.get(f"{REPORT}&{query}")))

    assert number("start_date=2026-02-28&duration=1") == 2
    assert refusal(client.get(f"{REPORT}&start_date=2026-03-01&duration=1")) == NOTHING
    assert number("end_date=2026-03-01&duration=0") == 2
    assert refusal(client.get(f"{REPORT}&end_time={START}&duration=60")) == NOTHING
    assert refusal(client.get(f"{REPORT}&start_time={START}&duration=0")) == NOTHING
    lsid = sessions(client.get(f"{REPORT}&start_date=2026-02-28&duration=0"))[0].get("lsid")
    assert number(f"lsid={lsid}") == 1


def test_running_session_has_not_ended(run, caller, text):
    client = caller(run(text))
    assert refusal(client.get(f"{REPORT}&end_date=2026-02-01&duration=0")) == NOTHING


@pytest.mark.parametrize(
    ("product", "report", "words"),
    [
        ("rs", "VaultAccountActivity", "No vault account activity matching your chosen criteria is available"),
        ("rs", "ArchiveListing", "No archives found for the given search criteria."),
        ("rs", "SupportSessionSummary", NOTHING),
        ("pra", "AccessSessionRecording", NOTHING),
        ("pra", "Team", "No Support Team report information matching your chosen criteria is available."),
    ],
)
def test_empty_report_uses_the_vendor_words(run, caller, text, product, report, words):
    running = run(text.replace("product: rs", f"product: {product}"))
    assert refusal(caller(running).get(f"/api/reporting?generate_report={report}&start_time=0&duration=0")) == words


def test_the_listing_has_the_same_sessions_as_summaries(run, caller, text):
    answer = caller(run(text)).get(f"{REPORT}Listing&start_time={START - 86400}&duration=0")
    root = ElementTree.fromstring(answer.content)
    assert root.tag.endswith("}session_summary_list")
    assert [one.get("has_recording") for one in root.findall("{*}session_summary")] == ["0", "0"]


@pytest.mark.parametrize(
    "query",
    [
        "generate_report=SupportSession",
        "generate_report=AccessSession&start_time=0&duration=0",
        "report_type=SupportSession",
        "generate_report=SupportSession&start_time=soon&duration=0",
        "generate_report=SupportSession&start_date=soon&duration=0",
        "generate_report=SupportSession&start_time=0",
    ],
)
def test_impossible_report_is_error_with_200(run, caller, text, query):
    answer = caller(run(text)).get(f"/api/reporting?{query}")
    assert (answer.status_code, ElementTree.fromstring(answer.content).tag) == (
        200,
        "{https://www.beyondtrust.com/namespaces/API/reporting}error",
    )


def test_pra_has_access_sessions_in_its_own_namespace(run, caller, text):
    running = run(text.replace("product: rs", "product: pra").replace("version: 23.2.1}", "version: 24.1.2}"))
    client = caller(running)
    answer = client.get(f"/api/reporting?generate_report=AccessSession&start_time={START - 86400}&duration=0")
    assert answer.text.count("http://www.beyondtrust.com/sra/namespaces/API/reporting") == 1
    assert [one.findtext("{*}session_type") for one in sessions(answer)] == ["access", "access"]
    assert "<error" in client.get(f"{REPORT}&start_time=0&duration=0").text


def test_without_access_there_is_no_document(run, caller, text):
    """Without the permission, or while the XML API is off."""
    running = run(text)
    assert caller(running, "reader").get(REPORT).status_code == 404
    running.machine().features["xml_api_enabled"] = False
    assert caller(running).get(f"{REPORT}&start_time=0&duration=0").status_code == 404


def test_password_works_before_16_1(run, caller):
    """A user and a password work too, at the older address."""
    running = run("old_xml")
    [user] = running.world["accounts"]["legacy_users"][:1]
    client, query = caller(running), f"generate_report=SupportSession&start_time=0&duration=0&username={user['username']}"
    for path in ("/api/reporting", "/api/reporting.ns"):
        answer = client.plain("GET", f"{path}?{query}&password={user['password']}")
        assert len(sessions(answer)) == len(running.machine().people.recorded) > 0
        assert "<error" in client.plain("GET", f"{path}?{query}&password=wrong").text
    assert "wrong" not in str(running.requests())
