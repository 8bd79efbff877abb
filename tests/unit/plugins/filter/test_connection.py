# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A host's variables become the options of the modules."""

from ansible_collections.bomgar.appliance.plugins.filter.connection import connection


def test_only_existing_host_variables_are_given():
    host = {"inventory_hostname": "a.example.com", "bomgar_client_id": "x", "bomgar_login_password": "y", "bomgar_python": "z", "other": 1}
    assert connection(host) == {"url": "a.example.com", "client_id": "x", "login_password": "y"}


def test_empty_text_and_null_mean_the_default():
    host = {"inventory_hostname": "a", "bomgar_url": "", "bomgar_ca_path": None, "bomgar_timeout": " "}
    assert connection(host) == {"url": "a"}


def test_address_may_differ_from_inventory_name():
    host = {"inventory_hostname": "a", "bomgar_url": "https://192.0.2.1"}
    assert connection(host, named=True) == {"url": "https://192.0.2.1", "name": "a"}
