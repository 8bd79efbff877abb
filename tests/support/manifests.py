# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""An entry of a manifest that says everything."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.read_manifest import read_manifest
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


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
