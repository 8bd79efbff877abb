# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Checks on the way to the appliance: its names, its certificate and the TLS version."""

from __future__ import annotations

from .facts import Facts
from .links import CERTIFICATES, UPGRADE
from .registry import FAIL_OUTAGE, MANUAL, NOT_APPLICABLE, PASS, POST, Finding, check

_TLS_OF_TODAY = ("TLSv1.2", "TLSv1.3")


@check("dns", "Do the names of the appliance and of the public site resolve on this machine?", UPGRADE)
def dns(facts: Facts) -> Finding:
    found = {}
    for number in range(len(facts.rows("names"))):
        addresses = [facts.text("names", number, "addresses", one) for one in range(len(facts.rows("names", number, "addresses")))]
        found[facts.text("names", number, "name")] = addresses or facts.text("names", number, "why")
    if not found:
        return NOT_APPLICABLE, "The inventory has addresses only, no names.", ""
    lost = [f"{name} does not resolve: {why}" for name, why in found.items() if isinstance(why, str)]
    if lost:
        return FAIL_OUTAGE, " ".join(lost), "Correct the DNS of this machine, or the name in the inventory."
    return PASS, "; ".join(f"{name} is {', '.join(addresses)}" for name, addresses in found.items()) + ".", ""


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


@check("certificate_chain", "Is the certificate trusted, with its whole chain?", CERTIFICATES)
def certificate_chain(facts: Facts) -> Finding:
    """Without the chain a new installation cannot verify the appliance (docs/mission.md#m39)."""
    subject, issuer = facts.text("certificate", "subject"), facts.text("certificate", "issuer")
    if not facts.flag("certificate", "validated"):
        return (
            MANUAL,
            f"The chain of {subject} was not verified, because validate_certs is off.",
            "Check /appliance > Security > Certificates on all nodes, then confirm.",
        )
    return PASS, f"The connection verified {subject}, issued by {issuer}, with its chain ({facts.text('tls', 'version')}).", ""


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
