# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.preflight.facts import ByHand, Facts, Missing

GIVEN = {
    "health": {"guid": "ab", "rows": [{"n": 1}], "none": None},
    "errors": {"tls": "It timed out."},
    "by_hand": {"storage": "See Storage."},
}


def test_values_are_read_by_path():
    facts = Facts(GIVEN)
    assert facts.text("health", "guid") == "ab" and facts.count("health", "rows", 0, "n") == 1
    assert facts.facts_read == ["health.guid", "health.rows.0.n"]


@pytest.mark.parametrize(
    ("kind", "path"),
    [("number", ("health", "guid")), ("flag", ("health", "none")), ("mapping", ("health", "rows")), ("text", ("health", "rows", 0, "n"))],
)
def test_a_wrong_type_is_missing(kind, path):
    with pytest.raises(Missing, match="is not"):
        getattr(Facts(GIVEN), kind)(*path)


@pytest.mark.parametrize("path", [("info",), ("health", "x"), ("health", "rows", 1)])
def test_an_absent_value_is_missing(path):
    with pytest.raises(Missing, match="was not read"):
        Facts(GIVEN).text(*path)


def test_an_unread_section_names_its_error():
    with pytest.raises(Missing, match="tls could not be read: It timed out."):
        Facts(GIVEN).text("tls", "version")


def test_a_section_for_a_person_says_where():
    with pytest.raises(ByHand, match="See Storage."):
        Facts(GIVEN).number("storage", "percent_used")


def test_optional_values_may_be_none():
    assert Facts(GIVEN).optional("number", "health", "none") is None
    assert Facts(GIVEN).optional("text", "health", "guid") == "ab"


def test_sections_that_failed_count_as_read():
    facts = Facts(GIVEN)
    assert [facts.has(one) for one in ("health", "tls", "storage", "plan")] == [True, True, True, False]


@pytest.mark.parametrize("value", [None, [], "text"])
def test_anything_but_a_mapping_is_empty(value):
    assert not Facts(value).has("health")
