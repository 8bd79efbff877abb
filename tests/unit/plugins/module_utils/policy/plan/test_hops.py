# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Where a hop ends."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.package import Package, read_name
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.planner import make_plan


def row(name, state="available", waits_for=()):
    kind, version = read_name(name)
    return Package(name, kind, version, state, tuple(waits_for))


def plan(*rows, site="18.3.2", base="6.0.1", **options):
    return make_plan(site_version=site, base_version=base, packages=rows, **options)


def shape(made):
    """The hops as lists of names, a gate as '|'."""
    return [["|" if step.action == "catch_up" else step.package for step in hop.steps] for hop in made.hops]


@pytest.mark.mission("M16")
def test_the_strategy_without_clients_has_no_catch_ups():
    assert shape(plan(row("Bomgar 19.1.8"), catch_up=False)) == [["Bomgar 19.1.8"]]


@pytest.mark.mission("M1", "M35")
def test_only_site_packages_make_clients_upgrade_and_every_step_names_its_release_notes():
    made = plan(row("Base 6.2.0"), row("Bomgar 19.1.8"), row("Licence add-on 2019"))
    assert [step.clients_upgrade for step in made.installs] == [False, True, False]
    assert made.installs[1].release_notes == "Release notes of Bomgar 19.1.8"
