# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/appliance > Updates: the two acts that change the appliance, installing a listed package and uploading a file.

Both are sent once. What came of them is for the caller to read from the appliance; the text returned proves nothing.
"""

from __future__ import annotations

import re

from ..errors import InvalidInput, Refused, Unsafe
from .appliance_updates import PLACE, checked
from .package_rows import find_rows
from .progress import read_progress
from .text import fold, shorten, text_of

_AGREEMENT = re.compile(r"agreement|\beula\b|licen[cs]e terms|terms of|vereinbarung|lizenzvertrag|lizenzbedingungen|"
                        r"nutzungsbedingungen", re.I)
_MOST_PAGES = 3  # licence agreement, question whether we are sure
_CONTACT = {"name": "contact_name", "email": "contact_email", "title": "contact_title"}


def install(browser, package_name, contact=None, *, accept_eula=False):
    """Press "Install This Update" of the package with this name and pass the agreement.

    Returns the text of the page that came then.

    contact: {'name', 'email', 'title'} for the agreement's form. accept_eula: the user has agreed to the agreement.
    Raises Refused (not listed, blocked, agreement not accepted), Unsafe (an installation is under way), InvalidInput
    (the form wants a contact that is not given). If the session ended instead, the list is read again and decided anew.
    """
    attempts = []

    def act():
        page = _page_with(browser, package_name)
        if read_progress(page).running:
            if attempts:  # the request before the session ended was accepted after all
                return page.text
            raise Unsafe("An installation is already under way; nothing was pressed.", host=browser.host,
                         evidence=repr(read_progress(page).text))
        row = _available_row(browser, page, package_name)
        attempts.append(package_name)
        return _finish(browser, _press_row(browser, page, row), contact or {}, accept_eula)

    return browser.afresh(act)


def upload(browser, path, contact=None, *, accept_eula=False):
    """Send a file by the form "Manual Installation", "Update Software"; returns the text of the page after.

    It is sent once, also if the session ended instead: the page does not tell whether the file was taken, watching does.
    """
    attempts = []

    def act():
        if attempts:
            return browser.open(PLACE).text
        page, form, field = _upload_form(browser)
        attempts.append(path)
        form.attach(field, path)
        named = [one for one in page.named(browser.labels, "update_software") if one in page.submits_of(form)]
        controls = named or page.submits_of(form)
        if len(controls) != 1 and not named:
            raise browser.not_understood(page, "Updates, Manual Installation", "update_software")
        return _finish(browser, browser.press(page, controls[0], form), contact or {}, accept_eula)

    return browser.afresh(act)


def _page_with(browser, name):
    """The Updates page; where the package is not on it, the page after "Check for Updates"."""
    page = browser.open(PLACE)
    if any(fold(row.name) == fold(name) for row in find_rows(page, browser.labels)) or read_progress(page).running:
        return page
    return checked(browser)


def _available_row(browser, page, name):
    rows = find_rows(page, browser.labels)
    row = next((one for one in rows if fold(one.name) == fold(name)), None)
    if row is None:
        shown = ", ".join(repr(one.name) for one in rows) or "nothing"
        raise Refused(f"The package {name!r} is not in the list; nothing was pressed.", host=browser.host,
                      evidence=f"The list shows {shown}.", facts={"listed": [one.name for one in rows]})
    if not row.available:
        raise Refused(f"The package {name!r} cannot be installed now; nothing was pressed.", host=browser.host,
                      evidence=repr(shorten("; ".join(row.texts))))
    return row


def _press_row(browser, page, row):
    if row.choice is None:
        return browser.press(page, row.control)
    form, field, value = row.choice
    if value is not None:
        field.value = [value]
    else:
        for other in form.of_kind(field.kind):
            if other.name == field.name or other.kind == "checkbox":
                other.ticked = other is field
    return browser.press(page, row.control, form)


def _finish(browser, page, contact, accept_eula):
    """Pass the agreement and a question whether we are sure; remember where progress is shown."""
    for _page in range(_MOST_PAGES):
        agree = None if read_progress(page).running else _agreeing(browser, page)
        if agree is None:
            break
        page = browser.press(page, *_agreed(browser, page, agree, contact, accept_eula))
    if _is_agreement(page):
        raise browser.not_understood(page, "Updates, licence agreement", "agree_download", "agree_box")
    browser.forget("progress")
    if page.redirected:  # the address that was sent to is the one that installs; it is never looked at again
        browser.remember("progress", page.url)
    return page.text


def _is_agreement(page):
    """True for a page that still asks for agreement: nothing has been started yet."""
    heads = " ".join([page.title, *(text_of(tag) for tag in page.soup.find_all(["h1", "h2", "h3", "legend"]))])
    return bool(_AGREEMENT.search(heads)) and bool(page.soup.find("form")) and not read_progress(page).running


def _agreeing(browser, page):
    """The control that agrees or confirms, unless this is the list of packages again."""
    labels = browser.labels
    if page.named(labels, "check_updates"):
        return None
    for form in page.forms():
        if _agreement_box(form, labels) is not None:
            submits = page.submits_of(form, also_disabled=True)
            known = page.named(labels, "agree_download", "confirm_install", "install")
            named = [one for one in submits if one in known]
            return (named or [one for one in submits if len(submits) == 1] or [None])[0]
    if page.named(labels, "install"):
        return None
    return next(iter(page.named(labels, "agree_download") or page.named(labels, "confirm_install")), None)


def _agreement_box(form, labels):
    """The box or radio button that says "I agree", or None."""
    return form.find(labels, "agree_box", ("checkbox", "radio"), loose=True)


def _agreed(browser, page, control, contact, accept_eula):
    """(control, form) with the contact filled in and the agreement ticked, as far as the form asks for them."""
    form, labels = page.form_of(control), browser.labels
    box = _agreement_box(form, labels) if form is not None else None
    if (box is not None or control.names & set(labels.folded("agree_download"))) and not accept_eula:
        raise Refused("The package has a licence agreement that nobody has accepted; it was not installed.",
                      host=browser.host, evidence=repr(shorten(page.text, 600)),
                      remedy="Read it and set accept_eula: true if you agree.", facts={"agreement": page.text})
    if form is not None:
        _fill_contact(browser, form, control, contact)
    if box is not None:
        for other in form.of_kind("radio") if box.kind == "radio" else ():
            other.ticked = other.ticked and other.name != box.name
        box.ticked = True
    return control, form


def _fill_contact(browser, form, control, contact):
    for key, label in _CONTACT.items():
        field = form.find(browser.labels, label, ("text", "email"), near=control.element)
        if field is not None and contact.get(key):
            field.value = str(contact[key])
        elif field is not None and not field.value and _is_wanted(field):
            raise InvalidInput(f"The licence agreement asks for {field.label!r}; it was not installed.",
                               host=browser.host, remedy=f"Give contact.{key}.")


def _is_wanted(field):
    """A contact field counts as wanted unless the page calls it optional."""
    return not any("optional" in name for names in field.names for name in names)


def _upload_form(browser):
    """(page, form, field) of the form that takes a file, on the Updates page or behind a link on it."""
    page = browser.open(PLACE)
    found = _file_form(page, browser.labels)
    link = page.usable(browser.labels, "manual_installation")
    if found is None and link is not None:
        page = browser.follow(page, link)
        found = _file_form(page, browser.labels)
    if found is None:
        raise browser.not_understood(page, "Updates, Manual Installation", "update_file", "update_software")
    return (page, *found)


def _file_form(page, labels):
    forms = [(form, field) for form in page.forms() for field in form.of_kind("file") if field.enabled]
    named = [one for one in forms if one[0].find(labels, "update_file", ("file",)) is one[1] or any(
        control.names & set(labels.folded("update_software")) for control in page.submits_of(one[0]))]
    return (named or forms or [None])[0]
