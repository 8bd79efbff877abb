# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Checks on what the upgrade needs: a path, disk space, a valid certificate, no other installation, a private folder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.version import Version
from .facts import Facts
from .links import CERTIFICATES, UPGRADE
from .registry import ERROR, FAIL_OUTAGE, FAIL_UPGRADE, MANUAL, NOT_APPLICABLE, PASS, POST, Finding, check

_TLS_OF_TODAY = ("TLSv1.2", "TLSv1.3")
_BASE_7 = Version("7.0.0")
_VIRTUAL = re.compile(r"virtual|vmware|hyper-?v|azure|aws|kvm|nutanix", re.I)


@check("target_path", "Is there a path to the target version?", UPGRADE)
def target_path(facts: Facts) -> Finding:
    if facts.has("plan_error"):
        return FAIL_UPGRADE, facts.text("plan_error"), "See the list with update_info, or set another target."
    target, certain = facts.text("plan", "target"), facts.flag("plan", "certain")
    hops, following = facts.count("plan", "hop_count"), facts.optional("mapping", "plan", "next")
    if following is None and not facts.flag("plan", "reached"):
        return ERROR, f"The plan has no step, and {target} is not reached.", "Report it, with the list of updates."
    if following is None:
        return PASS, f"Version {target} runs already.", ""
    text = f"{target} needs {hops} hop(s), and as many maintenance windows"
    return PASS, text + ("." if certain else "; each step can change the list, so the path is planned again after it."), ""


@check("no_installation", "Is no installation under way?", UPGRADE)
def no_installation(facts: Facts) -> Finding:
    if facts.flag("updates", "installing"):
        return (
            FAIL_UPGRADE,
            "The page Updates shows an installation under way.",
            "Wait for its end. Do not restart the appliance; if it hangs, call technical support.",
        )
    return PASS, "The page Updates shows no installation under way.", ""


@check("certificate", "Is the certificate valid for long enough?", CERTIFICATES)
def certificate(facts: Facts, min_days: float = 30) -> Finding:
    """Clients that meet an expired certificate in the middle of the upgrade stay offline (docs/mission.md#m40)."""
    days = facts.number("certificate", "days_left")
    subject = facts.text("certificate", "subject")
    if days < min_days:
        return (
            FAIL_OUTAGE,
            f"The certificate {subject} is valid for {days:g} more days; {min_days:g} are required.",
            "Renew it first; the vendor must rebuild a site package that was built with the old one.",
        )
    return PASS, f"The certificate {subject} is valid for {days:g} more days.", ""


@check("tls", "Does the connection to the appliance use a current TLS version?", UPGRADE)
def tls(facts: Facts) -> Finding:
    """An old version is used only where tls_minimum allows it; remove tls_minimum once the appliance supports a newer one."""
    version = facts.text("tls", "version")
    if version in _TLS_OF_TODAY:
        return PASS, f"The connection uses {version}.", ""
    return (
        POST,
        f"The connection uses {version or 'an unknown TLS version'}, which does not protect passwords well.",
        "After the upgrade remove tls_minimum (bomgar_tls_minimum) and tls_ciphers, and change the passwords that were sent.",
    )


@check("storage", "Is there space on the disks?", UPGRADE)
def storage(facts: Facts, max_percent: float = 90) -> Finding:
    """Before Base 7.0.0 virtual appliances can show wrong totals above 1 TB: there a person must check the disks."""
    used = facts.optional("number", "storage", "percent_used")
    model, base = facts.text("basics", "model"), facts.text("basics", "base_version")
    if used is None:
        return MANUAL, "The page Storage shows no percentage in use.", "Check the disks on that page, then confirm."
    if not 0 <= used <= 100:
        return ERROR, f"The page Storage shows {used:g} % in use.", "Check the disks on that page."
    doubtful = bool(_VIRTUAL.search(model)) and Version(base) < _BASE_7
    if used > max_percent and doubtful:
        return (
            MANUAL,
            f"The page Storage shows {used:g} % in use, which can be wrong on a virtual appliance before Base 7.",
            "Check the disks of the virtual machine, then confirm.",
        )
    if used > max_percent:
        return (
            FAIL_UPGRADE,
            f"{used:g} % of the disk are in use; {max_percent:g} % are allowed.",
            "Keep recordings for a shorter time, or archive them; this also makes the installation faster.",
        )
    return PASS, f"{used:g} % of the disk are in use" + (" (as shown; advisory)." if doubtful else "."), ""


@check("base7_tls", "Do clients or integrations use what Base 7 turns off?", UPGRADE)
def base7_tls(facts: Facts) -> Finding:
    installed = facts.text("basics", "base_version")
    if Version(installed) >= _BASE_7:
        return NOT_APPLICABLE, f"Base {installed} is installed already.", ""
    if facts.has("plan_error"):
        return NOT_APPLICABLE, "There is no plan that would install a Base.", ""
    crossed = [version for version in _planned_bases(facts) if Version(version) >= _BASE_7]
    if not crossed:
        return NOT_APPLICABLE, "The plan stays below Base 7.", ""
    return (
        POST,
        f"Base {crossed[0]} turns off TLS 1.0, TLS 1.1 and SHA-1 ciphers.",
        "Clients and integrations that support nothing newer cannot connect afterwards: find them before the upgrade.",
    )


def _planned_bases(facts: Facts) -> Iterator[str]:
    for hop in range(len(facts.rows("plan", "hops"))):
        for step in range(len(facts.rows("plan", "hops", hop, "steps"))):
            if facts.text("plan", "hops", hop, "steps", step, "kind") == "base":
                yield facts.text("plan", "hops", hop, "steps", step, "version")


@check("state_folder", "Can this machine store the journal and the backups?")
def state_folder(facts: Facts, min_free_mib: float = 1024) -> Finding:
    if not facts.has("state_folder"):
        return NOT_APPLICABLE, "No state folder was given.", ""
    path, free = facts.text("state_folder", "path"), facts.number("state_folder", "free_bytes")
    if not facts.flag("state_folder", "writable"):
        return FAIL_UPGRADE, f"{path} is not writable.", "Use a folder that belongs to the user who runs this."
    if not facts.flag("state_folder", "private"):
        return FAIL_UPGRADE, f"Other users can enter {path}.", facts.text("state_folder", "remedy")
    if free < min_free_mib * 2**20:
        return (
            FAIL_UPGRADE,
            f"{path} has {free / 2**20:.0f} MiB free; {min_free_mib:g} are required.",
            "Free disk space: a backup of unknown size is saved there before each hop.",
        )
    return PASS, f"{path} is private and has {free / 2**20:.0f} MiB free.", ""
