# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.model.fields import Fields
from ansible_collections.bomgar.appliance.plugins.module_utils.model.moments import iso, read_time


def fields(**values):
    return Fields(values, what="GET /x", host="a.example.com")


def test_fields_are_read_from_json_and_text():
    told = fields(text=" a ", number=3, digits="-3", yes=True, no="0", id=7)
    assert (told.text("text"), told.integer("number"), told.integer("digits")) == ("a", 3, -3)
    assert (told.flag("yes"), told.flag("no"), told.identity("id")) == (True, False, "7")


@pytest.mark.parametrize("absent", [{}, {"a": None}, {"a": ""}])
def test_an_absent_field_without_default_is_named(absent):
    told = Fields(absent, what="GET /x", host="a.example.com")
    with pytest.raises(NotUnderstood, match=r"a\.example\.com: The answer to GET /x lacks the field 'a'"):
        told.text("a")
    assert told.text("a", "") == "" and told.time("a", None) is None and told.texts("a") == ()


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        ("text", 7),
        ("integer", "x"),
        ("integer", True),
        ("integer", 1.5),
        ("flag", "yes"),
        ("flag", 1),
        ("flag", []),
        ("time", "yesterday"),
        ("guid", "xyz"),
        ("texts", "a"),
        ("texts", [1]),
        ("identity", None),
        ("identity", 1.5),
    ],
)
def test_a_wrong_type_names_the_field(reader, value):
    with pytest.raises(NotUnderstood, match="'a'"):
        getattr(fields(a=value), reader)("a")


def test_an_unknown_word_lists_the_known_ones():
    with pytest.raises(NotUnderstood, match="'leader' in the field 'role', which is not one of none, primary"):
        fields(role="leader").word("role", ("none", "primary"))


def test_only_an_object_has_fields():
    with pytest.raises(NotUnderstood, match="did not bring an object"):
        Fields([], what="GET /x")


@pytest.mark.parametrize(
    "text",
    [
        "2023-11-14T22:13:20+00:00",
        "2023-11-14T22:13:20Z",
        "2023-11-14T23:13:20+01:00",
        "2023-11-14T17:13:20-0500",
        "2023-11-14T22:13:20.999Z",
        "2023-11-14 22:13:20",
    ],
)
def test_documented_forms_of_time_are_read(text):
    assert read_time(text) == 1_700_000_000.0


@pytest.mark.parametrize("text", ["", "2023-11-14", "2023-13-14T22:13:20Z", "1700000000"])
def test_what_is_no_time_is_no_time(text):
    with pytest.raises(ValueError):
        read_time(text)


def test_iso_and_read_time_are_inverse():
    assert iso(read_time("2023-11-14T23:13:20+01:00")) == "2023-11-14T22:13:20+00:00"
    assert [iso(moment) for moment in (None, 1e18, float("inf"))] == ["", "", ""]
