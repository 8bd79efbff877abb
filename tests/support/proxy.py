# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A proxy as a network has one: the only way to an appliance, whose name nobody else can resolve."""

import contextlib
import socket
import socketserver
import threading

ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


class Proxy(socketserver.ThreadingTCPServer):
    """Use as a context manager. Each CONNECT leads to `port` of this machine, whatever its name; asked lists the names."""

    daemon_threads = allow_reuse_address = True

    def __init__(self, port):
        super().__init__(("127.0.0.1", 0), Tunnel)
        self.port, self.asked = port, []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __exit__(self, *exc):
        self.shutdown()
        super().__exit__(*exc)


class Tunnel(socketserver.StreamRequestHandler):
    def handle(self):
        method, name, _version = self.rfile.readline().decode().split(" ", 2)
        while self.rfile.readline().strip():
            pass
        self.server.asked.append(f"{method} {name}")
        with socket.create_connection(("127.0.0.1", self.server.port)) as appliance:
            self.wfile.write(ESTABLISHED)
            back = threading.Thread(target=copy, args=(appliance, self.connection), daemon=True)
            back.start()
            copy(self.connection, appliance)
            back.join(10)


def copy(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
