# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Certificates of a machine and their export."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs7, pkcs12
from simulator.machine import Refused

PASSPHRASE = "canary passphrase"


def exported(machine, passphrase=PASSPHRASE):
    name, data, kind = machine.export_certificate(["1"], True, True, passphrase)
    assert name.endswith(".p12")
    assert kind == "application/x-pkcs12"
    return pkcs12.load_pkcs12(data, passphrase.encode() or None)


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_export_holds_key_and_full_chain(make_machine, small, kind):
    machine = make_machine(small + f"certificates: [{{name: one, key: {kind}}}]\n")
    file = exported(machine)
    leaf, chain = file.cert.certificate, [one.certificate for one in file.additional_certs]
    assert file.key.public_key() == leaf.public_key()
    leaf.verify_directly_issued_by(chain[0])
    chain[0].verify_directly_issued_by(chain[1])
    chain[1].verify_directly_issued_by(chain[1])


def test_another_passphrase_does_not_open_it(make_machine):
    _name, data, _type = make_machine().export_certificate(["1"], True, True, PASSPHRASE)
    with pytest.raises(ValueError, match="password"):
        pkcs12.load_pkcs12(data, b"other")


@pytest.mark.parametrize(
    ("chain", "length", "warning"),
    [("full", 2, False), ("no_root", 1, True), ("no_intermediate", 1, True), ("self_signed", 0, False)],
)
def test_worlds_may_have_incomplete_chains(make_machine, small, chain, length, warning):
    machine = make_machine(small + f"certificates: [{{name: one, chain: {chain}}}]\n")
    assert len(exported(machine).additional_certs) == length
    assert bool(machine.certificates[0].warning) is warning


def test_days_left_count_from_world_start(make_machine, small):
    machine = make_machine(small + "certificates: [{name: one, days_left: 10}, {name: two, days_left: -3}]\n")
    assert [round((one.not_after - machine.now()) / 86400) for one in machine.certificates] == [10, -3]
    assert [one.default for one in machine.certificates] == [True, False]


def test_without_the_key_no_passphrase_is_needed(make_machine):
    machine = make_machine()
    name, data, _type = machine.export_certificate(["1"], False, False, "")
    assert name.endswith(".crt")
    assert x509.load_pem_x509_certificate(data) == machine.certificates[0].leaf
    name, data, _type = machine.export_certificate(["1"], False, True, "")
    assert name.endswith(".p7b")
    assert len(pkcs7.load_der_pkcs7_certificates(data)) == 3


def test_exporting_nothing_is_refused(make_machine):
    """Exporting nothing is refused; an export is no write."""
    machine = make_machine()
    for ids in ([], ["99"]):
        with pytest.raises(Refused):
            machine.export_certificate(ids, True, True, PASSPHRASE)
    exported(machine)
    assert machine.writes == []
    assert PASSPHRASE not in str(machine.history)
