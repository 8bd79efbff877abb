# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a person reads when a module fails, and whether it can be read at night."""

import ssl
import tempfile
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest import mock

from ansible_collections.bomgar.appliance.plugins.module_utils import appliance as facade
from simulator import tls

SECRETS = ("wrong-secret", "wrong-password", "appliance-password", "login-password", "api-password", "Bearer ")
NOISE = ("Traceback", "{'", "['", "\\'", "\\n", "\n", "<html", "Error(", "..", " .", "None")


def performed(bench, operation, **given):
    """What the module would end with, errors turned into a failed result; waiting moves the simulator's clock."""

    def connect(params, say=None, **_time):
        return bench.appliance(params)

    with mock.patch.object(facade, "connect", connect):
        return operation.perform(bench.params(operation, **given), say=bench.lines.append)


def sentence(bench, operation, *, host=None, **given):
    """The message of a failing module, once it reads well: its host named once at the start, no noise, no secret."""
    result = performed(bench, operation, **given)
    assert result.get("failed"), result
    message, host = result["msg"], host or bench.running.url.rpartition("/")[2]
    assert message.startswith(f"{host}: ") and message.count(host) == 1, message
    readable(message)
    secrets = [*SECRETS, *(account["client_secret"] for account in bench.running.world["accounts"]["api"])]
    assert not [secret for secret in secrets if secret in str(result)], message
    return message


def readable(message):
    assert message.count("It answered:") + message.count("Found:") <= 1, message
    assert not [noise for noise in NOISE if noise in message], message
    assert message.rstrip("'\")").endswith((".", "?")), message
    assert len(message) < 700, message


def asked(bench, *paths, method=None):
    """How many requests of the log went to one of these paths."""
    return sum(entry["path"] in paths and method in (None, entry["method"]) for entry in bench.running.requests())


@contextmanager
def another_web_server(secure=True):
    """'host:port' of a web server that is no appliance and greets everybody with its own page."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Greeter)
    if secure:
        server.socket = _tls().wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Greeter(BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"<html><head><title>Welcome to nginx!</title></head><body><h1>It works</h1></body></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *arguments):
        """Quiet."""


def _tls():
    authority, key = tls.authority(), tls.private_key("ec", "another server")
    leaf = tls.build(
        tls.subject("localhost"),
        key,
        authority.intermediate.subject,
        authority.key,
        (tls.BEGINNING, tls.END),
        names=("localhost", "127.0.0.1"),
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        chain, private = Path(folder) / "chain.pem", Path(folder) / "key.pem"
        chain.write_bytes(tls.pem(leaf, authority.intermediate))
        private.write_bytes(tls.pem_key(key))
        context.load_cert_chain(chain, private)
    return context
