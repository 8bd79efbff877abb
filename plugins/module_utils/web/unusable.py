# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a page or a response that cannot be used means: the errors of a browser, with what was expected and what came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import AccessDenied, Refused, Unavailable
from ..model.address import path_of
from .html.page import PageNotUnderstood
from .html.text import shorten

if TYPE_CHECKING:
    from .html.page import Page


def page_not_understood(
    page: Page, what: str, tried: Mapping[str, Sequence[str]], *, host: str, seen: str = "", saved: str = ""
) -> PageNotUnderstood:
    """The error for a page without the expected labels, or with two values (`seen`). tried: {key: labels}; saved: where the page is."""
    shown = "; ".join(f"{key}: " + ", ".join(repr(text) for text in texts[:4]) for key, texts in tried.items())
    where = f" The page was saved as {saved} (without secrets)." if saved else ""
    return PageNotUnderstood(
        f"The page {what} is not understood: {'it shows two values' if seen else 'it shows none of the expected labels'} ({shown}).",
        host=host,
        evidence=f"{seen}." if seen else f"status {page.status}, {shorten(page.title or page.text, 120)!r}.",
        remedy=f"If the page uses other labels, set bomgar_web_labels for {', '.join(tried)}.{where}",
        facts={"page": what, "labels": {key: list(texts) for key, texts in tried.items()}, "saved_page": saved},
    )


def page_denied(page: Page, area: str, host: str) -> AccessDenied:
    """The error for an area that shows its login instead of a page, although the account is signed in."""
    return AccessDenied(
        f"/{area} does not show {path_of(page.url).partition('?')[0]} to this account.",
        host=host,
        evidence=f"status {page.status}, {shorten(page.text, 120)!r}.",
        remedy="Check the permissions of the account, and whether it is signed in elsewhere.",
    )


def verify_accepted(response: Any, label: str, host: str) -> Any:
    """Return the response to a press (a Page or a StreamedResponse); raise Unavailable or Refused if its status is an error."""
    if response.status >= 500:
        raise Unavailable(f"Pressing {label!r} returned status {response.status}.", host=host, evidence=repr(shorten(response.text)))
    if response.status >= 400:
        error = Refused(f"Pressing {label!r} returned status {response.status}.", host=host, evidence=repr(shorten(response.text)))
        error.uncertain = getattr(response, "follows", False)  # then the press was accepted and the next page failed
        raise error
    return response
