# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The account for the APIs, by the connection options."""

from ansible_collections.bomgar.appliance.plugins.module_utils.api.account import account_of
from ansible_collections.bomgar.appliance.plugins.module_utils.api.credentials import Legacy, OAuth
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.secret_cache import MemoryCache

TIME = {"say": lambda text: None, "clock": lambda: 0.0, "sleep": lambda seconds: None}


def account(transport, folder, **params):
    given = {"client_id": None, "client_secret": None, "username": None, "password": None, **params}
    return account_of(given, transport, MemoryCache(), str(folder), **TIME)


def test_a_client_id_is_an_api_account(transport, tmp_path):
    found = account(transport, tmp_path, client_id="robot", client_secret="s3cr3t-value")
    assert isinstance(found, OAuth) and found.is_api_account


def test_without_a_client_id_a_user_signs_in(transport, tmp_path):
    found = account(transport, tmp_path, username="admin", password="s3cr3t-value")
    assert isinstance(found, Legacy) and not found.is_api_account
