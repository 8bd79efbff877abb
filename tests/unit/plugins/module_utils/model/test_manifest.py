# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The manifest: what it may say, and one clear sentence for everything else."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.read_manifest import read_manifest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.version import Version
from hypothesis import strategies as st

FULL = {
    "name": "BeyondTrust 23.1.3",
    "kind": "site",
    "version": "23.1.3",
    "requires": ["Base 6.2.0"],
    "requires_base": ["6.2.0", "7.0.0"],
    "supports_upgrade_from": "22.1.4",
    "sha256": "AB" * 32,
    "file": "pra.nss",
    "companions": {"ECM": "1.6.0", "Integration client": "1.7.5"},
    "release_notes": "PRA 23.1.3",
    "soak_hours": 48,
}


def entry(**changes):
    return read_manifest([{**FULL, **changes}]).entries[0]


def test_requires_base_is_a_minimum_or_a_list():
    minimum, exact = entry(requires_base="6.2.0"), entry()
    assert [minimum.accepts_base(Version(text)) for text in ("6.1.9", "6.2.0", "6.5.0")] == [False, True, True]
    assert [exact.accepts_base(Version(text)) for text in ("6.2", "6.5.0", "7.0.0")] == [True, False, True]


def test_find_ignores_case_and_spacing():
    manifest = read_manifest([FULL])
    assert manifest.find("beyondtrust  23.1.3").version == "23.1.3"
    assert manifest.find("BeyondTrust 23.1.4") is None and manifest.find(None) is None


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
