# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Login pages, agreements, and pages that only somebody who is signed in sees."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login_page import is_agreement, is_inside, is_login, login_form

FORM = "<form action='/in' method='post'>User Name <input name='user'> Password <input type='password' name='pw'><input type=submit></form>"
TWICE = "<form action='/in' method='post'><input name='user'><input type='password' name='a'><input type='password' name='b'></form>"
MENU = "<a href='/status'>Status</a> <a href='/updates'>Updates</a>"
AGREEMENT = "<h1>Login Agreement</h1><form action='/ok' method='post'>Be kind. <button>Accept</button></form>"


@pytest.mark.parametrize(
    ("body", "inside", "login", "agreement"),
    [
        (FORM, False, True, False),
        (MENU, True, False, False),
        (MENU + FORM, True, False, False),
        ("<a href='/out'>Logout</a>", True, False, False),
        (AGREEMENT, False, False, True),
        (AGREEMENT + FORM, False, True, False),
        ("<p>Hello</p>", False, False, False),
    ],
)
def test_pages_are_told_apart(page, labels, body, inside, login, agreement):
    one = page(f"<html><body>{body}</body></html>")
    assert (is_inside(one, labels), is_login(one, labels), is_agreement(one, labels)) == (inside, login, agreement)


def test_a_form_with_two_passwords_is_no_login(page, labels):
    assert login_form(page(f"<html><body>{TWICE}</body></html>"), labels) is None


def test_the_fields_of_a_login_are_found(page, labels):
    _form, user, password = login_form(page(f"<html><body>{FORM}</body></html>"), labels)
    assert (user.name, password.name) == ("user", "pw")
