# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What an appliance runs, as entries of a journal say it."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.software import is_news, runs_after, same_software, software_of
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.state import state_of

SEEN = {"guid": "aa", "host": "a", "version": "24.1.2", "build": "1-ab", "serves": True, "appliance_time": 1.0}


def known(**data):
    entry = {"seq": 1, "run": 1, "time": "2026-03-02T12:00:00Z", "event": "version_seen", "data": dict(SEEN, **data)}
    return state_of([entry])


@pytest.mark.parametrize(("build", "same"), [("1-ab", True), ("2-cd", False), ("", True), (None, True)])
def test_an_unread_build_is_taken_as_the_same(build, same):
    assert same_software(SEEN, dict(SEEN, build=build)) is same


@pytest.mark.parametrize("change", [{"version": "24.2.2"}, {"build": "2-cd"}, {"serves": False}, {"guid": "bb"}])
def test_a_difference_is_news(change):
    assert is_news(known(), dict(SEEN, **change)) and not is_news(known(), SEEN)


def test_a_base_package_says_nothing_of_the_product():
    assert runs_after({"kind": "base", "version": "6.2.0"}) is None
    assert runs_after({"kind": "site", "version": "24.2.2"}) == {"version": "24.2.2", "build": ""}
    assert runs_after({"kind": "base", "software": SEEN}) == software_of(SEEN) == {"version": "24.1.2", "build": "1-ab"}
