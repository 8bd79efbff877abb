# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.model.address import read_address


@pytest.mark.parametrize(
    ("text", "base", "host"),
    [
        ("a.example.com", "https://a.example.com", "a.example.com"),
        ("a.example.com:8443", "https://a.example.com:8443", "a.example.com:8443"),
        ("https://A.Example.com/", "https://a.example.com", "a.example.com"),
        (" https://a.example.com:443 ", "https://a.example.com", "a.example.com"),
        ("[2001:db8::1]:8443", "https://[2001:db8::1]:8443", "[2001:db8::1]:8443"),
    ],
)
def test_an_address_is_read_as_people_write_it(text, base, host):
    address = read_address(text)
    assert (address.base, address.host) == (base, host)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("http://a.example.com", "does not use HTTPS"),
        ("https://a.example.com/appliance/login.ns", "names a page"),
        ("https://a.example.com?x=1", "names a page"),
        ("a.example.com:http", "cannot be read"),
        ("https://", "names no host"),
        ("a b", "names no host"),
        ("", "No address"),
        (None, "No address"),
    ],
)
def test_a_wrong_address_is_refused(text, says):
    with pytest.raises(InvalidInput, match=says):
        read_address(text)


def test_a_password_in_the_address_is_not_quoted():
    with pytest.raises(InvalidInput) as caught:
        read_address("https://admin:canary@a.example.com")
    assert "canary" not in str(caught.value)
    assert "a.example.com" in str(caught.value)
