# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Checks on what the upgrade needs: a path, room, a certificate that lasts, nothing else under way."""

from __future__ import annotations

import re

from ...model.version import Version
from ..registry import ERROR, FAIL_OUTAGE, FAIL_UPGRADE, MANUAL, NOT_APPLICABLE, PASS, POST, check
from .links import CERTIFICATES, UPGRADE

_BASE_7 = Version("7.0.0")
_VIRTUAL = re.compile(r"virtual|vmware|hyper-?v|azure|aws|kvm|nutanix", re.I)


@check("target_path", "Is there a path to the wanted version?", UPGRADE)
def target_path(facts):
    if facts.has("plan_error"):
        return FAIL_UPGRADE, facts.text("plan_error"), "See the list with update_info, or name another target."
    target, certain = facts.text("plan", "target"), facts.flag("plan", "certain")
    hops, following = facts.count("plan", "hop_count"), facts.optional("mapping", "plan", "next")
    if following is None and not facts.flag("plan", "reached"):
        return ERROR, f"The plan leads nowhere, and {target} is not reached.", "Report it, with the list of updates."
    if following is None:
        return PASS, f"Version {target} runs already, and nothing is left to do.", ""
    text = f"{target} is reached in {hops} hop(s), which need as many maintenance windows"
    return PASS, text + ("." if certain else "; each step may change the list, so the path is planned anew after it."), ""


@check("no_installation", "Is no installation under way?", UPGRADE)
def no_installation(facts):
    if facts.flag("updates", "installing"):
        return FAIL_UPGRADE, "The page Updates shows an installation under way.", (
            "Wait for its end. Do not restart the appliance; if it hangs, call support."
        )
    return PASS, "The page Updates shows no installation under way.", ""


@check("certificate", "Does the certificate last long enough?", CERTIFICATES)
def certificate(facts, min_days=30):
    """Clients that meet an expired certificate in the middle of the upgrade stay offline (M39, M40)."""
    days = facts.number("certificate", "days_left")
    subject = facts.text("certificate", "subject")
    if days < min_days:
        return FAIL_OUTAGE, f"The certificate {subject} is valid for {days:g} more days; wanted are {min_days:g}.", (
            "Renew it first; a site package that was built with the old one must be built again by the vendor."
        )
    return PASS, f"The certificate {subject} is valid for {days:g} more days.", ""


@check("storage", "Is there room on the disks?", UPGRADE)
def storage(facts, max_percent=90):
    """Totals shown by virtual appliances may be wrong before Base 7.0.0, above 1 TB: there a person must look."""
    used = facts.optional("number", "storage", "percent_used")
    model, base = facts.text("basics", "model"), facts.text("basics", "base_version")
    if used is None:
        return MANUAL, "The page Storage shows no share in use.", "Look at the disks on that page, then confirm."
    if not 0 <= used <= 100:
        return ERROR, f"The page Storage shows {used:g} % in use.", "Look at the disks on that page."
    doubtful = bool(_VIRTUAL.search(model)) and Version(base) < _BASE_7
    if used > max_percent and doubtful:
        return MANUAL, f"{used:g} % are in use as shown, which may be wrong on a virtual appliance before Base 7.", (
            "Look at the disks of the virtual machine, then confirm."
        )
    if used > max_percent:
        return FAIL_UPGRADE, f"{used:g} % of the disk are in use; allowed are {max_percent:g}.", (
            "Shorten how long recordings are kept, or archive them; that makes the installation faster too."
        )
    return PASS, f"{used:g} % of the disk are in use" + (" (as shown; advisory)." if doubtful else "."), ""


@check("base7_tls", "Who still uses what Base 7 switches off?", UPGRADE)
def base7_tls(facts):
    installed = facts.text("basics", "base_version")
    if Version(installed) >= _BASE_7:
        return NOT_APPLICABLE, f"Base {installed} is installed already.", ""
    if facts.has("plan_error"):
        return NOT_APPLICABLE, "There is no plan that would install a Base.", ""
    crossed = [version for version in _planned_bases(facts) if Version(version) >= _BASE_7]
    if not crossed:
        return NOT_APPLICABLE, "The plan stays below Base 7.", ""
    return POST, f"Base {crossed[0]} turns off TLS 1.0, TLS 1.1 and SHA-1 ciphers.", (
        "Clients and integrations that know nothing newer can no longer connect afterwards: find them before."
    )


def _planned_bases(facts):
    for hop in range(len(facts.rows("plan", "hops"))):
        for step in range(len(facts.rows("plan", "hops", hop, "steps"))):
            if facts.text("plan", "hops", hop, "steps", step, "kind") == "base":
                yield facts.text("plan", "hops", hop, "steps", step, "version")


@check("state_folder", "Can this machine keep the journal and the backups?")
def state_folder(facts, min_free_mib=1024):
    if not facts.has("state_folder"):
        return NOT_APPLICABLE, "No folder was named.", ""
    path, free = facts.text("state_folder", "path"), facts.number("state_folder", "free_bytes")
    if not facts.flag("state_folder", "writable"):
        return FAIL_UPGRADE, f"{path} cannot be written to.", "Name a folder that belongs to the user who runs this."
    if not facts.flag("state_folder", "private"):
        return FAIL_UPGRADE, f"Other users may enter {path}.", f"Run `chmod 700 {path}`."
    if free < min_free_mib * 2**20:
        return FAIL_UPGRADE, f"{path} has {free / 2**20:.0f} MiB free; wanted are {min_free_mib:g}.", (
            "Make room: a backup of unknown size is kept there before each hop."
        )
    return PASS, f"{path} is private and has {free / 2**20:.0f} MiB free.", ""
