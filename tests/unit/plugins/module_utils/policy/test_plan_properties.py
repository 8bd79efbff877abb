# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The planner on random worlds: order, termination, arrival, stability.

The appliance here is a model of a few lines, made for this test: packages with needs, some of which appear
only after others are installed, and rows that may or may not name what they wait for.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import PlanError
from ansible_collections.bomgar.appliance.plugins.module_utils.model.package import Package
from ansible_collections.bomgar.appliance.plugins.module_utils.model.read_manifest import read_manifest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.version import Version
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.planner import make_plan
from hypothesis import given, settings
from hypothesis import strategies as st

START = {"site": "15.1.0", "base": "4.0.0"}


@dataclass
class Item:
    """A package of the model; `needs` and `appears_after` are names."""

    name: str
    kind: str
    version: str | None
    needs: frozenset = frozenset()
    appears_after: frozenset = frozenset()


@dataclass
class Model:
    """An appliance that shows a list and installs what is available; versions are cumulative."""

    items: list
    names_needs: bool
    shows_installed: bool
    site: str = START["site"]
    base: str = START["base"]
    installed: set = field(default_factory=set)
    history: list = field(default_factory=list)

    def item(self, name):
        return next(item for item in self.items if item.name == name)

    def has(self, name):
        item = self.item(name)
        running = {"site": self.site, "base": self.base}.get(item.kind)
        return name in self.installed or bool(running and Version(item.version) <= Version(running))

    def open_needs(self, item):
        return sorted(need for need in item.needs if not self.has(need))

    def rows(self):
        shown = []
        for item in self.items:
            if self.has(item.name):
                if self.shows_installed:
                    shown.append(Package(item.name, item.kind, item.version, "installed"))
            elif all(map(self.has, item.appears_after)):
                waits = self.open_needs(item)
                named = tuple(waits) if self.names_needs else ()
                shown.append(Package(item.name, item.kind, item.version, "blocked" if waits else "available", named))
        return shown

    def install(self, step):
        item = self.item(step.package)
        assert not self.has(item.name), f"{item.name} is installed twice"
        assert not self.open_needs(item), f"{item.name} is installed before {self.open_needs(item)}"
        assert all(map(self.has, item.appears_after)), f"{item.name} is installed before it is shown"
        self.installed.add(item.name)
        self.history.append(item.name)
        if item.kind in ("site", "base"):
            setattr(self, item.kind, item.version)


@st.composite
def items(draw, hidden=True):
    """Packages in an order in which they could be installed; needs and appearances point backwards only."""
    made, counts = [], {"site": 0, "base": 0, "hotfix": 0}
    kinds = draw(st.lists(st.sampled_from(["site", "base", "base", "hotfix"]), min_size=1, max_size=9))
    for kind in [*kinds, "site"]:
        counts[kind] += 1
        number = counts[kind]
        name, version = {
            "site": (f"Bomgar {15 + number}.1.0", f"{15 + number}.1.0"),
            "base": (f"Base {4 + number}.0.0", f"{4 + number}.0.0"),
            "hotfix": (f"BT24-0{number}-ONPREM1", None),
        }[kind]
        earlier = [item.name for item in made]
        needs = draw(st.frozensets(st.sampled_from(earlier), max_size=3)) if earlier else frozenset()
        after = draw(st.frozensets(st.sampled_from(earlier), max_size=1)) if earlier and hidden else frozenset()
        # A row names only what is shown as well: it appears not before the packages it needs.
        for need in needs:
            after |= next(item for item in made if item.name == need).appears_after
        made.append(Item(name, kind, version, needs, after))
    return draw(st.permutations(made))


def follow(model, **options):
    """What an operator does: plan, install the next step, plan anew; until nothing is left."""
    for _round in range(len(model.items) + 1):
        plan = make_plan(site_version=model.site, base_version=model.base, packages=model.rows(), **options)
        if plan.next is None:
            return plan
        assert plan.next.action == "install" and plan.next.available
        model.install(plan.next)
    raise AssertionError(f"no end after {model.history}")


