# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A server that means harm: each answer is refused in bounded time and memory, writes nowhere else, and gets no credentials elsewhere."""

import http.server
import json
import re
import threading
import time
import tracemalloc
from pathlib import Path

import pytest
from ansible_collections.bomgar.appliance.plugins.modules.appliance_info import OPERATION as INFO
from ansible_collections.bomgar.appliance.plugins.modules.backup import OPERATION as BACKUP
from ansible_collections.bomgar.appliance.plugins.modules.client_info import OPERATION as CLIENTS
from ansible_collections.bomgar.appliance.plugins.modules.update_info import OPERATION as UPDATES

from tests.support.sentences import _tls

SECRETS = ("api-canary", "web-canary", "login-canary", "token-canary")
HALF_A_GIGABYTE = 512 * 1024 * 1024
BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a0 "dos">%s]><api_information>&a20;</api_information>""" % b"".join(
    b'<!ENTITY a%d "&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;">' % (n, *[n - 1] * 10) for n in range(1, 21)
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><api_information>&f;</api_information>'
PHISHING = b"""<html><head><title>Login</title></head><body><h1>Login</h1><form method="post" action="%s/steal">
<label for="u">Username</label><input id="u" name="u"><label for="p">Password</label><input id="p" name="p" type="password">
<input type="submit" value="Login"></form></body></html>"""


class Server(http.server.ThreadingHTTPServer):
    """HTTPS on a free port; answer(handler) says what comes. .seen: all bytes that reached it, as text."""

    daemon_threads = True

    def __init__(self, answer, context):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer, self.seen = answer, []
        self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self):
        return f"https://127.0.0.1:{self.server_port}"

    def handle_error(self, request, client_address):
        """The client went away, as it should."""


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.seen.append(f"{self.command} {self.path}\n{self.headers}\n{body.decode('latin-1')}")
        if self.path.startswith("/oauth2/token"):
            self.give(json.dumps({"access_token": "token-canary", "token_type": "Bearer", "expires_in": 3600}).encode(), "application/json")
        else:
            self.server.answer(self)

    do_POST = do_GET

    def give(self, body, kind="text/xml", status=200, **headers):
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def pour(self, head, piece, total, kind, pause=0.0):
        """Send much, or slowly: what an honest appliance never does."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(head)
        for _piece in range(total // len(piece)):
            self.wfile.write(piece)
            time.sleep(pause)

    def log_message(self, *arguments):
        """Quiet."""


@pytest.fixture
def server():
    context, started = _tls(), []

    def start(answer):
        started.append(Server(answer, context))
        return started[-1]

    yield start
    for one in started:
        one.shutdown()
        one.server_close()


def ask(server, operation, folder, **given):
    """(result, seconds, peak bytes of memory) of an operation against it."""
    params = {
        "url": server.url,
        "client_id": "me",
        "client_secret": "api-canary",
        "username": None,
        "password": None,
        "validate_certs": False,
        "ca_path": None,
        "timeout": 1,
        "cache_dir": str(folder / "cache"),
        "web_username": "admin",
        "web_password": "web-canary",
        "login_username": "admin",
        "login_password": "login-canary",
        "web_labels": {},
        "accept_login_agreement": True,
        "page_dir": str(folder / "pages"),
        **{name: option.get("default") for name, option in operation.options.items()},
        **given,
    }
    tracemalloc.start()
    begun = time.monotonic()
    result = operation.perform(params)
    seconds, (_now, peak) = time.monotonic() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return result, seconds, peak


def refused(result, seconds, peak, *, within=60, most=220):
    assert result["failed"] and result["error"] and not any(secret in str(result) for secret in SECRETS), result
    assert seconds < within and peak < most * 1024 * 1024, (seconds, peak)
    return result["msg"]


def not_told(server):
    assert not [secret for secret in SECRETS if secret in "".join(server.seen)], server.seen


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("operation", [INFO, UPDATES])
def test_a_redirect_to_another_host_is_not_followed(server, tmp_path, status, operation):
    """No credentials are sent there."""
    thief = server(lambda handler: handler.give(b"<x/>"))
    shop = server(lambda handler: handler.give(b"", status=status, Location=f"{thief.url}/api/command"))
    refused(*ask(shop, operation, tmp_path))
    assert thief.seen == []


def test_redirected_token_request_keeps_secret(server, tmp_path, monkeypatch):
    """A token request that is redirected sends the secret nowhere else."""
    thief = server(lambda handler: handler.give(b"{}"))

    def answer(handler):
        handler.give(b"", status=307, Location=f"{thief.url}/oauth2/token")

    shop = server(lambda handler: handler.give(b"<x/>"))
    monkeypatch.setattr(Handler, "do_POST", answer)
    refused(*ask(shop, INFO, tmp_path))
    assert thief.seen == []


@pytest.mark.parametrize("body", [BOMB, OUTSIDE], ids=["entities", "a file of ours"])
def test_entities_are_not_expanded(server, tmp_path, body):
    message = refused(*ask(server(lambda handler: handler.give(body)), INFO, tmp_path), most=60)
    assert "root:" not in message


def test_endless_json_stops_at_the_limit(server, tmp_path):
    piece = b'{"id": 1, "name": "' + b"x" * 65500 + b'"},'
    shop = server(lambda handler: handler.pour(b"[", piece, 20 * HALF_A_GIGABYTE, "application/json"))
    message = refused(*ask(shop, INFO, tmp_path))
    assert "larger than" in message or "not complete" in message


def test_endless_page_stops_at_the_limit(server, tmp_path):
    shop = server(lambda handler: handler.pour(b"<html>", b"<p>more</p>" * 6000, 20 * HALF_A_GIGABYTE, "text/html"))
    refused(*ask(shop, UPDATES, tmp_path))


def test_a_body_that_drips_ends_at_its_deadline(server, tmp_path):
    refused(*ask(server(lambda handler: handler.pour(b"<a", b" ", 10_000, "text/xml", pause=0.2)), INFO, tmp_path))


def test_headers_without_an_end_are_refused(server, tmp_path):
    def answer(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-More: 1\r\n" * 100_000)

    refused(*ask(server(answer), INFO, tmp_path))


def test_server_name_chooses_no_path(server, tmp_path):
    recorded = Path(__file__).parents[2] / "fixtures/command_xml"
    info = (recorded / "get_api_info.xml").read_bytes()
    health = (recorded / "check_health_standalone.xml").read_bytes()
    health = re.sub(rb">[^<>]*</appliance>", b">../../evil</appliance>", health)

    def answer(handler):
        if "get_api_info" in handler.path:
            handler.give(info)
        elif "/v2/" in handler.path:
            handler.give(b"<h1>404 Document Not Found</h1>", "text/html", status=404)
        elif "/api/backup" in handler.path:
            handler.give(b"NSB\x00" * 4000, "application/octet-stream", Content_Disposition='attachment; filename="../../evil.nsb"')
        else:
            handler.give(health)

    result, _seconds, _peak = ask(server(answer), BACKUP, tmp_path, dest=str(tmp_path / "site" / "backups"))
    assert not result.get("failed"), result
    written = [path for path in tmp_path.rglob("*") if path.is_file() and "cache" not in path.parts]
    assert len(written) == 2 and all(path.parent == tmp_path / "site" / "backups" for path in written), written
    assert list(tmp_path.parent.glob("*evil*")) == []


def test_a_form_that_leads_elsewhere_gets_no_password(server, tmp_path):
    thief = server(lambda handler: handler.give(b"<html/>", "text/html"))
    shop = server(lambda handler: handler.give(PHISHING % thief.url.encode(), "text/html"))
    refused(*ask(shop, UPDATES, tmp_path))
    assert thief.seen == []
    not_told(shop)


def test_endless_client_list_is_left(server, tmp_path):
    """Each page says that there is another one."""
    recorded = Path(__file__).parents[2] / "fixtures"
    (row,) = json.loads((recorded / "configuration/jump_client.json").read_text())

    def answer(handler):
        if "/api/config" not in handler.path:
            name = "info" if handler.path.endswith("/info") else "client_count"
            return handler.give((recorded / f"command_json/{name}.json").read_bytes(), "application/json")
        page = json.dumps([dict(row, id=number) for number in range(100)]).encode()
        return handler.give(page, "application/json", X_BT_Pagination_Total="100000000", X_BT_Pagination_Last_Page="1000000")

    message = refused(*ask(server(answer), CLIENTS, tmp_path))
    assert "/api/config" in message, message


def test_servers_get_their_own_secrets(server, tmp_path):
    """Otherwise the tests above prove nothing."""
    shop = server(lambda handler: handler.give(b"<api_information/>"))
    ask(shop, INFO, tmp_path)
    assert "token-canary" in "".join(shop.seen)
