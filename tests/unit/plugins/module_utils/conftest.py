# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Stand-ins for an appliance: scripted answers in strict order, and raw bytes behind real TLS."""

from __future__ import annotations

import pathlib
import socket
import ssl
import threading

import pytest
import responses
from ansible_collections.bomgar.appliance.plugins.module_utils.api.credentials import OAuth
from ansible_collections.bomgar.appliance.plugins.module_utils.http.transport import Transport
from responses.registries import OrderedRegistry

FIXTURES = pathlib.Path(__file__).parents[2] / "fixtures"


@pytest.fixture
def answers():
    """Add answers with .get(url, ...) and the like; a wrong order, a wrong address and an unused answer fail."""
    with responses.RequestsMock(assert_all_requests_are_fired=True, registry=OrderedRegistry) as mock:
        yield mock


@pytest.fixture
def recorded():
    """recorded('command_xml/x.xml') -> bytes of a fixture that no simulator wrote."""
    return lambda name: (FIXTURES / name).read_bytes()


class Sleeps(list):
    """A sleep that only notes how long it would have been."""

    def __call__(self, seconds):
        self.append(seconds)


@pytest.fixture
def sleeps():
    return Sleeps()


@pytest.fixture
def transport(sleeps):
    return Transport("a.example.com", sleep=sleeps)


class FixedTokens:
    """Tokens without a token address: t1, then t2 after a renewal."""

    client_id = "robot"

    def __init__(self):
        self.number = 1

    def header(self):
        return {"Authorization": f"Bearer t{self.number}"}

    def renew(self, failed):
        self.number += 1
        return self.header()


@pytest.fixture
def account():
    return OAuth(FixedTokens())


class RawServer:
    """Answers each TLS connection with the next script: a list of bytes to send, with pauses made by an Event."""

    def __init__(self, folder, scripts, names=("localhost",)):
        self.ca_path, self.requests, self._scripts = str(folder / "ca.pem"), [], list(scripts)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(_certificate(folder, names))
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://localhost:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        for script in self._scripts:
            try:
                plain, _peer = self._socket.accept()
            except OSError:  # closed by the test
                return
            self._answer(plain, script)

    def _answer(self, plain, script):
        try:
            with self._context.wrap_socket(plain, server_side=True) as tls:
                self.requests.append(tls.recv(65536))
                for piece in script:
                    tls.sendall(piece)
        except OSError:  # the client went away, or did not trust us
            plain.close()

    def close(self):
        self._socket.shutdown(socket.SHUT_RDWR)  # wakes a thread that waits in accept()
        self._socket.close()
        self._thread.join(5)


@pytest.fixture
def raw_server(tmp_path):
    """raw_server([[b'...'], ...], names=('localhost',)) -> RawServer with .url and .ca_path."""
    started = []

    def start(scripts, **options):
        started.append(RawServer(tmp_path, scripts, **options))
        return started[-1]

    yield start
    for server in started:
        server.close()


def _certificate(folder, names):
    """A self-signed certificate for names; its own CA file is ca.pem."""
    import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, day = ec.generate_private_key(ec.SECP256R1()), datetime.timedelta(days=1)
    now = datetime.datetime.now(datetime.timezone.utc)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "t")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "ca.pem").write_bytes(pem)
    (folder / "server.pem").write_bytes(private + pem)
    return str(folder / "server.pem")
