# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A blocked package waits only for packages that its row names."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance.prerequisites import required_packages

OFFERED = ["Base 6.2.0", "Bomgar 21.1.2", "Bomgar 22.1.4", "Enterprise Licence Pack"]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Requires Base 6.2.0 and Bomgar 21.1.2."], ("Base 6.2.0", "Bomgar 21.1.2")),
        (["Requires", "Base 6.2.0"], ("Base 6.2.0",)),
        (["Requires:", "Base 6.2.0"], ("Base 6.2.0",)),
        (["requires: Base 6.2.0"], ("Base 6.2.0",)),
        (["Available after Enterprise Licence Pack has been installed"], ("Enterprise Licence Pack",)),
        (["Erfordert Base 6.2.0", "300 MB"], ("Base 6.2.0",)),
        (["Supports upgrades from Bomgar 21.1.2"], ()),
        (["Replaces Bomgar 21.1.2"], ()),
        (["Needs Base 6.9.9"], ("Base 6.9.9",)),
        (["Needs Base 6.2.01"], ("Base 6.2.01",)),
        (["Requires Base 6.2.0 or Base 7.0.0"], ("Base 6.2.0",)),
        (["Requires Base 6.1.0 or Base 7.0.0"], ()),
        (["Must be installed before Bomgar 22.1.4"], ()),
        (["300 MB", "Base 6.2.0"], ()),
        (["requires Bomgar 22.1.4"], ()),
        ([], ()),
    ],
)
def test_only_named_prerequisites_are_waited_for(texts, expected):
    own = "Bomgar 22.1.4" if texts == ["requires Bomgar 22.1.4"] else "Bomgar 23.2.1"
    assert tuple(sorted(required_packages(texts, own, OFFERED))) == expected
