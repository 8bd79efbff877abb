# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""OpenSSL's command line on the PKCS#12 file that the collection saves, and on the simulator's HTTPS."""

import pathlib
import subprocess

import pytest
from ansible_collections.bomgar.appliance.plugins.modules.certificate_export import OPERATION

from tests.support.appliances import Bench

WORLD = """
schema: 1
name: keys
product: rs
clock: {start: "2026-03-01T00:00:00+00:00"}
appliances: [{name: a, hostname: a.example.com, base: 6.2.0, version: 23.2.1}]
packages: []
accounts:
  api: [{client_id: judge, client_secret: secret, permissions: {perm_command: read_only}}]
  appliance: [{username: admin, password: appliance-password}]
  login: [{username: admin, password: login-password}]
"""
PASSPHRASE = "correct horse battery"


@pytest.fixture
def openssl(need):
    """openssl(*arguments, data=b"") -> what it prints; AssertionError with its words if it is not content."""
    program = need("openssl")

    def call(*arguments, data=b""):
        done = subprocess.run([program, *arguments], input=data, capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    return call


def exported(running, folder):
    """The file with key and chain, as the module certificate_export saves it."""
    (saved,) = Bench(running, folder).run(OPERATION, dest=str(folder / "keys"), passphrase=PASSPHRASE)["certificates"]
    return pathlib.Path(saved["path"])


def judge_container(openssl, path, authority):
    """The key fits the certificate, and the chain leads to the authority."""
    read = ["pkcs12", "-in", str(path), "-passin", f"pass:{PASSPHRASE}"]
    key = openssl("pkey", "-pubout", data=openssl(*read, "-nocerts", "-noenc"))
    leaf = openssl(*read, "-clcerts", "-nokeys")
    assert openssl("x509", "-pubkey", "-noout", data=leaf) == key
    chain = path.with_suffix(".chain.pem")
    chain.write_bytes(openssl(*read, "-cacerts", "-nokeys"))
    assert b"OK" in openssl("verify", "-CAfile", authority, "-untrusted", str(chain), "-no_check_time", data=leaf)


def judge_https(openssl, running, name="localhost", authority=None):
    """Chain and name are right; the server sends its intermediate, so that the root alone is enough."""
    openssl(
        *("s_client", "-connect", running.url.removeprefix("https://"), "-brief", "-verify_return_error"),
        *("-verify_hostname", name, "-CAfile", authority or running.ca_file),
    )


def root_of(running, folder):
    """The first certificate of the authority's file: the root."""
    text = pathlib.Path(running.ca_file).read_text(encoding="ascii")
    path = folder / "root.pem"
    path.write_text(text[: text.index("-----END")] + "-----END CERTIFICATE-----\n", encoding="ascii")
    return str(path)


def test_openssl_opens_the_container_that_the_collection_saved(run, openssl, tmp_path):
    running = run(WORLD)
    judge_container(openssl, exported(running, tmp_path), running.ca_file)


def test_openssl_accepts_the_https_side(run, openssl, tmp_path):
    running = run(WORLD)
    judge_https(openssl, running, authority=root_of(running, tmp_path))
    judge_https(openssl, running, name="a.example.com")


def truncated(data):
    return data[: len(data) // 2]


def one_bit_off(data):
    return data[:-40] + bytes([data[-40] ^ 1]) + data[-39:]


@pytest.mark.parametrize("damage", [truncated, one_bit_off, lambda data: data.replace(b"\x30", b"\x31")])
def test_a_damaged_container_is_reported(run, openssl, tmp_path, damage):
    running = run(WORLD)
    path = exported(running, tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(AssertionError):
        judge_container(openssl, path, running.ca_file)


@pytest.mark.parametrize("spec", [{"chain": "self_signed"}, {"chain": "no_intermediate"}])
def test_a_chain_that_leads_nowhere_is_reported(run, openssl, tmp_path, spec):
    running = run(f"{WORLD}certificates: [{{name: c, default: true, chain: {spec['chain']}}}]\n")
    with pytest.raises(AssertionError):
        judge_https(openssl, running, authority=root_of(running, tmp_path))


def test_strange_certificate_and_name_are_reported(run, openssl):
    running = run(WORLD)
    with pytest.raises(AssertionError):
        judge_https(openssl, running, name="b.example.com")
    running.machine().strange_certificate = True
    with pytest.raises(AssertionError):
        judge_https(openssl, running)
