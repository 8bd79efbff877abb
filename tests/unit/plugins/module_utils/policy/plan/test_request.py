# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a person decided about an upgrade."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.manifest import Manifest, ManifestEntry
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.request import NEWEST, differences, request_of, target_of


def request(**changes):
    given = {"mode": "standalone", "target": "24.2.2", "target_base": None, "optional_packages": "install", "manifest": None}
    return request_of(**{**given, **changes})


def test_one_word_asks_for_the_newest():
    assert target_of("newest") is None and target_of("24.2.2") == "24.2.2"


def test_what_was_left_out_is_said_in_words():
    assert request(target=None)["target_version"] == NEWEST and request()["target_base"] == NEWEST


def test_each_package_of_the_manifest_counts():
    one, other = (Manifest((ManifestEntry("Base 6.2.0", "base", "6.2.0", sha256=sha256),)) for sha256 in ("a" * 64, "b" * 64))
    found = differences(request(manifest=one), request(manifest=other))
    assert len(found) == 1 and found[0].startswith("package Base 6.2.0: ")


def test_a_change_names_both_values():
    assert differences(request(), request(target="24.3.1")) == ["target_version: 24.3.1 instead of 24.2.2"]
    assert differences(request(), request()) == []
    assert differences({}, {"optional_packages": "skip"}) == ["optional_packages: skip instead of nothing"]
