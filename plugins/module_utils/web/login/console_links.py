# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Finds the installer of the representative console on a page: a link, or a form with a choice of platform. Wordings are inferred."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import PermissionMissing, Refused
from ..appliance.progress import alerts
from ..html.text import fold, shorten
from ..sign_in import SignedOut

if TYPE_CHECKING:
    from ..browser import Browser
    from ..html.controls import Control
    from ..html.fields import Field
    from ..html.forms import Form
    from ..html.page import Page
    from ..labels import Labels

_MSI = re.compile(r"\bmsi\b", re.I)
_CONSOLE = re.compile(r"console|konsole", re.I)
_WINDOWS = re.compile(r"windows|\bwin(?:32|64)?\b", re.I)
_ELSEWHERE = re.compile(r"linux|mac\b|macos|os x|android|\bios\b", re.I)
_MOST_PAGES = 3  # between the link and the file


@dataclass(frozen=True)
class Offer:
    """The place of an installer. control: what to press. form: with the platform chosen, or None. label: the words of the link."""

    page: Any
    control: Any
    form: Any = None
    label: str = ""


def find_offer(page: Page, labels: Labels) -> Offer | None:
    """The best Offer of a page, or None. An MSI comes first."""
    links = [(_rank(page, one, labels), one) for one in page.controls if one.enabled and one.kind == "link" and not _in_menu(one)]
    best = max((rank for rank, _one in links), default=0)
    if best:
        control = next(one for rank, one in links if rank == best)
        return Offer(page, control, None, control.label)
    return _form_offer(page, labels)


def _rank(page: Page, control: Control, labels: Labels) -> int:
    """How well a link matches an installer; 0: not at all."""
    label, named = control.label, bool(control.names & set(labels.folded("console_download")))
    path = page.target_of(control).split("?")[0]
    if _ELSEWHERE.search(label):
        return 0
    is_msi = path.lower().endswith(".msi") or bool(_MSI.search(label)) and bool(_CONSOLE.search(label))
    return 2 * named + is_msi if named or is_msi else 0


def _form_offer(page: Page, labels: Labels) -> Offer | None:
    """A button whose form may ask for the platform. A button that only says Download needs a choice of platform next to it."""
    for control in page.named(labels, "console_download", "console_button"):
        form = page.form_of(control) if control.enabled and control.kind == "submit" and not _in_menu(control) else None
        if form is None:
            continue
        platform = _choose_platform(form)
        if platform or control.names & set(labels.folded("console_download")):
            return Offer(page, control, form, f"{control.label} {platform}".strip())
    return None


def _choose_platform(form: Form) -> str:
    """Choose Windows, as MSI if offered; return the words of the choice, '' if there is no choice."""
    for field in form.of_kind("select"):
        text = _best([text for _value, text, _chosen, enabled in field.options if enabled])
        if text and field.choose(text):
            return text
    radios = [one for one in form.of_kind("radio") if one.enabled]
    text = _best([one.label for one in radios])
    for one in radios if text else ():
        one.ticked = one.label == text if one.name == _named(radios, text) else one.ticked
    return text


def _best(texts: list[str]) -> str:
    here = [text for text in texts if (_WINDOWS.search(text) or _MSI.search(text)) and not _ELSEWHERE.search(text)]
    return max(here, key=lambda text: (bool(_MSI.search(text)), "64" in text), default="")


def _named(radios: list[Field], text: str) -> str:
    return next(one.name for one in radios if one.label == text)


def _in_menu(control: Control) -> bool:
    return control.element.find_parent("nav") is not None


def open_file(browser: Browser, offer: Offer) -> Any:
    """The StreamedResponse of an offer, over the pages between; Refused if no file is returned."""
    for _page in range(_MOST_PAGES):
        response = browser.press(offer.page, offer.control, offer.form, stream=True)
        if not hasattr(response, "soup"):
            return response
        following = find_offer(response, browser.labels)
        if following is None:
            break
        offer = following
    raise Refused(
        f"{fold(offer.label) and repr(offer.label) or 'The link'} returns a page instead of a file.",
        host=browser.host,
        evidence=repr(shorten(" ".join(alerts(response)) or response.text, 160)),
    )


def fetch(browser: Browser, open_one: Callable[[], Any], write: Callable[[bytes], Any]) -> str:
    """Write the file that open_one() opens with write(bytes); return its content type."""
    try:
        response = browser.run_signed_in(open_one)
    except SignedOut as exc:  # after a new login too: the session is not the reason
        raise PermissionMissing(
            f"The account of /{browser.area} may not download the installer of the console.",
            host=browser.host,
            evidence=f"status {exc.page.status}",
        ) from exc
    for chunk in response.iter_chunks():
        write(chunk)
    return response.content_type
