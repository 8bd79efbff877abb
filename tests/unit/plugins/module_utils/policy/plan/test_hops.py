# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Where a hop ends."""

import pytest

from tests.support.plans import plan, row, shape


@pytest.mark.mission("M16")
def test_the_strategy_without_clients_has_no_catch_ups():
    assert shape(plan(row("Bomgar 19.1.8"), catch_up=False)) == [["Bomgar 19.1.8"]]


@pytest.mark.mission("M1", "M35")
def test_site_packages_need_catch_up_and_notes():
    """Only site packages need a catch-up, and every step names its release notes."""
    made = plan(row("Base 6.2.0"), row("Bomgar 19.1.8"), row("Licence add-on 2019"))
    assert [step.clients_upgrade for step in made.installs] == [False, True, False]
    assert made.installs[1].release_notes == "Release notes of Bomgar 19.1.8"
