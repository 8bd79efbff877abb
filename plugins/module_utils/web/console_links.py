# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The installer of the representative console on a page: a link, or a form that asks for the platform. Wordings are inferred."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ..errors import PermissionMissing, Refused
from .progress import alerts
from .sign_in import SignedOut
from .text import fold, shorten

_MSI = re.compile(r"\bmsi\b", re.I)
_CONSOLE = re.compile(r"console|konsole", re.I)
_WINDOWS = re.compile(r"windows|\bwin(?:32|64)?\b", re.I)
_ELSEWHERE = re.compile(r"linux|mac\b|macos|os x|android|\bios\b", re.I)
_MOST_PAGES = 3  # from the link to the file


@dataclass(frozen=True)
class Offer:
    """Where an installer is offered. control: what to press; form: with the platform chosen, or None; label: its words."""

    page: Any
    control: Any
    form: Any = None
    label: str = ""


def find_offer(page, labels):
    """The best Offer of a page, or None: what reads like the installer, an MSI before anything else."""
    links = [(_rank(page, one, labels), one) for one in page.controls if one.enabled and one.kind == "link" and not _in_menu(one)]
    best = max((rank for rank, _one in links), default=0)
    if best:
        control = next(one for rank, one in links if rank == best)
        return Offer(page, control, None, control.label)
    return _form_offer(page, labels)


def _rank(page, control, labels):
    """How much a link looks like the installer; 0: not at all."""
    label, named = control.label, bool(control.names & set(labels.folded("console_download")))
    path = page.target_of(control).split("?")[0]
    if _ELSEWHERE.search(label):
        return 0
    looks = path.lower().endswith(".msi") or bool(_MSI.search(label)) and bool(_CONSOLE.search(label))
    return 2 * named + looks if named or looks else 0


def _form_offer(page, labels):
    """A button whose form may ask for the platform; a button that only says Download needs such a question beside it."""
    for control in page.named(labels, "console_download", "console_button"):
        form = page.form_of(control) if control.enabled and control.kind == "submit" and not _in_menu(control) else None
        if form is None:
            continue
        platform = _choose_platform(form)
        if platform or control.names & set(labels.folded("console_download")):
            return Offer(page, control, form, f"{control.label} {platform}".strip())
    return None


def _choose_platform(form):
    """Choose Windows, as MSI where that is offered; the words of the choice, '' where none is asked for."""
    for field in form.of_kind("select"):
        text = _best([text for _value, text, _chosen, enabled in field.options if enabled])
        if text and field.choose(text):
            return text
    radios = [one for one in form.of_kind("radio") if one.enabled]
    text = _best([one.label for one in radios])
    for one in radios if text else ():
        one.ticked = one.label == text if one.name == _named(radios, text) else one.ticked
    return text


def _best(texts):
    here = [text for text in texts if (_WINDOWS.search(text) or _MSI.search(text)) and not _ELSEWHERE.search(text)]
    return max(here, key=lambda text: (bool(_MSI.search(text)), "64" in text), default="")


def _named(radios, text):
    return next(one.name for one in radios if one.label == text)


def _in_menu(control):
    return control.element.find_parent("nav") is not None


def open_file(browser, offer):
    """The StreamedAnswer of the file behind an offer, over pages in between; Refused where no file comes."""
    for _page in range(_MOST_PAGES):
        answer = browser.press(offer.page, offer.control, offer.form, stream=True)
        if not hasattr(answer, "soup"):
            return answer
        following = find_offer(answer, browser.labels)
        if following is None:
            break
        offer = following
    raise Refused(f"{fold(offer.label) and repr(offer.label) or 'The link'} leads to a page and to no file.", host=browser.host,
                  evidence=repr(shorten(" ".join(alerts(answer)) or answer.text, 160)))  # fmt: skip


def fetch(browser, open_one, write):
    """Hand the file that open_one() opens to write(bytes) piece by piece; its content type."""
    try:
        answer = browser.afresh(open_one)
    except SignedOut as exc:  # after a new login too: not the session is the reason
        raise PermissionMissing(f"The account of /{browser.area} may not fetch the console's installer.", host=browser.host,
                                evidence=f"status {exc.page.status}") from exc  # fmt: skip
    for chunk in answer.iter_chunks():
        write(chunk)
    return answer.content_type
