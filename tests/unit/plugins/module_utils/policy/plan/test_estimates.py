# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How long a step takes: declared by a person, else measured, else the vendor's word, else assumed."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.pair_step import PairStep
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.estimates import Known, estimates

ACTIONS = ("sync", "break", "install", "take_over", "interim", "establish", "catch_up", "swap", "restore")
BASE = PairStep("install", "a", "b", package="Base 6.2.0", kind="base", version="6.2.0")
SITE = PairStep("install", "a", "b", package="Bomgar 22.1.4", kind="site", version="22.1.4")
WAIT, SYNC = PairStep("catch_up", "a", "b"), PairStep("sync", "a", "b")


def estimate(step, **known):
    return estimates([step], Known(**known))[0]


def took(action, kind, *seconds):
    return [{"action": action, "kind": kind, "seconds": one} for one in seconds]


@pytest.mark.mission("M18")
def test_an_installation_takes_what_the_vendor_says():
    assert estimate(SITE) == {"seconds": 3600, "least": 900, "basis": "vendor"}


@pytest.mark.parametrize("action", ACTIONS)
def test_every_step_has_an_estimate(action):
    found = estimate(PairStep(action, "a", "b"))
    assert found["seconds"] >= 0 and found["basis"] == ("vendor" if action in ("install", "catch_up") else "assumed")


def test_last_three_measured_times_count():
    measured = took("install", "site", 9000.0, 1200.0, 1500.4, 1300.0) + took("install", "base", 400.0) + took("sync", "", 30.0)
    assert estimate(SITE, measured=measured) == {"seconds": 1500, "least": 1200, "basis": "measured"}
    assert estimate(BASE, measured=measured)["seconds"] == 400 and estimate(SYNC, measured=measured)["seconds"] == 30
    assert estimate(BASE, measured=took("install", "site", 60.0))["basis"] == "vendor"


def test_declared_time_precedes_the_measured():
    measured = took("install", "site", 1200.0)
    assert estimate(SITE, measured=measured, declared={"site": 7200})["seconds"] == 7200
    assert estimate(BASE, declared={"install": 1800}) == {"seconds": 1800, "least": 1800, "basis": "declared"}
    assert estimate(BASE, declared={"install": 1800, "base": 600})["seconds"] == 600
    assert estimate(SITE, measured=measured, declared={"base": 7200})["basis"] == "measured"


def test_client_time_has_three_sources():
    """Clients have the time of the manifest, of the variable, or the vendor's day."""
    assert estimate(WAIT) == {"seconds": 86400, "least": 86400, "basis": "vendor"}
    assert estimate(WAIT, min_wait=0) == {"seconds": 0, "least": 0, "basis": "declared"}
    found = estimates([WAIT, SITE, WAIT], Known(min_wait=3600, waits={"22.1.4": 172800}))
    assert [one["seconds"] for one in found] == [3600, 3600, 172800]


def test_default_variable_is_the_vendors_day():
    assert estimate(WAIT, min_wait=86400.0) == estimate(WAIT)


def test_an_interim_takes_what_must_pass():
    assert estimate(PairStep("interim", "a", "b"), interim=7200) == {"seconds": 7200, "least": 7200, "basis": "declared"}
