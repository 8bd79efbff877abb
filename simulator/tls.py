# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The simulator's own certificate authority: a root, an intermediate, and leaves signed by the intermediate.

Keys are made once per process: making them is what costs time.
"""

from __future__ import annotations

import datetime
import functools
import ipaddress
import os
import pathlib
import ssl
import tempfile
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

if TYPE_CHECKING:
    from .machine.appliance import Machine

    PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


BEGINNING = datetime.datetime(2015, 1, 1, tzinfo=datetime.timezone.utc)
END = datetime.datetime(2065, 1, 1, tzinfo=datetime.timezone.utc)


@functools.cache
def private_key(kind: str, label: Any) -> PrivateKey:
    """One key of a kind ('rsa' or 'ec') for a label, the same for the whole process."""
    return ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)


def subject(common_name: Any) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Simulated appliance"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def build(name: Any, key: Any, issuer: Any, issuer_key: Any, valid: Any, authority: bool = False, names: Any = ()) -> x509.Certificate:
    """A signed certificate. valid: (not before, not after) as dates with a zone; names: DNS names and addresses."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .add_extension(_usage(authority), critical=True)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([_san(text) for text in names]), critical=False)
    if not authority:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _usage(authority: Any) -> x509.KeyUsage:
    other = {
        "content_commitment": False,
        "data_encipherment": False,
        "key_agreement": False,
        "encipher_only": False,
        "decipher_only": False,
    }
    return x509.KeyUsage(digital_signature=True, key_encipherment=not authority, key_cert_sign=authority, crl_sign=authority, **other)


def _san(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)


def moment(certificate: Any, name: str) -> datetime.datetime:
    """not_valid_before or not_valid_after as a date with a zone; cryptography before 42 knows it without one."""
    aware = getattr(certificate, name + "_utc", None)
    return getattr(certificate, name).replace(tzinfo=datetime.timezone.utc) if aware is None else aware


class Authority:
    """Root and intermediate."""

    def __init__(self) -> None:
        root_key, self.key = private_key("ec", "root"), private_key("ec", "intermediate")
        name = subject("Simulator Root CA")
        self.root = build(name, root_key, name, root_key, (BEGINNING, END), authority=True)
        issuer = subject("Simulator Issuing CA")
        self.intermediate = build(issuer, self.key, name, root_key, (BEGINNING, END), authority=True)

    def leaf(self, common_name: Any, key: Any, valid: Any, names: Any) -> x509.Certificate:
        return build(subject(common_name), key, self.intermediate.subject, self.key, valid, names=names)


@functools.cache
def authority() -> Authority:
    """The authority of this process."""
    return Authority()


def pem(*certificates: Any) -> bytes:
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in certificates)


def pem_key(key: Any) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def write_ca(path: str, machines: Any) -> None:
    """The file a client must trust: root, issuing CA, and whatever signs itself."""
    ours = authority()
    alone = [served(machine)[0] for machine in machines if served(machine)[0].issuer == served(machine)[0].subject]
    pathlib.Path(path).write_bytes(pem(ours.root, ours.intermediate, *alone))


def served(machine: Machine) -> tuple[x509.Certificate, PrivateKey, tuple[x509.Certificate, ...]]:
    """(leaf, key, intermediates) for HTTPS: the machine's default certificate if the real date lies within it.

    Worlds may have dates of their own and expired certificates; then a stand-in is served, or nobody could connect.
    """
    now = datetime.datetime.now(datetime.timezone.utc)
    chosen = next((one for one in machine.certificates if one.default), None)
    if chosen and moment(chosen.leaf, "not_valid_before") <= now <= moment(chosen.leaf, "not_valid_after"):
        return chosen.leaf, chosen.key, chosen.intermediates
    return _stand_in(machine.hostname)


@functools.cache
def _stand_in(hostname: str) -> tuple[x509.Certificate, PrivateKey, tuple[x509.Certificate, ...]]:
    ours, key = authority(), private_key("ec", "stand-in")
    leaf = ours.leaf(hostname, key, (BEGINNING, END), (hostname, "localhost", "127.0.0.1"))
    return leaf, key, (ours.intermediate,)


def server_context(machine: Machine) -> ssl.SSLContext:
    """The TLS side of a machine's HTTPS port; its key touches the disk only for the moment of loading."""
    return _context(*served(machine))


@functools.cache
def strange_context() -> ssl.SSLContext:
    """That of a box whose certificate was replaced by one that nobody was told of."""
    key, name = private_key("ec", "strange"), subject("appliance.invalid")
    return _context(build(name, key, name, key, (BEGINNING, END), names=("appliance.invalid",)), key, ())


def _context(leaf: Any, key: Any, intermediates: Any) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    handle, path = tempfile.mkstemp(suffix=".pem")  # 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem_key(key) + pem(leaf, *intermediates))
        context.load_cert_chain(path)
    finally:
        os.unlink(path)
    return context
