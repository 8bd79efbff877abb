# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A server that repeats what it was sent, as a proxy's error page or a debugging appliance does."""

import base64
import http.server
import json
import threading
from urllib.parse import unquote_plus

from .sentences import _tls


class EchoServer(http.server.ThreadingHTTPServer):
    """HTTPS on a free port. answer(handler, sent) gives (status, content type, body); sent: all that came, also decoded."""

    daemon_threads = True

    def __init__(self, answer):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.socket = _tls().wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self):
        return f"https://127.0.0.1:{self.server_port}"

    def handle_error(self, request, client_address):
        """The client went away, as it may."""

    def stop(self):
        self.shutdown()
        self.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("latin-1")
        status, kind, answer = self.server.answer(self, f"{self.headers}\n{body}\n{unquote_plus(body)}\n{_decoded(self.headers)}")
        self.send_response(status)
        content = answer.encode("utf-8", "surrogatepass")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Set-Cookie", "sid=s3ssion-of-the-page; Path=/")
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET

    def log_message(self, *arguments):
        """Quiet."""


def _decoded(headers):
    kind, _blank, value = headers.get("Authorization", "").partition(" ")
    return base64.b64decode(value).decode("latin-1") if kind == "Basic" else ""


def token(value="t0ken-of-the-account-0123456789"):
    """The answer of the token address."""
    return 200, "application/json", json.dumps({"access_token": value, "token_type": "Bearer", "expires_in": 3600})
