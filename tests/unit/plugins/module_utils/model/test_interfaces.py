# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The interfaces that respond while another one fails."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.interfaces import describe_interfaces


def test_each_interface_that_responded_is_named_once():
    text = describe_interfaces({"/api/command", "/login/software", "/login/status", "/oauth2/token"}, healthy=True, text="")
    assert "is healthy, and these responded: Command API, the pages of /login, tokens." in text


def test_nothing_is_said_of_interfaces_that_were_silent():
    text = describe_interfaces(set(), healthy=False, text="disk full")
    assert "/check_health returns 'disk full'. Only this interface fails" in text
