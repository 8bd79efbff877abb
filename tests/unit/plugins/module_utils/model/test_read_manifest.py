# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reading a manifest: each mistake names its place."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.model.read_manifest import read_manifest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.manifests import FULL, JUNK, entry


def test_everything_that_can_be_said_is_read():
    made = entry()
    assert (made.name, made.kind, made.version) == ("BeyondTrust 23.1.3", "site", "23.1.3")
    assert made.requires == ("Base 6.2.0",) and made.supports_upgrade_from == "22.1.4"
    assert made.sha256 == "ab" * 32 and made.file == "pra.nss"
    assert made.companions == (("ECM", "1.6.0"), ("Integration client", "1.7.5"))
    assert made.release_notes == "PRA 23.1.3" and made.soak_hours == 48.0


def test_a_name_tells_kind_and_version():
    made = read_manifest({"packages": [{"name": "  Base   6.2.0 "}]}).entries[0]
    assert (made.name, made.kind, made.version) == ("Base 6.2.0", "base", "6.2.0")
    assert made.requires is None and not made.states_requirements


def test_an_empty_requires_is_a_statement():
    assert read_manifest([{"name": "Bomgar 19.1.8", "requires": []}]).entries[0].states_requirements


def test_an_empty_manifest_is_one():
    assert read_manifest([]).entries == () and read_manifest({"packages": []}).entries == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"package": []}, "the key 'package' is unknown. Did you mean 'packages'"),
        ({}, "holds no list of packages"),
        ("packages", "holds no list of packages"),
        (["Base 6.2.0"], r"packages\[0\] is not a mapping"),
        ([{"kind": "base"}], r"packages\[0\] has no name"),
        ([{"name": 5}], "name is not text but 5"),
        ([FULL, {"name": "beyondtrust 23.1.3"}], "names 'beyondtrust 23.1.3' twice"),
    ],
)
def test_a_file_without_packages_is_refused(data, words):
    with pytest.raises(InvalidInput, match=words):
        read_manifest(data, source="packages.yml")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"require": ["x"]}, "the key 'require' is unknown. Did you mean 'requires'"),
        ({"weight": 5}, "the key 'weight' is unknown. Known keys: name, kind"),
        ({"kind": "firmware"}, "'firmware' is no kind of package. Kinds: base, site"),
        ({"version": 23.1}, "version is not text but 23.1. Put it in quotes"),
        ({"version": "newest"}, "'newest' is not a version"),
        ({"name": "BeyondTrust", "version": None}, "a site package needs a version"),
        ({"requires": "Base 6.2.0"}, "requires is not a list of package names"),
        ({"requires": ["beyondtrust 23.1.3"]}, "requires itself"),
        ({"requires": [""]}, "requires is not a list"),
        ({"requires_base": 7.0}, "requires_base holds 7.0, which is not text"),
        ({"requires_base": []}, "requires_base is an empty list"),
        ({"requires_base": ["6.2.0", 7.0]}, "requires_base holds 7.0"),
        ({"supports_upgrade_from": "old"}, "supports_upgrade_from: 'old' is not a version"),
        ({"sha256": "abc"}, "sha256 is not 64 hexadecimal digits"),
        ({"file": ["x"]}, "file is not text"),
        ({"companions": ["ECM"]}, "companions is not a mapping"),
        ({"companions": {"ECM": 1.6}}, "companions is not a mapping of names to versions in quotes"),
        ({"soak_hours": -1}, "soak_hours is no number of hours but -1"),
        ({"soak_hours": True}, "soak_hours"),
        ({"soak_hours": float("nan")}, "soak_hours"),
    ],
)
def test_a_mistake_names_its_place(changes, words):
    with pytest.raises(InvalidInput, match=words) as caught:
        entry(**changes)
    assert "packages[0]" in str(caught.value) and "BeyondTrust" in str(caught.value)


@given(st.dictionaries(st.sampled_from(sorted(FULL)), JUNK, max_size=4))
def test_any_entry_is_read_or_refused(changes):
    try:
        entry(**changes)
    except InvalidInput as exc:
        assert "packages[0]" in str(exc)


@pytest.mark.parametrize("value", ["yes", 1, []])
def test_rebuilt_is_true_or_false_and_nothing_else(value):
    assert read_manifest([{"name": "Bomgar 19.1.8", "rebuilt": True}]).entries[0].rebuilt
    assert not read_manifest([{"name": "Bomgar 19.1.8"}]).entries[0].rebuilt
    with pytest.raises(InvalidInput, match="rebuilt"):
        read_manifest([{"name": "Bomgar 19.1.8", "rebuilt": value}])
