# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which hosts of a batch failed, as another site of it sees them."""

import pytest
from ansible_collections.bomgar.appliance.plugins.filter.failed_upgrade import RESULTS, failed_upgrade

from tests.support.ansible import ROOT

HOST = {"inventory_hostname": "a.example.com", "upgrade_state": ""}


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, ""),
        ({"upgrade_state": "waiting"}, ""),
        ({"upgrade_state": "failed"}, "a.example.com"),
        ({"_backup_saved": {"failed": True}}, "a.example.com"),
        ({"preflight_results": {"passed": False}}, "a.example.com"),
        ({"preflight_results": {"passed": True}, "install_result": {"failed": False}}, ""),
    ],
)
def test_a_failed_result_counts_at_once(more, found):
    assert failed_upgrade({**HOST, **more}) == found


def test_a_host_without_an_upgrade_did_not_fail():
    assert failed_upgrade({"inventory_hostname": "a.example.com", "install_result": {"failed": True}}) == ""


def test_every_result_is_registered_by_a_role():
    text = "".join(path.read_text() for path in ROOT.glob("roles/*/tasks/**/*.yml"))
    assert [name for name in RESULTS if f"register: {name}\n" not in text] == []
