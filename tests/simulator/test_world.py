# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""World files: what is accepted, and what is said about what is not."""

import pytest
from simulator import world


@pytest.mark.parametrize("name", world.shipped())
def test_every_shipped_world_loads_by_name(name):
    chosen = world.load(name)
    assert chosen["name"] == name
    assert chosen["description"]


def test_misspelt_key_has_line_and_suggestion(small):
    with pytest.raises(world.WorldError) as caught:
        world.parse(small.replace("perm_backup", "perm_bakup"))
    assert "line 15" in str(caught.value)
    assert "'perm_bakup'" in str(caught.value)
    assert "did you mean 'perm_backup'?" in str(caught.value)


def test_a_requirement_that_no_package_has_is_named(small):
    with pytest.raises(world.WorldError, match=r"packages.1.requires: no package has the id 'base-8' .*'base-7'"):
        world.parse(small.replace("requires: [base-7]", "requires: [base-8]"))


def test_a_wrong_value_tells_what_is_allowed(small):
    with pytest.raises(world.WorldError, match=r"line 4, product: 'rdp' is not one of rs, pra"):
        world.parse(small.replace("product: rs", "product: rdp"))


def test_version_that_looks_numeric_needs_quotes(small):
    with pytest.raises(world.WorldError, match=r"appliances.0.base: 6.2 is a number to YAML; put it in quotes"):
        world.parse(small.replace("base: 6.2.0", "base: 6.2"))


def test_yaml_error_names_its_line():
    with pytest.raises(world.WorldError, match=r"line 2: not YAML"):
        world.parse("schema: 1\nname: a: b\n", "mine.yml")


def test_an_unknown_name_lists_a_near_one():
    with pytest.raises(world.WorldError, match=r"did you mean 'far_outdated'"):
        world.load("far_outdatet")


def test_a_date_that_is_none_is_refused(small):
    with pytest.raises(world.WorldError, match=r"clock.start: 'tomorrow' is neither a date nor 'now'"):
        world.parse(small.replace("2026-03-01T00:00:00+00:00", "tomorrow"))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("client_secret: secret\n", "client_secret: secret\n      allow_list: [10.0.0.300]\n", "'10.0.0.300' is no network"),
        ("active: 100", 'name_pattern: "{n:q}", active: 100', "name_pattern: '{n:q}' is no pattern"),
    ],
)
def test_late_mistakes_are_found_at_once(small, old, new, sentence):
    """What only a later reader can judge is judged when the world is loaded."""
    with pytest.raises(world.WorldError, match=sentence):
        world.parse(small.replace(old, new, 1))


def test_two_packages_of_one_id_are_refused(small):
    with pytest.raises(world.WorldError, match=r"packages: 'site-24' is there twice"):
        world.parse(small.replace("id: site-25", "id: site-24"))


def test_a_site_package_needs_a_version(small):
    with pytest.raises(world.WorldError, match=r"a base package needs a version"):
        world.parse(small.replace("kind: base, version: 7.0.0", "kind: base"))


def test_what_is_left_out_is_filled_in(small):
    chosen = world.parse(small)
    box = chosen["appliances"][0]
    assert len(box["guid"]) == 32
    assert box["language"] == "en"
    assert chosen["limits"]["tokens"] == 30
    assert chosen["packages"][0]["minutes"]["reboot"] > 0
    assert chosen["packages"][0]["name"] == "Base 7.0.0"


def test_the_same_text_gives_the_same_world(small):
    assert world.parse(small) == world.parse(small)
