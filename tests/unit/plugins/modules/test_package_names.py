# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Whatever the packages are called: clients get their time after each new version, and nothing is installed that nobody can name."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal

from tests.support.upgrades import Standalone

WORLD = """
schema: 1
name: names
product: rs
company: Example Ltd
appliances: [{name: a, hostname: a.example.com, base: 6.0.2, version: 20.2.1}]
accounts:
  api: [{client_id: me, client_secret: canary-api, permissions: {perm_command: full_access, perm_backup: true, perm_configuration: true}}]
  appliance: [{username: admin, password: canary-web}]
  login: [{username: admin, password: canary-login}]
clients: {jump_clients: {active: 18, passive: 12}}
packages:
  - {id: base-6.2.0, name: BASE, kind: base, version: 6.2.0}
  - {id: rs-22.1.4, name: FIRST, kind: site, version: 22.1.4, requires: [base-6.2.0]}
  - {id: rs-23.2.1, name: SECOND, kind: site, version: 23.2.1, requires: [rs-22.1.4]}
"""
REQUEST = {"target_version": "23.2.1", "target_base": "6.2.0"}


class Named(Standalone):
    """An upgrade whose manifest is given to the installation too, as the role does."""

    def install(self, node, package, **more):
        super().install(node, package, **more, **({"manifest": self.request["manifest"]} if "manifest" in self.request else {}))


def world(base, first, second):
    return WORLD.replace("BASE", base).replace("FIRST", first).replace("SECOND", second)


def upgraded(bench, **request):
    ended = Named(bench, request={**REQUEST, **request}).result()
    assert bench.machine.clients.skipped == 0
    return ended


@pytest.mark.parametrize(
    ("base", "first", "second"),
    [
        ("BeyondTrust Base 6.2.0", "Remote Support 22.1.4", "Remote Support 23.2.1"),
        ("Base software v6.2.0", "24 bit", "x"),
        ("Base 6.2.0", "Hotfix BT22-01-ONPREM1", "BeyondTrust® Remote Support™ 23.2.1"),
    ],
    ids=["the vendor's titles", "unknown", "a site package that is called a hotfix"],
)
def test_package_names_cost_no_version(given, base, first, second):
    """No client misses a version, whatever the packages are called."""
    bench = given(world(base, first, second))
    ended = upgraded(bench)
    if first == "24 bit":
        assert ended["outcome"] == "failed" and "upgrade_manifest" in ended["why"] and bench.writes() == []
        return
    assert (ended["outcome"], bench.machine.version) == ("reached", "23.2.1"), ended
    catch_ups = Journal(str(bench.folder / "site" / "journal.jsonl")).state().versions.catch_ups
    assert [catch_up["version"] for catch_up in catch_ups if catch_up["version"] != "20.2.1"] == ["22.1.4", "23.2.1"]


@pytest.mark.parametrize(
    "names", [("Update 4711", "RS 23.2.1"), ("Remote Support 22.1.4", "RS 23.2.1"), ("PRA 22", "Remote Support 23.2.1")]
)
def test_an_unknown_package_needs_a_person(given, names):
    """It is installed once a person says what it is."""
    bench = given(world("Base 6.2.0", *names))
    ended = upgraded(bench)
    assert ended["outcome"] == "failed" and "does not say what it is" in ended["why"] or "under a name that is known" in ended["why"]
    assert all(name in ended["why"] for name in names if name.startswith(("Update", "RS", "PRA")) and name in ended["why"])
    assert not [one for one in bench.writes() if one.startswith("install rs-")]
    manifest = {"packages": [{"name": name, "kind": "site", "version": version} for name, version in zip(names, ("22.1.4", "23.2.1"))]}
    (bench.folder / "site" / "journal.jsonl").unlink()  # a new upgrade, begun with the manifest
    ended = upgraded(bench, manifest=manifest)
    assert (ended["outcome"], bench.machine.version) == ("reached", "23.2.1"), ended


def test_product_changing_add_on_starts_catch_up(given):
    bench = given(world("Base 6.2.0", "Hotfix BT22-01-ONPREM1", "Remote Support 23.2.1"))
    told = []
    Standalone(
        bench,
        request={"target_version": "20.2.1", "target_base": "6.2.0"},
        see=lambda name, node, result, before: told.append((name, result)),
    ).result()
    changed = next(result for name, result in told if name == "update_install" and result["kind"] == "hotfix")
    assert changed["version"] == "22.1.4" and "The catch-up of the clients starts now" in changed["warnings"][0]
    catch_up = Journal(str(bench.folder / "site" / "journal.jsonl")).state().versions.catch_ups[-1]
    assert (catch_up["version"], catch_up["package"]) == ("22.1.4", "Hotfix BT22-01-ONPREM1") and bench.machine.clients.skipped == 0
