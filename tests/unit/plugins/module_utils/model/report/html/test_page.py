# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The page: verdict and next step first, no network, no script, and names that do nothing."""

import re

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.html.page import LANGUAGES
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.support import stories
from tests.support.golden import same_as_golden
from tests.support.html_elements import ATTACKS, Elements
from tests.support.reports import html_of


@pytest.mark.parametrize(
    ("story", "language"), [("finished", "en"), ("finished", "de"), ("failed", "en"), ("failed", "de"), ("lost", "en")]
)
def test_the_page_is_the_golden_one(story, language):
    same_as_golden(f"report/{story}.{language}.html", html_of(getattr(stories, story)(), language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", [stories.Story(), stories.finished(), stories.failed(), stories.lost(), stories.hostile("x")])
def test_every_story_is_a_whole_page(story, language):
    found = Elements(html_of(story, language))
    assert found.faults == [] and found.open == []
    ids = [attributes["id"] for _tag, attributes in found.tags if attributes.get("id")]
    named = {one for _tag, attributes in found.tags for one in (attributes.get("aria-labelledby") or "").split()}
    assert len(ids) == len(set(ids)) and named <= set(ids)


@pytest.mark.parametrize("attack", ATTACKS)
def test_names_from_outside_are_inert(attack):
    plain, hostile = Elements(html_of(stories.hostile("harmless"))), Elements(html_of(stories.hostile(attack)))
    assert [tag for tag, _attributes in hostile.tags] == [tag for tag, _attributes in plain.tags]
    assert {name for _tag, attributes in hostile.tags for name in attributes} == {
        name for _tag, attributes in plain.tags for name in attributes
    }
    text = "".join(hostile.texts)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00\x1b]", text) and "49" not in re.findall(r"\b49\b", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_for_nothing(language):
    text = html_of(stories.finished(), language)
    found = Elements(text)
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & {tag for tag, _attributes in found.tags}
    asked = [
        value
        for _tag, attributes in found.tags
        for name, value in attributes.items()
        if name in ("href", "src", "style") or name.startswith("on")
    ]
    assert asked == ["#work"] and "@import" not in text and not re.search(r"url\((?!#)", text)
    assert "default-src 'none'" in text


def test_the_verdict_and_the_next_step_come_first():
    text = html_of(stories.failed())
    order = [
        text.index(one)
        for one in ("The upgrade failed", "Next step", "Do not restart a.example.com", stories.COMMAND, 'id="timeline"', "<table")
    ]
    assert order[:4] == sorted(order[:4]) and order[3] < min(order[4:])


def test_english_sentences_are_marked_on_german_page():
    text = html_of(stories.failed(), "de")
    assert '<html lang="de">' in text and 'lang="en"><bdi>The upgrade failed' in text and "Das Upgrade ist fehlgeschlagen." in text


FIELDS = (
    *("steps", "number", "title", "action", "node", "package", "estimate", "seconds", "least", "basis", "disturbs", "plan", "target"),
    *("checks", "results", "id", "kind", "message", "waived_by", "target", "time", "work_list", "state", "owner", "reason"),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6),
    max_leaves=12,
)


@settings(max_examples=25, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate])
@given(plan=st.dictionaries(st.sampled_from(FIELDS), VALUES), preflight=VALUES, aftercare=st.dictionaries(st.sampled_from(FIELDS), VALUES))
def test_page_exists_whatever_lies_beside_journal(plan, preflight, aftercare):
    text = html_of(stories.finished(), plan=plan, preflight={"a": preflight}, aftercare=aftercare)
    assert Elements(text).faults == []


def test_bad_difference_is_first_and_once():
    """A bad difference comes first and names once what is missing."""
    text = html_of(stories.lost())
    section = text[text.index('id="comparison"') : text.index('id="work"')]
    assert section.index("bad difference") < section.index("not known") < section.index("changed as expected")
    assert section.count("Kiosks") == 1
