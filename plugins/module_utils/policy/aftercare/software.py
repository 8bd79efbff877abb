# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is left to do about software and installers, of which the APIs report little. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..catch_up.client_counts import JUMP_CLIENTS, total_of
from .catalogue import AUTOMATIC, DONE, NOT_APPLICABLE, OPEN, Finding
from .clients import named

if TYPE_CHECKING:
    from .work_list import Known


def by_hand(known: Known) -> dict[str, Finding]:
    """The items about software after a site package."""
    return {
        "integration_clients": _integration(known),
        "jump_client_installers": _installers(known),
        "support_buttons_regenerate": (
            OPEN,
            "Installers that were made before the upgrade are void. Buttons in use upgrade by themselves.",
            ["Regenerate the installers that you hand out, and replace the old files."],
        ),
        "console_installers_regenerate": (
            OPEN,
            "Installers that were made before the upgrade are void. Consoles in use upgrade by themselves.",
            ["Download the installer again, and replace the old files."],
        ),
        **_consoles(known),
        **_automatic(),
    }


def _integration(known: Known) -> Finding:
    needed = [f"{name} {version}" + (f" (see {notes})" if notes else "") for name, (version, notes) in known.companions.items()]
    versions = f"Required: {', '.join(needed)}." if needed else "The release notes name the required versions."
    return (
        OPEN,
        f"They do not upgrade by themselves. {versions}",
        [
            "Log in at https://help.bomgar.com and open the Downloads page.",
            f"Download the integration clients. {versions}",
            "Install them by hand, and confirm this item.",
        ],
    )


def _installers(known: Known) -> Finding:
    recorded, made = known.state.installers, known.state.made
    if known.installers_problem:
        return OPEN, f"Not all of them were regenerated: {known.installers_problem}", _MAKE_BY_HAND
    if not recorded and not made:
        if known.last["recorded"]:
            return NOT_APPLICABLE, "No installer was valid before the upgrade."
        return OPEN, "The installers that were valid before the upgrade were not recorded. All of them are void.", _MAKE_BY_HAND
    left = _left(recorded, made, known)
    if left:
        return OPEN, f"Missing: {named(left)}.", _MAKE_BY_HAND, len(left)
    return DONE, f"{len(made)} were regenerated. Clients that are installed need no new installer.", (), len(made)


def _left(recorded: Sequence[dict[str, Any]], made: Sequence[dict[str, Any]], known: Known) -> list[str]:
    done = {str(one["old"]) for one in made}
    left = [f"{_name(row)} (not made)" for row in recorded if str(row.get("id", row.get("installer_id"))) not in done]
    saved = {(one["installer_id"], one["platform"]) for one in known.state.downloads}
    return left + [
        f"{_name(one)} (not downloaded for {platform})"
        for one in made
        for platform in known.platforms
        if (one["installer_id"], platform) not in saved
    ]


def _name(row: dict[str, Any]) -> str:
    return row.get("name") or f"Jump Group {row.get('jump_group_id')}"


_MAKE_BY_HAND = (
    "Run the playbook bomgar.appliance.aftercare: it generates the missing ones.",
    "Or generate them by hand, and replace the files that are handed out.",
)


def _consoles(known: Known) -> dict[str, Finding]:
    saved = {one["which"]: one for one in known.state.consoles}
    present, coming = saved.get("present"), saved.get("next")
    new = f"The new MSI: {coming['path']}." if coming else "Download the new MSI in /login > My Account."
    copy = f"It was saved before the upgrade: {present['path']}." if present else "It was not saved; find another copy."
    extractable: Finding = (NOT_APPLICABLE, "No new console was saved before the upgrade.")
    if coming:
        extractable = (
            OPEN,
            "A console that is installed from it comes online only after the upgrade of the appliance.",
            [
                f"Distribute {coming['path']}. It replaces the old console, which need not be uninstalled first.",
                f"Keep the old MSI to remove outdated consoles. {copy}",
            ],
        )
    return {
        "msi_consoles_redeploy": (
            OPEN,
            "A console that was deployed as MSI on a locked-down computer cannot upgrade itself.",
            [new, "Deploy it to those computers. The old console need not be uninstalled first."],
        ),
        "extractable_console": extractable,
        "old_msi_remove": (
            OPEN,
            f"Only the MSI that installed a console can remove it; the new one cannot. {copy}",
            ["Remove outdated consoles with the old MSI. Confirm this item when none is left."],
        ),
    }


def _automatic() -> dict[str, Finding]:
    return {
        "representative_consoles": (AUTOMATIC, "Ask the representatives to close the console and start it again."),
        "support_buttons": (AUTOMATIC, "They need nothing."),
        "connection_agents": (AUTOMATIC, "They need nothing."),
    }


def reinstall(known: Known) -> dict[str, Finding]:
    """The items of the strategy `reinstall`, by kind of client; no API counts Buttons and agents."""
    lists = f" The list of what was uninstalled: {known.uninstall_list}" if known.uninstall_list else ""
    return {
        "reinstall_jump_clients": _reinstall(known, JUMP_CLIENTS, f"Use the new installers.{lists}"),
        "reinstall_jumpoints": _reinstall(known, ("jumpoint",), f"Download each installer in /login > Jump.{lists}"),
        "reinstall_consoles": _reinstall(known, ("representative_console",), "Download the installer in /login > My Account."),
        "reinstall_support_buttons": (OPEN, "No API counts them.", ["Generate new installers, and deploy them where there were Buttons."]),
        "reinstall_connection_agents": (OPEN, "No API counts them.", ["Reinstall the agents that were uninstalled."]),
    }


def _reinstall(known: Known, kinds: Sequence[str], how: str) -> Finding:
    was, back = _able(known.before, kinds), total_of(known.clients, kinds, "done")
    if was == 0:
        return NOT_APPLICABLE, "There were none before the upgrade."
    if kinds == ("representative_console",) or was is None or back is None:
        counted = f"{was} were counted before the upgrade." if was is not None else "They were not counted before the upgrade."
        return OPEN, counted, [how], was
    if back >= was:
        return DONE, f"All {was} are back.", (), 0
    return OPEN, f"{back} of {was} are back.", [how], was - back


def _able(counts: dict[str, Any] | None, kinds: Sequence[str]) -> int | None:
    """How many there were that could upgrade: neither lost nor disabled."""
    numbers = [total_of(counts, kinds, field) for field in ("done", "pending")]
    return sum(one or 0 for one in numbers) if numbers != [None, None] else None
