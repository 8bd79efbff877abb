# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""As much of an appliance as a backup needs, over TLS and as fast as OpenSSL: python fast_server.py FOLDER BYTES.

FOLDER holds server.pem (key and certificate) and the answers info.json and health.json. The port goes to standard output.
No simulator: one large send() hands 16 records to OpenSSL, so that Python costs next to nothing here.
"""

import os
import pathlib
import ssl
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FOLDER, BYTES = pathlib.Path(sys.argv[1]), int(sys.argv[2])
BLOCK = os.urandom(1 << 18)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        self.request = CONTEXT.wrap_socket(self.request, server_side=True)
        super().setup()

    def do_GET(self):
        if self.path == "/api/backup":
            self.head("application/octet-stream", BYTES)
            for done in range(0, BYTES, len(BLOCK)):
                self.wfile.write(BLOCK[: BYTES - done])
        else:
            self.short((FOLDER / (self.path.rpartition("/")[2] + ".json")).read_bytes())

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.short(b'{"access_token": "t", "token_type": "Bearer", "expires_in": 3600}')

    def short(self, body):
        self.head("application/json", len(body))
        self.wfile.write(body)

    def head(self, kind, length):
        self.send_response(200)
        for name, value in (("Content-Type", kind), ("Content-Length", length), ("Connection", "close")):
            self.send_header(name, str(value))
        self.end_headers()

    def log_message(self, *_words):
        pass


CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
CONTEXT.load_cert_chain(FOLDER / "server.pem")
SERVER = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(SERVER.server_port, flush=True)
SERVER.serve_forever()
