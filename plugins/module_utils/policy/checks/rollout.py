# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Checks on what the clients will do after the upgrade: how many come at once, what to keep for the consoles, which certificates."""

from __future__ import annotations

from ...model.jump_setting import BANDWIDTH, MAX_CONCURRENT, UNITS, amount
from ..registry import MANUAL, NOT_APPLICABLE, PASS, POST, check
from .clients import _BACKUP, _is_backup
from .links import CERTIFICATES, JUMP_CLIENTS, UPGRADE


@check("jump_client_load", "How many Jump Clients will upgrade at once, and for how long?", JUMP_CLIENTS)
def jump_client_load(facts, few=200, minutes_each=5.0, mib_each=50.0):
    """few: no word about so many. minutes_each, mib_each: what one upgrade may take; published nowhere, so guesses (M51, M52)."""
    if _is_backup(facts):
        return NOT_APPLICABLE, _BACKUP, ""
    if facts.optional("mapping", "jump_clients") is None:
        return NOT_APPLICABLE, "This version has no interface that tells how many there are.", ""
    number = facts.count("jump_clients", "relevant")
    if number <= few:
        return PASS, f"{number} Jump Clients will upgrade after each site package, which is not many.", ""
    limits = _limits(facts)
    text = f"{number} Jump Clients will want to upgrade after each site package"
    if not limits:
        return POST, f"{text}; the limits of Jump > Jump Clients are not known.", _LOWER
    hours = _minutes(number, limits, minutes_each, mib_each) / 60
    told = " and ".join(f"{limits[key]:g} {_TOLD[key]}" for key in limits)
    return POST, (f"{text}; with {told} at most they need about {hours:.1f} hours, if each takes {minutes_each:g} minutes and "
                  f"{mib_each:g} MiB (estimates)."), _LOWER  # fmt: skip


_LOWER = "Watch the appliance while they do. Lower limits go easier on it and on the network, and take longer (jump_client_settings)."
_TOLD = {MAX_CONCURRENT: "at a time", BANDWIDTH: "MiB/s"}


def _limits(facts):
    """{max_concurrent, bandwidth} as far as the page tells them in the documented unit."""
    if not facts.has("jump_settings"):
        return {}
    shown = {MAX_CONCURRENT: facts.optional("number", "jump_settings", MAX_CONCURRENT),
             BANDWIDTH: _mib(facts.text("jump_settings", BANDWIDTH))}  # fmt: skip
    return {key: value for key, value in shown.items() if value is not None and value > 0}


def _mib(text):
    number, unit = amount(text)
    return number if unit in ("", UNITS[BANDWIDTH]) else None


def _minutes(number, limits, minutes_each, mib_each):
    """The slower of the two: one after the other in so many lanes, or all the bytes through so narrow a pipe."""
    lanes = number * minutes_each / limits[MAX_CONCURRENT] if MAX_CONCURRENT in limits else 0
    pipe = number * mib_each / limits[BANDWIDTH] / 60 if BANDWIDTH in limits else 0
    return max(lanes, pipe, minutes_each)


@check("console_msi", "Is the MSI of the present console kept?", UPGRADE)
def console_msi(facts):
    """Only the old MSI can remove outdated installations after the upgrade (M48, M49)."""
    if not facts.has("consoles"):
        return NOT_APPLICABLE, "No folder was named.", ""
    version = facts.text("health", "version")
    for number in range(len(facts.rows("consoles"))):
        if facts.text("consoles", number, "version") == version:
            return PASS, f"The console's installer of version {version} is kept: {facts.text('consoles', number, 'path')}.", ""
    return POST, f"No installer of the representative console of version {version} is kept here.", (
        "If consoles were deployed by MSI, save the present one before the upgrade (console_installer): the new one cannot remove them."
    )


@check("rebuilt_package_certificates", "Was a package that was built anew built with the present certificates?", CERTIFICATES)
def rebuilt_package_certificates(facts):
    """With an old certificate store in it most Jump Clients may appear offline (M39, M40). Only the manifest tells that one was rebuilt."""
    rebuilt = facts.rows("rebuilt")
    names = [facts.text("rebuilt", number) for number in range(len(rebuilt))]
    if not names:
        return NOT_APPLICABLE, "The manifest calls no package rebuilt.", ""
    if facts.has("plan_error"):
        return NOT_APPLICABLE, "There is no path.", ""
    coming = [name for name in _planned(facts) if _fold(name) in map(_fold, names)]
    if not coming:
        return PASS, f"{', '.join(names)} is not on the path.", ""
    days = facts.number("certificate", "days_left")
    return MANUAL, (f"{', '.join(coming)} was built anew. The certificate served now is {facts.text('certificate', 'subject')}, valid for "
                    f"{days:g} more days."), (
        "See that the vendor built it with the present certificates of all nodes, chain and root included, then confirm."
    )  # fmt: skip


def _planned(facts):
    for hop in range(len(facts.rows("plan", "hops"))):
        for step in range(len(facts.rows("plan", "hops", hop, "steps"))):
            if facts.text("plan", "hops", hop, "steps", step, "action") == "install":
                yield facts.text("plan", "hops", hop, "steps", step, "package")


def _fold(name):
    return " ".join(name.split()).casefold()
