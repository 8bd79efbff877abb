# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Checks on what the upgrade needs: a path, a window, disk space, no other installation, current TLS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...model.counted import counted
from ...model.version import Version
from ...model.window import read_windows
from ..window import longest, minutes, moment, opening
from .facts import Facts
from .links import UPGRADE
from .registry import ERROR, FAIL_UPGRADE, MANUAL, NOT_APPLICABLE, PASS, POST, Finding, check

_BASE_7 = Version("7.0.0")
_VIRTUAL = re.compile(r"virtual|vmware|hyper-?v|azure|aws|kvm|nutanix", re.I)


@check("target_path", "Is there a path to the target version?", UPGRADE, waivable=False)
def target_path(facts: Facts) -> Finding:
    if facts.has("plan_error"):
        return FAIL_UPGRADE, facts.text("plan_error"), "See the list with update_info, or set another target."
    target, certain = facts.text("plan", "target"), facts.flag("plan", "certain")
    hops, following = facts.count("plan", "hop_count"), facts.optional("mapping", "plan", "next")
    if following is None and not facts.flag("plan", "reached"):
        return ERROR, f"The plan has no step, and {target} is not reached.", "Report it, with the list of updates."
    if following is None:
        return PASS, f"Version {target} runs already.", ""
    windows = hops if facts.text("mode") == "standalone" else 2 * hops  # of a pair one for each node
    text = f"{target} needs {counted(hops, 'hop')} and {counted(windows, 'maintenance window')}"
    return PASS, text + ("." if certain else "; each step can change the list, so the path is planned again after it."), ""


@check("window", "Is a maintenance window long enough for the longest step?", UPGRADE, waivable=False)
def window(facts: Facts) -> Finding:
    """The vendor recommends updating within a maintenance window (docs/mission.md#m20)."""
    if not facts.has("window"):
        return NOT_APPLICABLE, "No maintenance window is given.", ""
    given: dict[str, Any] = {name: facts.rows("window", "windows", name) for name in ("list", "blackouts")}
    for number in range(len(given["list"])):
        facts.text("window", "windows", "list", number, "start"), facts.text("window", "windows", "list", number, "end")
        facts.rows("window", "windows", "list", number, "days")
    margin, zone = facts.number("window", "windows", "margin"), facts.text("window", "windows", "zone")
    windows, seconds, step = (
        read_windows({**given, "margin": margin, "zone": zone}),
        facts.number("window", "seconds"),
        facts.text("window", "step"),
    )
    if not windows.limited:
        return NOT_APPLICABLE, "No maintenance window is given.", ""
    if not step:
        return NOT_APPLICABLE, "No step of the plan needs a maintenance window.", ""
    now = facts.number("info", "clock")
    found = opening(windows, now, seconds)
    text = f"The longest step, {step}, takes {minutes(seconds)} ({facts.text('window', 'basis')}). With a margin of {minutes(margin)} it"
    if found.at is None:
        return (
            FAIL_UPGRADE,
            f"{text} never fits: the longest maintenance window of the next year has {minutes(longest(windows, now))}.",
            "Give a longer window (window_list), a shorter margin (window_margin), or the time that the step takes (window_estimates).",
        )
    return PASS, f"{text} fits, next from {moment(found.at, zone)} on.", ""


@check("no_installation", "Is no installation under way?", UPGRADE, waivable=False)
def no_installation(facts: Facts) -> Finding:
    if facts.flag("updates", "installing"):
        return (
            FAIL_UPGRADE,
            "The page Updates shows an installation under way.",
            "Wait for its end. Do not restart the appliance; if it hangs, call technical support.",
        )
    return PASS, "The page Updates shows no installation under way.", ""


@check("storage", "Is there space on the disks?", UPGRADE)
def storage(facts: Facts, max_percent: float = 90) -> Finding:
    """Before Base 7.0.0 virtual appliances can show wrong totals above 1 TB: there a person must check the disks."""
    used = facts.optional("number", "storage", "percent_used")
    base = facts.text("basics", "base_version")
    if used is None:
        return MANUAL, "The page Storage shows no percentage in use.", "Check the disks on that page, then confirm."
    if not 0 <= used <= 100:
        return ERROR, f"The page Storage shows {used:g} % in use.", "Check the disks on that page."
    doubtful = Version(base) < _BASE_7 and bool(_VIRTUAL.search(facts.text("basics", "model")))
    if Version(base) < _BASE_7 and not facts.text("basics", "model"):
        return (
            MANUAL,
            f"The page Storage shows {used:g} % in use, which can be wrong on a virtual appliance before Base 7; the model is not shown.",
            "Check the disks, then confirm.",
        )
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