def highest(listed):
    return max((item.version for item in listed if item.kind == "site"), key=Version)


WORLDS = st.builds(Model, items(), st.booleans(), st.booleans())


@settings(max_examples=150, deadline=None)
@given(WORLDS)
def test_each_next_step_leads_to_the_target(model):
    """To the highest version, with nothing installed twice."""
    plan = follow(model)
    assert model.site == highest(model.items)
    assert plan.reached and plan.target == model.site
    assert len(model.history) == len(set(model.history))


@settings(max_examples=100, deadline=None)
@given(st.builds(Model, items(hidden=False), st.booleans(), st.booleans()), st.data())
def test_lower_target_is_reached_not_passed(model, data):
    target = data.draw(st.sampled_from([item.version for item in model.items if item.kind == "site"]))
    assert follow(model, target=target).reached
    assert model.site == target


def manifest_of(model):
    """What the vendor's release notes would tell: also after which packages one is offered at all."""
    return read_manifest(
        [
            {"name": item.name, "kind": item.kind, "version": item.version, "requires": sorted(item.needs | item.appears_after)}
            for item in model.items
        ]
    )


@settings(max_examples=100, deadline=None)
@given(WORLDS)
def test_manifest_plans_the_whole_path(model):
    """A target that is not offered yet is known by the manifest, and each plan is the tail of the one before."""
    manifest, target = manifest_of(model), highest(model.items)
    options = {"manifest": manifest, "target": target, "optional_packages": "skip"}
    first = make_plan(site_version=model.site, base_version=model.base, packages=model.rows(), **options)
    follow_strictly(model, first, options)
    assert model.site == target


def follow_strictly(model, plan, options):
    expected = [step.package for step in plan.installs]
    assert_nothing_precedes_its_needs(model, expected)
    while plan.next is not None:
        assert plan.next.available
        model.install(plan.next)
        plan = make_plan(site_version=model.site, base_version=model.base, packages=model.rows(), **options)
    assert model.history == expected


def assert_nothing_precedes_its_needs(model, order):
    dry = Model(model.items, True, False, model.site, model.base, set(model.installed))
    for name in order:
        item = dry.item(name)
        assert not dry.open_needs(item), f"{name} stands before {dry.open_needs(item)} in {order}"
        dry.installed.add(name)
        if item.kind in ("site", "base"):
            setattr(dry, item.kind, max(item.version, getattr(dry, item.kind), key=Version))


@settings(max_examples=100, deadline=None)
@given(st.builds(Model, items(hidden=False), st.just(True), st.booleans()))
def test_named_needs_precede_their_step(model):
    """Where rows name their needs, no step precedes what it requires."""
    plan = make_plan(site_version=model.site, base_version=model.base, packages=model.rows())
    order = [step.package for step in plan.installs]
    assert_nothing_precedes_its_needs(model, order)
    assert len(order) == len(set(order))


@settings(max_examples=75, deadline=None)
@given(st.builds(Model, items(hidden=False), st.booleans(), st.booleans()), st.data())
def test_optional_packages_can_be_skipped(model, data):
    """With needs told by a manifest the way is the same, and at its end only such add-ons are left."""
    target = data.draw(st.sampled_from([item.version for item in model.items if item.kind == "site"]))
    follow(model, target=target, manifest=manifest_of(model), optional_packages="skip")
    assert model.site == target
    needed = {need for name in model.history for need in model.item(name).needs}
    assert all(name in needed for name in model.history if model.item(name).kind == "hotfix")


