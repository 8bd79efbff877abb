# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The last upgrade that installed anything."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.last_upgrade import last_upgrade

from tests.support.entries import entries

OPENED, REACHED = ("run_opened", {}), ("run_ended", {"state": "reached"})


def step(package):
    return ("step_done", {"package": package, "kind": "base", "version": package.split()[-1]})


def test_an_empty_journal_knows_no_upgrade():
    found = last_upgrade([])
    assert (found["packages"], found["basis"], found["recorded"], found["settings_changed"]) == ([], "", False, False)


def test_each_package_is_listed_once():
    found = last_upgrade(entries(OPENED, step("Base 6.1.0"), step("Base 6.2.0"), step("Base 6.2.0")))
    assert [one["package"] for one in found["packages"]] == ["Base 6.1.0", "Base 6.2.0"]


def test_a_finished_upgrade_before_does_not_count():
    found = last_upgrade(entries(OPENED, step("Base 6.1.0"), REACHED, OPENED, step("Base 6.2.0"), REACHED))
    assert [one["package"] for one in found["packages"]] == ["Base 6.2.0"]


def test_a_run_without_installation_changes_nothing():
    found = last_upgrade(entries(OPENED, step("Base 6.1.0"), REACHED, OPENED, REACHED))
    assert [one["package"] for one in found["packages"]] == ["Base 6.1.0"]
