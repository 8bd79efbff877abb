# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Names of packages among other texts."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance.package_rows import is_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Base 6.2.0", True),
        ("Bomgar 21.1.2 (64 bit), 300 MB", True),
        ("BeyondTrust Remote Support 24.1", True),
        ("Package: Base 6.2.0", True),
        ("Hotfix BT24-10-ONPREM1", True),
        ("Base 6.2.0 must be installed first", False),
        ("Base updates need no waiting time", False),
        ("Adds 10 licences.", False),
        ("Basement 6.2", False),
        ("", False),
    ],
)
def test_names_of_packages_are_told_from_sentences(text, expected):
    assert is_name(text) is expected
