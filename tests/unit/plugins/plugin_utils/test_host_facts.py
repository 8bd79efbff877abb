# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What filters read of other hosts, without their inventory variables where Ansible allows it."""

from types import SimpleNamespace

from ansible.parsing.dataloader import DataLoader
from ansible.vars.hostvars import HostVars
from ansible.vars.manager import VariableManager
from ansible_collections.bomgar.appliance.plugins.plugin_utils.host_facts import FAILING, facts_of, results_of

from tests.support.ansible import ROOT


class Expensive(HostVars):
    """Variables of the inventory that nobody may ask for."""

    def __getitem__(self, name):
        raise AssertionError("all variables of a host were made")

    raw_get = __getitem__


def test_this_ansible_keeps_results_where_they_are_read():
    """Else each site of a fleet would evaluate the variables of all others."""
    manager = VariableManager(loader=DataLoader())
    manager.set_nonpersistent_facts("a.example.com", {"upgrade_state": "failed"})
    hosts = Expensive(SimpleNamespace(), manager, DataLoader())
    assert facts_of(hosts, "a.example.com")["upgrade_state"] == "failed"
    assert facts_of(hosts, "b.example.com") == {}


def test_another_place_costs_time_and_no_result():
    assert facts_of({"a": {"upgrade_state": "failed"}}, "a") == {"upgrade_state": "failed"}


def test_results_are_dictionaries_in_their_order():
    facts = {"b": {"state": "open"}, "a": {"state": "waiting"}, "c": None, "d": "text"}
    assert results_of(facts, ("a", "b", "c", "d", "e")) == [{"state": "waiting"}, {"state": "open"}]


def test_every_result_is_registered_by_a_role():
    text = "".join(path.read_text() for path in ROOT.glob("roles/*/tasks/**/*.yml"))
    assert [name for name in FAILING if f"register: {name}\n" not in text] == []
