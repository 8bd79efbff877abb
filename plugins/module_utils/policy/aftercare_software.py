# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is left to do about software and installers, of which no API tells much. Pure."""

from __future__ import annotations

from .aftercare_catalogue import AUTOMATIC, DONE, NOT_APPLICABLE, OPEN
from .aftercare_clients import named
from .client_counts import JUMP_CLIENTS, total_of


def by_person(known):
    return {
        "integration_clients": _integration(known), "jump_client_installers": _installers(known),
        "support_buttons_regenerate": (OPEN, "Installers that were made before the upgrade are void. Buttons in use upgrade by themselves.",
                                       ["Generate those again that you hand out, and replace the old files."]),
        "console_installers_regenerate": (OPEN, "Installers that were made before the upgrade are void. Consoles in use upgrade by "
                                          "themselves.", ["Download the installer again, and replace the old files."]),
        **_consoles(known), **_automatic(),
    }  # fmt: skip


def _integration(known):
    needed = [f"{name} {version}" + (f" (see {notes})" if notes else "") for name, (version, notes) in known.companions.items()]
    versions = f"Needed: {', '.join(needed)}." if needed else "The release notes name the versions."
    return (OPEN, f"They never upgrade by themselves. {versions}",
            ["Log in at https://help.bomgar.com and open the Downloads page.",
             f"Download the integration clients. {versions}", "Install them by hand, and confirm this item."])  # fmt: skip


def _installers(known):
    recorded, made = known.state["installers"], known.state["made"]
    if known.installers_problem:
        return OPEN, f"They were not all made again: {known.installers_problem}", _MAKE_BY_HAND
    if not recorded and not made:
        if known.last["noted"]:
            return NOT_APPLICABLE, "None was valid before the upgrade."
        return OPEN, "Which were valid before the upgrade was not noted. All that were generated before are void.", _MAKE_BY_HAND
    left = _left(recorded, made, known)
    if left:
        return OPEN, f"Missing: {named(left)}.", _MAKE_BY_HAND, len(left)
    return DONE, f"{len(made)} were made again. Clients that are installed need no new installer.", (), len(made)


def _left(recorded, made, known):
    done = {str(one["old"]) for one in made}
    left = [f"{_name(row)} (not made)" for row in recorded if str(row.get("id", row.get("installer_id"))) not in done]
    saved = {(one["installer_id"], one["platform"]) for one in known.state["downloads"]}
    return left + [f"{_name(one)} (not downloaded for {platform})" for one in made for platform in known.platforms
                   if (one["installer_id"], platform) not in saved]  # fmt: skip


def _name(row):
    return row.get("name") or f"Jump Group {row.get('jump_group_id')}"


_MAKE_BY_HAND = ("Run the playbook bomgar.appliance.aftercare: it makes what is missing.",
                 "Or generate them by hand, and replace the files that are handed out.")  # fmt: skip


def _consoles(known):
    saved = {one["which"]: one for one in known.state["consoles"]}
    present, coming = saved.get("present"), saved.get("next")
    new = f"The new MSI: {coming['path']}." if coming else "Download the new MSI in /login > My Account."
    kept = f"It was saved before the upgrade: {present['path']}." if present else "It was not saved; look for another copy."
    extractable = (NOT_APPLICABLE, "None was saved before the upgrade.")
    if coming:
        extractable = (OPEN, "A console installed from it came online only with the upgrade of the appliance.",
                       [f"Distribute {coming['path']}. The old console need not be uninstalled first: the new one replaces it.",
                        f"Keep the old MSI for what is left over. {kept}"])  # fmt: skip
    return {
        "msi_consoles_redeploy": (OPEN, "A console that was deployed as MSI on a locked-down computer cannot upgrade itself.",
                                  [new, "Deploy it to those computers. The old console need not be uninstalled first."]),
        "extractable_console": extractable,
        "old_msi_remove": (OPEN, f"Only the MSI that installed a console can remove it; the new one cannot. {kept}",
                           ["Where an outdated console is left over, remove it with the old MSI. Confirm this item when none is."]),
    }  # fmt: skip


def _automatic():
    return {
        "representative_consoles": (AUTOMATIC, "Tell the representatives to close the console and start it again."),
        "support_buttons": (AUTOMATIC, "Nothing is to be done."),
        "connection_agents": (AUTOMATIC, "Nothing is to be done."),
    }


def install_again(known):
    """By kind how many there were before; Buttons and agents are counted by nobody."""
    lists = f" The list of what was uninstalled: {known.uninstall_list}" if known.uninstall_list else ""
    return {
        "reinstall_jump_clients": _again(known, JUMP_CLIENTS, f"Use the new installers.{lists}"),
        "reinstall_jumpoints": _again(known, ("jumpoint",), f"Download each installer in /login > Jump.{lists}"),
        "reinstall_consoles": _again(known, ("representative_console",), "Download the installer in /login > My Account."),
        "reinstall_support_buttons": (OPEN, "No API counts them.", ["Generate new installers, and deploy them where Buttons were."]),
        "reinstall_connection_agents": (OPEN, "No API counts them.", ["Install those again that were uninstalled."]),
    }


def _again(known, kinds, how):
    was, back = _able(known.before, kinds), total_of(known.clients, kinds, "done")
    if was == 0:
        return NOT_APPLICABLE, "There was none before."
    if kinds == ("representative_console",) or was is None or back is None:
        told = f"{was} were counted before the upgrade." if was is not None else "They were not counted before the upgrade."
        return OPEN, told, [how], was
    if back >= was:
        return DONE, f"All {was} are back.", (), 0
    return OPEN, f"{back} of {was} are back.", [how], was - back


def _able(counts, kinds):
    """Those that were there and could follow: neither lost nor disabled."""
    told = [total_of(counts, kinds, field) for field in ("done", "pending")]
    return sum(one or 0 for one in told) if told != [None, None] else None
