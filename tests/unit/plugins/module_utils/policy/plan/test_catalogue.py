# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is known of the packages: installed, offered, in a file."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import PlanError
from ansible_collections.bomgar.appliance.plugins.module_utils.model.read_manifest import read_manifest

from tests.support.plans import plan, row, shape


def test_installed_package_is_no_step():
    made = plan(row("Base 6.0.1"), row("Bomgar 18.3.2"), row("Bomgar 18.1", "blocked"), row("Base 5.0.0", "installed"))
    assert made.hops == ()
    assert any("Bomgar 18.3.2 is listed although" in note for note in made.notes)


def test_a_listed_package_that_does_not_run():
    """An error, not success."""
    with pytest.raises(PlanError, match="listed as installed, but the appliance runs 18.3.2"):
        plan(row("Bomgar 19.1.8", "installed"), target="19.1.8")


def test_an_unknown_base_is_fine_for_available_rows():
    """A row that can be installed has what it needs."""
    manifest = read_manifest([{"name": "Bomgar 19.1.8", "requires_base": "6.0.0"}])
    made = plan(row("Bomgar 19.1.8"), manifest=manifest, base=None)
    assert shape(made) == [["Bomgar 19.1.8", "|"]] and not made.certain


def test_offline_package_is_a_step_unlisted():
    """An offline package is a step with its file although the list is empty."""
    digest = "ab" * 32
    manifest = read_manifest(
        [
            {"name": "Base 6.2.0", "file": "base.nss", "sha256": digest},
            {
                "name": "Bomgar 19.1.8",
                "file": "site.nss",
                "requires_base": "6.2.0",
                "soak_hours": 48,
                "companions": {"Integration client": "1.7.5"},
            },
        ]
    )
    made = plan(manifest=manifest)
    assert shape(made) == [["Base 6.2.0", "Bomgar 19.1.8", "|"]]
    first, second, catch_up = made.steps
    assert (first.file, first.sha256, first.available, second.available) == ("base.nss", digest, True, False)
    assert catch_up.soak_hours == 48.0 and second.as_dict()["companions"] == {"Integration client": "1.7.5"}


def test_manifest_target_waits_for_its_requirement():
    """A target that only the manifest knows comes after what it requires."""
    manifest = read_manifest([{"name": "Bomgar 22.1.4", "requires": ["Bomgar 19.1.8"]}])
    made = plan(row("Bomgar 19.1.8"), manifest=manifest, target="22.1.4")
    assert shape(made) == [["Bomgar 19.1.8", "|"], ["Bomgar 22.1.4", "|"]]
    with pytest.raises(PlanError, match="Bomgar 22.1.4, which is neither installed nor offered"):
        plan(site="19.1.8", manifest=manifest, target="22.1.4")
