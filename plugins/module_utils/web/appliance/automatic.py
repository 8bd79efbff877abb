# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/appliance > Updates: whether the appliance installs updates by itself (docs/vendor/pages.md#pages-of-appliance; wordings inferred)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..html.facts import pick, read_facts
from ..html.fields import Field

if TYPE_CHECKING:
    from ..html.page import Page
    from ..labels import Labels


def automatic_updates(page: Page, labels: Labels) -> bool | None:
    """Whether the page shows automatic updates as switched on; None if it shows no such setting, or in other words."""
    wanted = set(labels.folded("automatic_updates"))
    boxes = [Field(page, tag) for tag in page.soup.find_all("input", type=re.compile("checkbox", re.I))]
    found = {box.ticked for box in boxes if any(wanted & set(names) for names in box.names)}
    text = pick(read_facts(page), labels, "automatic_updates")
    found |= {on for key, on in (("setting_on", True), ("setting_off", False)) if labels.match(key, text)}
    return found.pop() if len(found) == 1 else None
