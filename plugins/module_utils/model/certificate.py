# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads an exported .p12: whether the key belongs to it, whether the chain is complete to the root, and how long it is valid.

The vendor asks for the chain including the root; otherwise the import on the other box warns (docs/vendor/pages.md#certificates-page).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..errors import InvalidInput, NotUnderstood
from .plain_text import cut

try:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.serialization import pkcs12
except ImportError:  # reported by the module before anything is sent
    x509 = None  # type: ignore[assignment]

_DAY = 86400


def inspect_p12(data: bytes, passphrase: str, *, now: float, host: str = "") -> dict[str, Any]:
    """Return facts of a PKCS#12 file as a dict.

    data: its bytes; passphrase: text; now: UNIX seconds. Returns {subject, issuer, serial (hex), names (list),
    fingerprint_sha256 (lower hex), not_before and not_after (UNIX seconds), days_left (whole days, negative when
    expired), key_matches, chain_complete (to a self-signed root), chain (list of subjects, the leaf's issuer first),
    problems (list of sentences; empty if there are none)}. Raises NotUnderstood for another file and for one without a
    certificate, InvalidInput for a wrong passphrase.
    """
    key, leaf, others = _load(data, passphrase, host)
    chain, complete = _chain(leaf, others)
    facts = {
        **_facts(leaf, now),
        "key_matches": key is not None and _public(key.public_key()) == _public(leaf.public_key()),
        "chain_complete": complete,
        "chain": [one.subject.rfc4514_string() for one in chain],
    }
    return dict(facts, problems=_problems(facts, key is not None, chain, now))


def inspect_der(data: bytes, *, now: float, host: str = "") -> dict[str, Any]:
    """Return the same facts, without key and chain, of one certificate in DER, as a TLS server sends it."""
    try:
        return _facts(x509.load_der_x509_certificate(data), now)
    except ValueError as exc:
        raise NotUnderstood("The certificate that is served cannot be read.", host=host, evidence=_start(data)) from exc


def _facts(leaf: x509.Certificate, now: float) -> dict[str, Any]:
    return {
        "subject": leaf.subject.rfc4514_string(),
        "issuer": leaf.issuer.rfc4514_string(),
        "serial": f"{leaf.serial_number:x}",
        "names": _names(leaf),
        "fingerprint_sha256": leaf.fingerprint(hashes.SHA256()).hex(),
        "not_before": _seconds(leaf, "not_valid_before"),
        "not_after": _seconds(leaf, "not_valid_after"),
        "days_left": int((_seconds(leaf, "not_valid_after") - now) // _DAY),
    }


def _load(data: bytes, passphrase: str, host: str) -> tuple[Any, x509.Certificate, list[x509.Certificate]]:
    """Return (private key or None, leaf, other certificates) of the file."""
    if not data.startswith(b"\x30"):
        raise NotUnderstood("The exported certificate is no PKCS#12 file.", host=host, evidence=_start(data))
    try:
        key, leaf, others = pkcs12.load_key_and_certificates(bytes(data), passphrase.encode())
    except ValueError as exc:
        if "password" in str(exc).lower() or "mac" in str(exc).lower():
            raise InvalidInput(
                "The exported certificate does not open with the passphrase.",
                host=host,
                remedy="Give the passphrase that the file was exported with.",
            ) from exc
        raise NotUnderstood("The exported certificate is damaged or no PKCS#12 file.", host=host) from exc
    except UnsupportedAlgorithm as exc:
        raise NotUnderstood(f"The exported certificate uses what this machine cannot read: {exc}.", host=host) from exc
    if leaf is None:
        leaf, others = _leaf_of(key, others)
    if leaf is None:
        raise NotUnderstood("The exported file holds no certificate.", host=host)
    return key, leaf, others


def _leaf_of(key: Any, others: list[x509.Certificate]) -> tuple[x509.Certificate | None, list[x509.Certificate]]:
    """Return (leaf, other certificates). Without a key no certificate is marked as leaf: it is the one that signed no other."""
    for one in others:
        if key is None and not any(_issued(one, other) for other in others if other is not one):
            return one, [other for other in others if other is not one]
    return None, others


def _chain(leaf: x509.Certificate, others: Sequence[x509.Certificate]) -> tuple[list[x509.Certificate], bool]:
    """Return (issuers in order, True if they end in a self-signed root)."""
    chain: list[x509.Certificate] = []
    current, left = leaf, list(others)
    while not _issued(current, current):
        issuer = next((one for one in left if _issued(one, current)), None)
        if issuer is None:
            return chain, False
        chain.append(issuer)
        left.remove(issuer)
        current = issuer
    return chain, True


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Whether the one signed the other."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _problems(facts: dict[str, Any], has_key: bool, chain: list[x509.Certificate], now: float) -> list[str]:
    found = []
    if not has_key:
        found.append("The file holds no private key.")
    elif not facts["key_matches"]:
        found.append("The private key does not belong to the certificate.")
    if not facts["chain_complete"]:
        last = facts["chain"][-1] if chain else facts["subject"]
        found.append(f"The chain is not complete: the issuer of {last} is missing.")
    if facts["days_left"] < 0:
        found.append("The certificate has expired.")
    if facts["not_before"] > now:
        found.append("The certificate is not valid yet.")
    found += [f"The issuer {one.subject.rfc4514_string()} has expired." for one in chain if _seconds(one, "not_valid_after") < now]
    return found


def _names(leaf: x509.Certificate) -> list[str]:
    """Return the host names and addresses of the certificate."""
    try:
        extension = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        common = leaf.subject.get_attributes_for_oid(x509.oid.NameOID.COMMON_NAME)
        return [str(one.value) for one in common]
    addresses = [str(one) for one in extension.get_values_for_type(x509.IPAddress)]
    return extension.get_values_for_type(x509.DNSName) + addresses


def _seconds(certificate: x509.Certificate, name: str) -> float:
    """Return a time of the certificate as UNIX seconds; cryptography before 42 gives times without a zone, meant as UTC."""
    aware = getattr(certificate, name + "_utc", None)
    if aware is not None:
        return aware.timestamp()
    from datetime import timezone

    return getattr(certificate, name).replace(tzinfo=timezone.utc).timestamp()


def _public(key: Any) -> bytes:
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def _start(data: bytes) -> str:
    text = " ".join(data[:200].decode("utf-8", "replace").split())
    return f"It begins with {cut(text, 80)!r}." if data and text.isprintable() else f"{len(data)} bytes of another kind."
