# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a layout is: addresses, field names and manners of the pages; the HTML is in templates/<name>/.

Nothing of this is known of a real appliance, except /appliance/login.ns, its login[...] names and the cookies
(docs/vendor/pages.md#technical-facts). The layouts differ on purpose, so that no client can come to depend on one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


class Action(NamedTuple):
    """Where a form goes, and the name of the button that means this action; 'x[' stands for any 'x[...]'."""

    path: str
    button: str = ""

    def pressed_in(self, form: Any) -> bool:
        if self.button.endswith("["):
            return any(name.startswith(self.button) for name in form)
        return not self.button or self.button in form


@dataclass(frozen=True)
class Layout:
    """The manners of one layout.

    redirects: a POST is answered by 303 and the page follows; otherwise by the page itself with 200.
    tokens: every form carries a hidden token that is checked.
    agreement_first: the login agreement comes before the login form, not after it (UNKNOWN, so both exist).
    full_menu: all sub menus are on every page; otherwise a sub menu appears on the pages below its parent.
    list_at_once: Updates shows the list without 'Check for Updates' having been pressed.
    msi_type: the content type of the console's installer on My Account.
    """

    name: str
    redirects: bool
    tokens: bool
    agreement_first: bool
    full_menu: bool
    list_at_once: bool
    msi_type: str
    pages: dict[str, str]
    others: str
    parents: str
    actions: dict[str, Action]  # where two share an address, the one with the rarer button first
    fields: dict[str, str]
    automatic: dict[str, str]

    def address(self, area: str, page: str) -> str:
        """Where a page lives; pages that the simulator leaves empty follow one pattern."""
        return self.pages.get(page) or self.others.format(area=area, page=page)

    def parent(self, area: str, label: str) -> str:
        return self.parents.format(area=area, page=label)
