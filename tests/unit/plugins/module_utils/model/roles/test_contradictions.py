# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Values of the role upgrade that contradict each other or the inventory."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.roles.contradictions import contradictions

GROUPS = {"groups": {"support": ["a", "b"]}, "ansible_play_hosts_all": ["a", "b"]}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"client_strategy": "reinstall"}, "upgrade_reinstall_acknowledged"),
        ({"mode": "standalone", "site": "support"}, "upgrade_standalone_reason"),
    ],
)
def test_a_contradiction_names_the_variable(options, words):
    (sentence,) = contradictions(options, GROUPS)
    assert words in sentence


def test_the_first_host_of_a_site_is_needed():
    options = {"mode": "asynchronous", "site": "support"}
    assert contradictions(options, GROUPS) == []
    (sentence,) = contradictions(options, dict(GROUPS, ansible_play_hosts_all=["b"]))
    assert "is upgraded by its first host a" in sentence


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"mode": "standalone"},
        {"mode": "standalone", "site": "support", "standalone_reason": "split since May, E. Example"},
        {"client_strategy": "reinstall", "reinstall_acknowledged": "E. Example, change 4711"},
    ],
)
def test_values_that_fit_are_accepted(options):
    assert contradictions(options, GROUPS) == []
