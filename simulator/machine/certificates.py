# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The certificates of /appliance > Security > Certificates with keys and chains; their export (docs/vendor/pages.md#certificates-page)."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import json
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs7, pkcs12

from .. import tls

INCOMPLETE = "The certificate chain is incomplete."


@dataclasses.dataclass(frozen=True)
class Certificate:
    """One row: `name` is the friendly name; intermediates and root are what the machine holds of the chain."""

    id: str
    name: str
    default: bool
    leaf: x509.Certificate
    key: tls.PrivateKey
    intermediates: tuple[x509.Certificate, ...]
    root: x509.Certificate | None
    names: tuple

    @property
    def subject(self) -> str:
        return self.leaf.subject.rfc4514_string()

    @property
    def issuer(self) -> str:
        return self.leaf.issuer.rfc4514_string()

    @property
    def not_before(self) -> float:
        return tls.moment(self.leaf, "not_valid_before").timestamp()

    @property
    def not_after(self) -> float:
        """Virtual seconds."""
        return tls.moment(self.leaf, "not_valid_after").timestamp()

    @property
    def fingerprint(self) -> str:
        """SHA-256, lower case hex."""
        return self.leaf.fingerprint(hashes.SHA256()).hex()

    @property
    def warning(self) -> str:
        """The page warns under the name when the chain does not reach a root."""
        complete = self.leaf.issuer == self.leaf.subject or (self.root and self.intermediates)
        return "" if complete else INCOMPLETE

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        return (*self.intermediates, *((self.root,) if self.root else ()))


@functools.lru_cache(maxsize=64)
def _made(specs: Any, names: Any, start: float) -> tuple[Certificate, ...]:
    return tuple(_make(str(number), json.loads(spec), names, start, default) for number, spec, default in specs)


def make(specs: Any, names: Any, start: float) -> list[Certificate]:
    """The machine's certificates as the world file asks for them; without a default the first is it.

    names: what a certificate is for that names nothing itself. The same specs and names give the same certificates, as on
    the two nodes of a pair whose certificate was replicated.
    """
    some_default = any(spec["default"] for spec in specs)
    rows = tuple(
        (number, json.dumps(spec, sort_keys=True), spec["default"] or (not some_default and number == 1))
        for number, spec in enumerate(specs, 1)
    )
    return list(_made(rows, tuple(names), start))


def _make(number: Any, spec: dict[str, Any], wanted: Any, start: float, default: Any) -> Certificate:
    ours = tls.authority()
    key = tls.private_key(spec["key"], f"certificate {number}")
    names = tuple(dict.fromkeys([*(spec["names"] or wanted), "localhost", "127.0.0.1"]))
    end = datetime.datetime.fromtimestamp(int(start + 86400 * spec["days_left"]), datetime.timezone.utc)
    valid = (end - datetime.timedelta(days=max(730, spec["days_left"] + 30)), end)
    if spec["chain"] == "self_signed":
        name = tls.subject(names[0])
        leaf = tls.build(name, key, name, key, valid, names=names)
        return Certificate(number, spec["name"], default, leaf, key, (), None, names)
    leaf = ours.leaf(names[0], key, valid, names)
    intermediates = () if spec["chain"] == "no_intermediate" else (ours.intermediate,)
    root = None if spec["chain"] == "no_root" else ours.root
    return Certificate(number, spec["name"], default, leaf, key, intermediates, root, names)


def renewed(old: Any, now: float, days_left: float) -> Certificate:
    """The same certificate by our authority, with another serial number and end."""
    end = datetime.datetime.fromtimestamp(int(now + 86400 * days_left), datetime.timezone.utc)
    valid = (end - datetime.timedelta(days=max(730, days_left + 30)), end)
    ours = tls.authority()
    leaf = ours.leaf(old.names[0], old.key, valid, old.names)
    return dataclasses.replace(old, leaf=leaf, intermediates=(ours.intermediate,), root=ours.root)


def export(chosen: Any, *, key: Any, chain: Any, passphrase: str) -> tuple[str, bytes, str]:
    """(file name, bytes, content type). With the key a .p12, with the chain only a .p7b, else a .crt in PEM.

    The vendor says that a file with key ends in .p12; the other two names, all types are our invention.
    """
    stem = chosen.names[0].replace("*", "_")
    if key:
        lock = serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else serialization.NoEncryption()
        others = list(chosen.chain) if chain else None
        data = pkcs12.serialize_key_and_certificates(chosen.name.encode(), chosen.key, chosen.leaf, others, lock)
        return f"{stem}.p12", data, "application/x-pkcs12"
    if chain:
        data = pkcs7.serialize_certificates([chosen.leaf, *chosen.chain], serialization.Encoding.DER)
        return f"{stem}.p7b", data, "application/x-pkcs7-certificates"
    return f"{stem}.crt", tls.pem(chosen.leaf), "application/x-x509-ca-cert"