@settings(max_examples=75, deadline=None)
@given(st.builds(Model, items(hidden=False), st.booleans(), st.booleans()), st.data())
def test_wanted_base_is_reached_not_passed(model, data):
    bases = [item.version for item in model.items if item.kind == "base"]
    if not bases:
        return
    wanted = data.draw(st.sampled_from(bases))
    try:
        plan = follow(model, target_base=wanted, manifest=manifest_of(model))
    except PlanError as exc:
        assert "past what this plan allows" in str(exc), str(exc)
        assert Version(model.base) <= Version(wanted)
    else:
        assert model.base == wanted and plan.reached


@settings(max_examples=75, deadline=None)
@given(WORLDS, st.data())
def test_installed_packages_give_no_step(model, data):
    for _round in range(data.draw(st.integers(0, len(model.items)))):
        plan = make_plan(site_version=model.site, base_version=model.base, packages=model.rows())
        assert not [step.package for step in plan.installs if model.has(step.package)]
        if plan.next is None:
            break
        model.install(plan.next)


@settings(max_examples=75, deadline=None)
@given(WORLDS)
def test_a_catch_up_follows_each_site_package(model):
    """Before the next site package or Base."""
    for hop in make_plan(site_version=model.site, base_version=model.base, packages=model.rows()).hops:
        kinds = [step.kind if step.action == "install" else "catch_up" for step in hop.steps]
        assert kinds.count("site") == kinds.count("catch_up") <= 1
        if "site" in kinds:
            assert kinds[-1] == "catch_up"
            assert "base" not in kinds[kinds.index("site") :]


@settings(max_examples=25, deadline=None)
@given(WORLDS, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_bytes(model, shuffle):
    """The same input in any order gives the same bytes, a hundred times."""
    seen = set()
    for _run in range(100):
        rows = model.rows()
        shuffle.shuffle(rows)
        seen.add(make_plan(site_version=model.site, base_version=model.base, packages=rows).hash)
    assert len(seen) == 1


@settings(max_examples=75, deadline=None)
@given(st.builds(Model, items(hidden=False), st.just(True), st.booleans()), st.data())
def test_a_missing_package_is_named(model, data):
    """Take one package away that the target cannot do without."""
    full = make_plan(site_version=model.site, base_version=model.base, packages=model.rows(), optional_packages="skip")
    needed = [step.package for step in full.installs[:-1] if step.reason.startswith("needed by")]
    if not needed:
        return
    lost = data.draw(st.sampled_from(needed))
    rows = [row for row in model.rows() if row.name != lost]
    running = {"site_version": model.site, "base_version": model.base}
    try:
        made = make_plan(**running, packages=rows, target=full.target, optional_packages="skip")
    except PlanError as exc:
        assert lost in str(exc)
    else:
        # A newer package of the same kind stood in, or the absence of an add-on could not be told from success.
        kind = model.item(lost).kind
        assert any(step.kind == kind for step in made.installs) or kind == "hotfix"


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 6), st.randoms(use_true_random=False))
def test_a_circle_of_any_size_is_named(size, shuffle):
    names = [f"Base {5 + number}.0.0" for number in range(size)]
    shuffle.shuffle(names)
    rows = [Package(name, "base", name[5:], "blocked", (names[index - 1],)) for index, name in enumerate(names)]
    rows.append(Package("Bomgar 16.1.0", "site", "16.1.0", "blocked", (names[0],)))
    with pytest.raises(PlanError) as caught:
        make_plan(site_version="15.1.0", base_version="4.0.0", packages=rows)
    assert sorted(caught.value.facts["cycle"]) == sorted(names)


def test_long_ladder_is_planned_quickly():
    """40 site packages, each only over the one before: no exponential search, no recursion trouble."""
    names = [f"Bomgar {16 + number}.1.0" for number in range(40)]
    manifest = read_manifest([{"name": name, "supports_upgrade_from": f"{15 + number}.1.0"} for number, name in enumerate(names)])
    rows = [Package(name, "site", name[7:], "available") for name in names]
    random.Random(7).shuffle(rows)
    plan = make_plan(site_version="15.1.0", base_version="4.0.0", packages=rows, manifest=manifest)
    assert [step.package for step in plan.installs] == names
