# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.login_words import about_credentials


@pytest.mark.parametrize("text", ["Invalid credentials", "wrong password", "The account is locked", "Please log in", "Kennwort falsch"])
def test_refused_logins_are_recognized(text):
    assert about_credentials(text)


@pytest.mark.parametrize("text", ["", "The update is running", "Permission denied", "x" * 5000 + " password"])
def test_other_refusals_are_not(text):
    assert not about_credentials(text)
