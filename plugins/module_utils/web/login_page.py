# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Recognizes login pages, login agreements and pages that only somebody who is signed in sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .html.text import fold, text_of

if TYPE_CHECKING:
    from .html.fields import Field
    from .html.forms import Form
    from .html.page import Page
    from .labels import Labels

_NAMED_USER = re.compile(r"user|login\[?name|account|^login$", re.I)
_MENU = (
    "menu_status",
    "menu_updates",
    "menu_basics",
    "menu_security",
    "menu_management",
    "menu_storage",
    "menu_jump",
    "menu_information",
    "menu_support",
    "menu_software",
)


def is_inside(page: Page, labels: Labels) -> bool:
    """Whether only a signed-in user sees this page: it has a logout or a menu."""
    if sum(bool(page.named(labels, key)) for key in _MENU) >= 2:
        return True
    return bool(page.named(labels, "log_out")) and not page.named(labels, "accept_agreement")


def is_agreement(page: Page, labels: Labels) -> bool:
    """Whether the page is a login agreement that waits for an answer; some pages show it inside the menu."""
    if not page.named(labels, "accept_agreement") or password_fields(page):
        return False
    wanted = labels.folded("login_agreement")
    heads = [page.title, *(text_of(tag) for tag in page.soup.find_all(["h1", "h2", "h3", "legend"]))]
    return any(text in fold(head) for text in wanted for head in heads)


def is_login(page: Page, labels: Labels) -> bool:
    """Whether the page is a login form, or a bare 401 or 403."""
    if is_inside(page, labels):
        return False
    return page.status in (401, 403) or login_form(page, labels) is not None


def login_form(page: Page, labels: Labels) -> tuple[Form, Field, Field] | None:
    """(form, user field, password field) of a login form, or None. A form with two passwords changes one."""
    for form in page.forms():
        passwords = [one for one in form.of_kind("password") if one.enabled]
        user = _user_field(form, labels)
        if len(passwords) == 1 and user is not None:
            return form, user, passwords[0]
    return None


def _user_field(form: Form, labels: Labels) -> Field | None:
    texts = form.of_kind("text", "email", "search", "tel")
    named = form.find(labels, "username", ("text", "email"))
    return named or next((one for one in texts if _NAMED_USER.search(one.name)), texts[0] if len(texts) == 1 else None)


def password_fields(page: Page) -> list[Field]:
    return [one for form in page.forms() for one in form.of_kind("password") if one.enabled]
