# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rows of a list of packages, and the plan of one appliance that is made from them."""

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
