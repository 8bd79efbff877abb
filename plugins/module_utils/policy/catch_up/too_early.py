# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Whether an installation is too early for the clients, or was decided for a version that no longer runs. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...model.journal.software import same_software
from ...model.package import HOTFIX, LICENCE, SITE
from ...model.version import Version

if TYPE_CHECKING:
    from ...model.journal.parts import State
    from ..install import Wanted


def closed_catch_up(wanted: Wanted, state: State, *, serves: bool) -> dict[str, Any] | None:
    """The catch-up of a journal's state that is closed for this installation, or None.

    Licences and hotfixes change no client. On a node that does not serve clients, only a site package newer than the served version
    changes them, when that node takes over.
    """
    if not state.versions.catch_up or wanted.kind in (LICENCE, HOTFIX):
        return None
    if serves:
        return state.versions.catch_up
    served = state.versions.served
    newer = wanted.kind == SITE and served and Version(wanted.version) > Version(served["version"])
    return state.versions.catch_up if newer else None


def has_changed(decided: dict[str, str], now: dict[str, str]) -> bool:
    """Whether an appliance runs other software than when the step was decided; both {version, build}."""
    return bool(now["version"]) and not same_software(decided, now)
