# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A line of progress names the node that the task acts on, not the host of the site that runs the tasks for both."""

import pytest
from ansible_collections.bomgar.appliance.plugins.plugin_utils.action_module import _node_name

HOSTVARS = {
    "a.example.com": {"upgrade_site": "site", "bomgar_url": "https://10.0.0.1"},
    "b.example.com": {"upgrade_site": "site", "bomgar_url": "https://10.0.0.2"},
    "c.example.com": {},
}


@pytest.mark.parametrize(
    ("host", "url", "called"),
    [
        ("a.example.com", "https://10.0.0.2", "b.example.com"),
        ("a.example.com", "https://10.0.0.1", "a.example.com"),
        ("a.example.com", "https://support.example.com", "a.example.com"),
        ("a.example.com", None, "a.example.com"),
        ("c.example.com", "c.example.com", "c.example.com"),
    ],
)
def test_task_address_names_the_node(host, url, called):
    groups = {"site": ["a.example.com", "b.example.com"]}
    assert _node_name(url, {"inventory_hostname": host, "hostvars": HOSTVARS, "groups": groups}) == called


def test_without_an_inventory_the_host_is_named():
    assert _node_name("https://10.0.0.2", {"inventory_hostname": "localhost"}) == "localhost"
