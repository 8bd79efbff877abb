# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The manifest: what it may say, and one clear sentence for everything else."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.read_manifest import read_manifest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.version import Version

from tests.support.manifests import FULL, entry


def test_requires_base_is_a_minimum_or_a_list():
    minimum, exact = entry(requires_base="6.2.0"), entry()
    assert [minimum.accepts_base(Version(text)) for text in ("6.1.9", "6.2.0", "6.5.0")] == [False, True, True]
    assert [exact.accepts_base(Version(text)) for text in ("6.2", "6.5.0", "7.0.0")] == [True, False, True]


def test_find_ignores_case_and_spacing():
    manifest = read_manifest([FULL])
    assert manifest.find("beyondtrust  23.1.3").version == "23.1.3"
    assert manifest.find("BeyondTrust 23.1.4") is None and manifest.find(None) is None
