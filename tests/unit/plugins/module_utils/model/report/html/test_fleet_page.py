# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The page of a fleet."""

from zoneinfo import ZoneInfo

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.fleet import build_fleet
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.html.fleet_page import fleet_page
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.html.fleet_words import FLEET_STATES, FLEET_WORDS
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.html.page import LANGUAGES

from tests.support.fleets import MADE, decision
from tests.support.golden import same_as_golden
from tests.support.html_elements import ATTACKS, Elements

BERLIN = ZoneInfo("Europe/Berlin")


def html_of(language, **more):
    report = build_fleet({**decision(), **more}, made=MADE, command="ansible-playbook -i inventory.yml bomgar.appliance.fleet")
    return fleet_page(report, language=language, local=lambda moment: moment.astimezone(BERLIN)).decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_the_golden_one(language):
    same_as_golden(f"report/fleet.{language}.html", html_of(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_whole_and_asks_for_nothing(language):
    found = Elements(html_of(language))
    assert found.faults == [] and found.open == []
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & {tag for tag, _attributes in found.tags}
    ids = [attributes["id"] for _tag, attributes in found.tags if attributes.get("id")]
    named = {attributes["aria-labelledby"] for _tag, attributes in found.tags if attributes.get("aria-labelledby")}
    assert len(ids) == len(set(ids)) and named <= set(ids)


@pytest.mark.parametrize("attack", ATTACKS)
def test_names_from_outside_are_inert(attack):
    def elements(text):
        row = {**decision()["sites"][0], "site": text, "nodes": [text, "b"], "version": text, "until": text, "why": text, "wave": text}
        wave = {**decision()["waves"][0], "name": text, "why": text}
        return Elements(html_of("en", sites=[row], waves=[wave]))

    plain, hostile = elements("harmless"), elements(attack)
    assert [tag for tag, _attributes in hostile.tags] == [tag for tag, _attributes in plain.tags]
    assert "49" not in "".join(hostile.texts).split()


def test_every_word_exists_in_both_languages():
    assert [name for name, texts in FLEET_WORDS.items() if not all(texts) or len(texts) != 2] == []
    assert [name for name, (_english, german) in FLEET_STATES.items() if not german] == []
    said = {name[4:] for name in FLEET_STATES if name.startswith("say.")}
    assert said == {name[6:] for name in FLEET_STATES if name.startswith("fleet.")}
