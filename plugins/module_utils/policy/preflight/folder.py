# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Checks on the state folder of this machine: private, with room, and still there tomorrow."""

from __future__ import annotations

from .facts import Facts
from .registry import FAIL_UPGRADE, MANUAL, NOT_APPLICABLE, PASS, Finding, check

_NO_FOLDER = (NOT_APPLICABLE, "No state folder was given.", "")


@check("state_folder", "Can this machine store the journal and the backups?", waivable=False)
def state_folder(facts: Facts, min_free_mib: float = 1024) -> Finding:
    if not facts.has("state_folder"):
        return _NO_FOLDER
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


@check("state_durable", "Does the state folder survive a restart of this machine?")
def state_durable(facts: Facts) -> Finding:
    """Dates, backups and the open step are in it: an upgrade that takes days cannot go on without them."""
    if not facts.has("state_folder"):
        return _NO_FOLDER
    path, system = facts.text("state_folder", "path"), facts.text("state_folder", "filesystem")
    durable = facts.optional("flag", "state_folder", "durable")
    if durable is None:
        return (
            MANUAL,
            f"It is not known whether {path} survives a restart (file system {system or 'unknown'}).",
            "In a container, mount a volume there. Then confirm.",
        )
    if not durable:
        return FAIL_UPGRADE, f"{path} is in memory (file system {system}) and is lost at a restart.", "Use a folder on a disk."
    return PASS, f"{path} is on a disk (file system {system}).", ""
