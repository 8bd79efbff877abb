# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import AccessDenied, PermissionMissing, Refused, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.operations.identity import Same


def appliance(*guids):
    """One answer of health() for each GUID; an error is raised."""
    answers = iter(guids)

    def health():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return SimpleNamespace(guid=answer)

    return SimpleNamespace(host="a.example.com", health=health)


def test_the_same_appliance_passes():
    Same(appliance("ab", "ab")).check()


def test_another_appliance_is_unsafe():
    with pytest.raises(Unsafe, match="Another appliance responds at this address: cd instead of ab"):
        Same(appliance("ab", "cd")).check()


@pytest.mark.parametrize("error", [PermissionMissing("administrators only"), Refused("unknown")])
def test_old_versions_hide_their_identity(error):
    same = Same(appliance(error))
    assert same.guid == ""
    same.check()


def test_denied_access_is_raised():
    with pytest.raises(AccessDenied):
        Same(appliance(AccessDenied("locked")))
