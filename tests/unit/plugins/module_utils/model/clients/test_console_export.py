# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The console's export: counted where it is certain, refused in one sentence where it is not."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.console_export import count_export
from hypothesis import given
from hypothesis import strategies as st

SINCE = 1_772_452_800  # 2026-03-02T12:00:00Z
HEADER = "Name,Hostname,Jump Group,Status Details\n"
LATER, EARLIER = "Online since 2026-03-02 12:00:01", "Offline since 2026-03-02 12:00:00"


def count(text, **options):
    content = text.encode() if isinstance(text, str) else text
    return count_export(content, since=SINCE, path="export.csv", **options)


@pytest.mark.mission("M66")
def test_only_later_dates_are_done():
    counted = count(HEADER + f"Till 1,till1,Shops,{LATER}\nTill 2,till2,Shops,{EARLIER}\nTill 3,till3,,never seen\n")
    assert (counted.total, counted.done, counted.newest) == (3, 1, SINCE + 1)
    assert [(one["name"], one["group"], one["last_seen"]) for one in counted.stragglers] == [
        ("Till 2", "Shops", "2026-03-02T12:00:00+00:00"),
        ("Till 3", None, ""),
    ]


@pytest.mark.mission("M65")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_delimiters_and_german_headers_are_recognized(encoding, delimiter):
    lines = ["Name", "Jump-Gruppe", "Statusdetails"], ["Käse", "Läden", "Online seit 02.03.2026 13:00"]
    counted = count("\r\n".join(delimiter.join(line) for line in lines).encode(encoding), named=1)
    assert (counted.total, counted.done, counted.stragglers) == (1, 1, ())


def test_quoted_cells_may_hold_delimiters_and_lines():
    assert count('sep=;\nName;Status Details\n"Till; 1";"two\nlines; ' + LATER + '"\n\n').done == 1


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("2026-03-02T12:00:01Z", 1),
        ("2026-03-02T13:00:01+01:00", 1),
        ("2026-03-02 13:00 +01:00", 0),
        ("(2026-03-02)", 0),
        ("2026-03-03", 1),
        ("2.3.2026 12:01", 1),
        ("02.03.2026, 11:59:59", 0),
        ("offline 2026-03-01 10:00, upgraded 2026-03-02 14:00", 0),
        ("Version 23.2.1 at 10.0.0.1, 2026-03-02 14:00:00.123", 1),
        ("vor 3 Stunden", 0),
    ],
)
def test_certain_dates_are_read_inside_the_text(text, done):
    assert count(f'Name,Status Details\nTill,"{text}"\n').done == done


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2026",
        "3/4/26 10:00 AM",
        "03-04-2026 10:00",
        "03.04.26 10:00",
        "4 Mar 2026",
        "Mar 4, 2026",
        "2026-03-02 01:00 PM",
        "2026-02-30 10:00",
        "31.04.2026 10:00",
    ],
)
def test_an_ambiguous_date_is_refused(text):
    with pytest.raises(InvalidInput, match=r"line 2 of export\.csv .*export_date_format"):
        count(f'Name,Status Details\nTill,"Online since {text}"\n')


@pytest.mark.parametrize(
    ("text", "date_format", "done"),
    [
        ("03/02/2026 12:01", "%m/%d/%Y %H:%M", 1),
        ("03/02/2026 12:01", "%d/%m/%Y %H:%M", 0),
        ("2 Mar 2026 01:00 PM", "%d %b %Y %I:%M %p", 1),
        ("2026-03-02 01:00 PM", "%Y-%m-%d %I:%M %p", 1),
        ("2026-03-02 13:00", "%d/%m/%Y", 1),
        ("02/03/26", "%d/%m/%y", 0),
    ],
)
def test_with_a_format_the_others_are_read_too(text, date_format, done):
    assert count(f'Name,Status Details\nTill,"since {text}."\n', date_format=date_format).done == done


def test_export_timezone_applies_to_times_without_zone():
    text = 'Name,Status Details\nTill,"2026-03-02 12:30"\n'
    assert count(text).done == 1 and count(text, timezone="Europe/Berlin").done == 0


@pytest.mark.parametrize(
    "options",
    [
        {"timezone": "Mars/Olympus"},
        {"timezone": "../etc"},
        {"date_format": "%d.%m."},
        {"date_format": "%Q"},
        {"date_format": "%H:%M"},
        {"columns": {"colour": "x"}},
        {"columns": {"name": 3}},
    ],
)
def test_options_that_cannot_be_used_are_refused(options):
    with pytest.raises(InvalidInput):
        count(f"{HEADER}Till 1,a,b,{LATER}\n", **options)


def test_columns_can_be_called_otherwise():
    text = f"Client,State of it\nTill,{LATER}\n"
    assert count(text, columns={"name": "client", "status_details": "State of it"}).done == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n", "is empty"),
        (HEADER.encode(), "lists no Jump Client"),
        (b"<!DOCTYPE html><html>Please log in</html>", "is a web page"),
        (b"PK\x03\x04\xff\xfe\x80\x81", "is no text in UTF-8"),
        (b"ab\x00cd", "is no text, not a CSV"),
        (b"Name,Status\nTill,Online\n", "no column status_details.*Name, Status"),
        (b"just some words\n", "no column name and no column status_details"),
    ],
)
def test_another_file_is_refused_in_one_sentence(content, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        count(content)


def test_a_missing_column_is_named():
    with pytest.raises(InvalidInput, match="no column Zustand.*Name, Hostname, Jump Group, Status Details"):
        count(HEADER + f"a,b,c,{LATER}\n", columns={"status_details": "Zustand"})


@given(st.binary(max_size=300))
def test_no_file_whatever_makes_it_fall_over(content):
    try:
        counted = count(b"Name,Status Details\n" + content)
    except InvalidInput:
        return
    assert 0 <= counted.done <= counted.total
