# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The version to reach."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import PlanError

from tests.support.plans import plan, row


def test_highest_offered_version_is_default_target():
    assert plan(row("Bomgar 19.1.8"), row("Bomgar 19.2.1", "blocked", ["Bomgar 19.1.8"])).target == "19.2.1"


@pytest.mark.parametrize(("target", "base", "words"), [("17.1.1", None, "17.1.1"), (None, "5.0.0", "Base 5.0.0")])
def test_a_target_older_than_what_runs_is_refused(target, base, words):
    with pytest.raises(PlanError, match=f"{words} is wanted, but .* nothing can be downgraded"):
        plan(target=target, target_base=base)


@pytest.mark.mission("M5")
def test_a_target_that_is_not_offered():
    """The error names what is offered, and why that may be."""
    with pytest.raises(PlanError) as caught:
        plan(row("Bomgar 19.1.8"), target="22.1.4", host="a.example.com")
    text = str(caught.value)
    assert text.startswith("a.example.com: Version 22.1.4 is not offered")
    assert "Bomgar 19.1.8" in text and "maintenance may have lapsed" in text
    assert caught.value.facts["offered"] == ["Bomgar 19.1.8"]


def test_unknown_package_prevents_a_guess():
    """The newest version is not guessed beside a package of unknown kind."""
    with pytest.raises(PlanError, match="The newest version is unknown: the name 'RS 19.1.8'"):
        plan(row("Bomgar 18.4.1"), row("RS 19.1.8"))


def test_unknown_package_asks_for_its_version():
    """A version that only a package of unknown kind may bring is asked for."""
    with pytest.raises(PlanError, match="upgrade_manifest") as caught:
        plan(row("RS 19.1.8"), target="19.1.8")
    assert caught.value.facts["unclassified"] == ["RS 19.1.8"]
