# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which hosts of a batch failed, as another site of it sees them."""

import pytest
from ansible_collections.bomgar.appliance.plugins.filter.failed_upgrades import failed_upgrades

A = "a.example.com"
HOST = {"upgrade_state": ""}


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, []),
        ({"upgrade_state": "waiting"}, []),
        ({"upgrade_state": "failed"}, [A]),
        ({"_backup_saved": {"failed": True}}, [A]),
        ({"window_result": {"failed": True}}, [A]),
        ({"preflight_results": {"passed": False}}, [A]),
        ({"preflight_results": {"passed": True}, "install_result": {"failed": False}}, []),
    ],
)
def test_a_failed_result_counts_at_once(more, found):
    assert failed_upgrades({A: {**HOST, **more}, "b.example.com": HOST}, [A, "b.example.com"]) == found


def test_a_host_without_an_upgrade_did_not_fail():
    assert failed_upgrades({A: {"install_result": {"failed": True}}}, [A]) == []
