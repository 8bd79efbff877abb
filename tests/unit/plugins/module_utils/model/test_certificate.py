# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""An exported .p12 opened again."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.model.certificate import inspect_p12
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

NOW = datetime(2021, 11, 23, tzinfo=timezone.utc)


def key():
    return ec.generate_private_key(ec.SECP256R1())


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def certificate(subject, own, issuer, issuer_key, days=100, ca=False):
    builder = x509.CertificateBuilder(
        name(issuer), name(subject), own.public_key(), x509.random_serial_number(), NOW - timedelta(days=365), NOW + timedelta(days=days)
    )
    builder = builder.add_extension(x509.BasicConstraints(ca, None), critical=True)
    if not ca:
        names = x509.SubjectAlternativeName([x509.DNSName(subject), x509.DNSName("b.example.com")])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


ROOT, MIDDLE, LEAF = key(), key(), key()
ROOT_CERT = certificate("Root", ROOT, "Root", ROOT, 3000, ca=True)
MIDDLE_CERT = certificate("Middle", MIDDLE, "Root", ROOT, 1000, ca=True)
LEAF_CERT = certificate("a.example.com", LEAF, "Middle", MIDDLE, 40)


def p12(leaf=LEAF_CERT, private=LEAF, others=(ROOT_CERT, MIDDLE_CERT), passphrase="open sesame"):
    return pkcs12.serialize_key_and_certificates(b"x", private, leaf, list(others), BestAvailableEncryption(passphrase.encode()))


def inspect(data, passphrase="open sesame", now=NOW):
    return inspect_p12(data, passphrase, now=now.timestamp(), host="a")


def test_a_whole_export_has_no_problem():
    found = inspect(p12())
    assert found["problems"] == []
    assert (found["subject"], found["days_left"], found["key_matches"]) == ("CN=a.example.com", 40, True)
    assert found["names"] == ["a.example.com", "b.example.com"]
    assert (found["chain_complete"], found["chain"]) == (True, ["CN=Middle", "CN=Root"])
    assert found["fingerprint_sha256"] == LEAF_CERT.fingerprint(hashes.SHA256()).hex()
    assert found["not_after"] == (NOW + timedelta(days=40)).timestamp()


def test_a_self_signed_certificate_is_its_own_root():
    own = certificate("self", LEAF, "self", LEAF)
    found = inspect(p12(own, others=()))
    assert (found["chain_complete"], found["chain"], found["problems"]) == (True, [], [])


@pytest.mark.parametrize(
    ("others", "missing"), [((), "CN=a.example.com"), ((ROOT_CERT,), "CN=a.example.com"), ((MIDDLE_CERT,), "CN=Middle")]
)
def test_a_gap_in_the_chain_is_named(others, missing):
    found = inspect(p12(others=others))
    assert not found["chain_complete"]
    assert found["problems"] == [f"The chain is not complete: the issuer of {missing} is missing."]


def test_an_issuer_with_another_key_does_not_count():
    other = certificate("Middle", key(), "Root", ROOT, ca=True)
    assert not inspect(p12(others=(ROOT_CERT, other)))["chain_complete"]


def test_an_expired_certificate_is_a_problem():
    found = inspect(p12(), now=NOW + timedelta(days=41))
    assert found["days_left"] < 0
    assert "The certificate has expired." in found["problems"]


def test_a_file_without_its_key_is_a_problem():
    found = inspect(p12(private=None))
    assert not found["key_matches"]
    assert "The file holds no private key." in found["problems"]
    assert found["subject"] == "CN=a.example.com"


def test_a_wrong_passphrase_is_no_damaged_file():
    with pytest.raises(InvalidInput, match="does not open with the passphrase"):
        inspect(p12(), "wrong")
    with pytest.raises(NotUnderstood, match=r"damaged|no PKCS#12"):
        inspect(p12()[:300])


@pytest.mark.parametrize("data", [b"", b"<html>login</html>", b'{"error": 1}', b"\x89PNG\x0d\x0a"])
def test_something_else_is_no_certificate(data):
    with pytest.raises(NotUnderstood, match="no PKCS#12 file"):
        inspect(data)
