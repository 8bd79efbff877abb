# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Checks on the time after the upgrade: the load of the Jump Clients, the consoles, and the certificates of rebuilt packages."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.clients.jump_setting import BANDWIDTH, MAX_CONCURRENT, UNITS, amount
from ...model.package import fold
from .clients import BACKUP, is_backup, odd_rows
from .facts import Facts
from .links import CERTIFICATES, JUMP_CLIENTS, UPGRADE
from .registry import MANUAL, NOT_APPLICABLE, PASS, POST, Finding, check


@check("jump_client_load", "How many Jump Clients will upgrade at once, and for how long?", JUMP_CLIENTS)
def jump_client_load(facts: Facts, few: float = 200, minutes_each: float = 5.0, mib_each: float = 50.0) -> Finding:
    """few: so many pass without a word. minutes_each, mib_each: what one upgrade may take, guesses (docs/mission.md#m52)."""
    if is_backup(facts):
        return NOT_APPLICABLE, BACKUP, ""
    if facts.optional("mapping", "jump_clients") is None:
        return NOT_APPLICABLE, "This version has no interface that reports their number.", ""
    odd = odd_rows(facts)
    number = facts.count("jump_clients", "relevant") + odd
    if number <= few and not odd:
        return PASS, f"{number} Jump Clients upgrade after each site package, which is a low number.", ""
    limits = _limits(facts)
    text = f"{number} Jump Clients upgrade after each site package"
    if not limits:
        return POST, f"{text}; the limits of Jump > Jump Clients are not known.", _LOWER
    hours = _minutes(number, limits, minutes_each, mib_each) / 60
    shown = " and ".join(f"{limits[key]:g} {_UNIT_NAMES[key]}" for key in limits)
    return (
        POST,
        (
            f"{text}; with {shown} at most they need about {hours:.1f} hours, if each takes {minutes_each:g} minutes and "
            f"{mib_each:g} MiB (estimates)."
        ),
        _LOWER,
    )


_LOWER = "Watch the appliance meanwhile. Lower limits reduce the load and take longer (jump_client_settings)."
_UNIT_NAMES = {MAX_CONCURRENT: "at a time", BANDWIDTH: "MiB/s"}


def _limits(facts: Facts) -> dict[str, float]:
    """{max_concurrent, bandwidth} as far as the page shows them in the documented unit."""
    if not facts.has("jump_settings"):
        return {}
    shown = {
        MAX_CONCURRENT: facts.optional("number", "jump_settings", MAX_CONCURRENT),
        BANDWIDTH: _mib(facts.text("jump_settings", BANDWIDTH)),
    }
    return {key: value for key, value in shown.items() if value is not None and value > 0}


def _mib(text: str) -> float | None:
    number, unit = amount(text)
    return number if unit in ("", UNITS[BANDWIDTH]) else None


def _minutes(number: int, limits: dict[str, float], minutes_each: float, mib_each: float) -> float:
    """The longer of two times: by the limit of concurrent upgrades, or by the bandwidth."""
    by_number = number * minutes_each / limits[MAX_CONCURRENT] if MAX_CONCURRENT in limits else 0
    by_bandwidth = number * mib_each / limits[BANDWIDTH] / 60 if BANDWIDTH in limits else 0
    return max(by_number, by_bandwidth, minutes_each)


@check("console_msi", "Is the MSI of the present console saved?", UPGRADE)
def console_msi(facts: Facts) -> Finding:
    """Only the old MSI can remove outdated installations after the upgrade (docs/mission.md#m49)."""
    if not facts.has("consoles"):
        return NOT_APPLICABLE, "No state folder was given.", ""
    version = facts.text("health", "version")
    for number in range(len(facts.rows("consoles"))):
        if facts.text("consoles", number, "version") == version:
            return PASS, f"The console installer of version {version} is saved: {facts.text('consoles', number, 'path')}.", ""
    return (
        POST,
        f"The installer of the representative console of version {version} is not saved in the state folder.",
        "If consoles were deployed by MSI, save the present one before the upgrade (console_installer): the new one cannot remove them.",
    )


@check("rebuilt_package_certificates", "Was a rebuilt package built with the present certificates?", CERTIFICATES)
def rebuilt_package_certificates(facts: Facts) -> Finding:
    """With an old certificate store Jump Clients may appear offline (docs/mission.md#m40). The manifest says which are rebuilt."""
    rebuilt = facts.rows("rebuilt")
    names = [facts.text("rebuilt", number) for number in range(len(rebuilt))]
    if not names:
        return NOT_APPLICABLE, "The manifest has no rebuilt package.", ""
    if facts.has("plan_error"):
        return NOT_APPLICABLE, "There is no plan.", ""
    coming = [name for name in _planned(facts) if fold(name) in map(fold, names)]
    if not coming:
        return PASS, f"{', '.join(names)} is not in the plan.", ""
    days = facts.number("certificate", "days_left")
    return (
        MANUAL,
        (
            f"{', '.join(coming)} was rebuilt. The certificate served now is {facts.text('certificate', 'subject')}, valid for "
            f"{days:g} more days."
        ),
        "Verify that the vendor built it with the present certificates of all nodes, with chain and root, then confirm.",
    )


def _planned(facts: Facts) -> Iterator[str]:
    for hop in range(len(facts.rows("plan", "hops"))):
        for step in range(len(facts.rows("plan", "hops", hop, "steps"))):
            if facts.text("plan", "hops", hop, "steps", step, "action") == "install":
                yield facts.text("plan", "hops", hop, "steps", step, "package")
