# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The license agreement of a package on /appliance > Updates, and the page that asks for confirmation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ...errors import InvalidInput, Refused, mark_nothing_sent
from ..html.text import shorten, text_of
from .progress import read_progress

if TYPE_CHECKING:
    from ..browser import Browser
    from ..html.controls import Control
    from ..html.fields import Field
    from ..html.forms import Form
    from ..html.page import Page
    from ..labels import Labels

_AGREEMENT = re.compile(
    r"agreement|\beula\b|licen[cs]e terms|terms of|vereinbarung|lizenzvertrag|lizenzbedingungen|"
    r"nutzungsbedingungen",
    re.I,
)
_CONTACT = {"name": "contact_name", "email": "contact_email", "title": "contact_title"}


def is_agreement(page: Page) -> bool:
    """Whether the page still asks for agreement: nothing has started yet."""
    heads = " ".join([page.title, *(text_of(tag) for tag in page.soup.find_all(["h1", "h2", "h3", "legend"]))])
    return bool(_AGREEMENT.search(heads)) and bool(page.soup.find("form")) and not read_progress(page).running


def find_agree_control(browser: Browser, page: Page) -> Control | None:
    """The control that agrees or confirms, None if the page is the list of packages again."""
    labels = browser.labels
    if page.named(labels, "check_updates"):
        return None
    for form in page.forms():
        if _agreement_box(form, labels) is not None:
            submits = page.submits_of(form, also_disabled=True)
            known = page.named(labels, "agree_download", "confirm_install", "install")
            named = [one for one in submits if one in known]
            return next(iter(named or [one for one in submits if len(submits) == 1]), None)
    if page.named(labels, "install"):
        return None
    return next(iter(page.named(labels, "agree_download") or page.named(labels, "confirm_install")), None)


def _agreement_box(form: Form, labels: Labels) -> Field | None:
    """The box or radio button that says "I agree", or None."""
    return form.find(labels, "agree_box", ("checkbox", "radio"), loose=True)


def fill_agreement(
    browser: Browser, page: Page, control: Control, contact: dict[str, Any], accept_eula: bool
) -> tuple[Control, Form | None]:
    """(control, form) with the contact entered and the agreement ticked, as far as the form asks for them."""
    form, labels = page.form_of(control), browser.labels
    box = _agreement_box(form, labels) if form is not None else None
    if (box is not None or control.names & set(labels.folded("agree_download"))) and not accept_eula:
        raise mark_nothing_sent(
            Refused(
                "The package has a license agreement that is not accepted; the package was not installed.",
                host=browser.host,
                evidence=repr(shorten(page.text, 600)),
                remedy="Read the agreement and set accept_eula: true if you agree.",
                facts={"agreement": page.text},
            )
        )
    if form is not None:
        _fill_contact(browser, form, control, contact)
    if form is not None and box is not None:
        for other in form.of_kind("radio") if box.kind == "radio" else ():
            other.ticked = other.ticked and other.name != box.name
        box.ticked = True
    return control, form


def _fill_contact(browser: Browser, form: Form, control: Control, contact: dict[str, Any]) -> None:
    for key, label in _CONTACT.items():
        field = form.find(browser.labels, label, ("text", "email"), near=control.element)
        if field is not None and contact.get(key):
            field.value = str(contact[key])
        elif field is not None and not field.value and _is_required(field):
            raise InvalidInput(
                f"The license agreement requires {field.label!r}; the package was not installed.",
                host=browser.host,
                remedy=f"Set contact.{key}.",
            )


def _is_required(field: Field) -> bool:
    """Whether a contact field is required: all are, unless the page calls them optional."""
    return not any("optional" in name for names in field.names for name in names)
