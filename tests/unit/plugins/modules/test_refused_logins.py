# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A login that is refused is tried once, whatever the words; an odd secret is never sent; one failing interface is told as such."""

import json
from pathlib import Path

import pytest
from ansible_collections.bomgar.appliance.plugins.modules.appliance_info import OPERATION as INFO
from ansible_collections.bomgar.appliance.plugins.modules.client_info import OPERATION as CLIENTS
from ansible_collections.bomgar.appliance.plugins.modules.failover_role import OPERATION as ROLE
from ansible_collections.bomgar.appliance.plugins.modules.preflight import OPERATION as PREFLIGHT

from . import test_hostile_server
from .test_hostile_server import Handler, ask

server = test_hostile_server.server  # a fixture
FIXTURES = Path(__file__).parents[2] / "fixtures"
LOGIN = b"""<html><head><title>Login</title></head><body><form method="post" action="/appliance/login.ns"><label>Username
<input name="u"></label><label>Password <input name="p" type="password"></label><input type="submit" value="Login"></form></body></html>"""
OLD = {
    "client_id": None,
    "client_secret": None,
    "username": "admin",
    "password": "api-canary",
    "web_username": None,
    "login_username": None,
}


def sent(server, secret):
    return [request for request in server.seen if secret in request]


@pytest.mark.parametrize("text", ["Access denied", "Login failed.", "Your user is locked", "Anmeldung fehlgeschlagen", "Computer says no"])
@pytest.mark.parametrize("status", [200, 403])
def test_a_refused_password_is_sent_once(server, tmp_path, text, status):
    """To the Command API, whatever words refuse it."""
    shop = server(lambda handler: handler.give(f"<error xmlns='urn:x'>{text}</error>".encode(), status=status))
    result, _seconds, _peak = ask(shop, PREFLIGHT, tmp_path, **OLD)
    assert not result.get("passed") and len(sent(shop, "password=api-canary")) == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b'{"error": "invalid_grant", "message": "no"}'),
        (400, b'{"error": "unauthorized_client"}'),
        (401, b"Nope"),
        (403, b"<p>no</p>"),
        (200, b"Invalid credentials"),
        (200, LOGIN),
        (422, b'{"errors": {"client_secret": ["wrong"]}}'),
    ],
)
def test_refused_secret_is_sent_once(server, tmp_path, monkeypatch, status, body):
    def refuse(handler):
        handler.server.seen.append(handler.path)
        handler.give(body, "text/plain", status)

    monkeypatch.setattr(Handler, "do_POST", refuse)
    shop = server(lambda handler: handler.give(b"<x/>"))
    result, _seconds, _peak = ask(shop, PREFLIGHT, tmp_path, web_username=None, login_username=None)
    assert not result.get("passed") and shop.seen.count("/oauth2/token") == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, LOGIN),
        (403, b"<html>Too many attempts</html>"),
        (401, b"no"),
        (400, LOGIN),
        (404, b""),
    ],
)
def test_refused_page_password_is_sent_once(server, tmp_path, status, body):
    def answer(handler):
        if handler.path.startswith("/appliance"):
            handler.give(body if handler.command == "POST" else LOGIN, "text/html", status if handler.command == "POST" else 200)
        else:
            handler.give(b"{}", "application/json")

    shop = server(answer)
    result, _seconds, _peak = ask(shop, PREFLIGHT, tmp_path, login_username=None)
    assert not result.get("passed") and len(sent(shop, "web-canary")) == 1


@pytest.mark.parametrize(
    "secret", ["hunter2\n", "hunter2\r\n", " hunter2", "\thunter2", "hunt\ner2", "hunter2\x00", "\ufeffhunter2", "hunt\u2028er2"]
)
@pytest.mark.parametrize("option", ["client_secret", "web_password", "login_password", "client_id"])
def test_line_break_in_secret_is_refused(server, tmp_path, option, secret):
    """By its name, before anything is sent."""
    shop = server(lambda handler: handler.give(b"<x/>"))
    result, _seconds, _peak = ask(shop, INFO, tmp_path, **{option: secret})
    assert result["failed"] and result["outcome"] == "nothing_done" and f"{option} " in result["msg"] and "hunt" not in result["msg"]
    assert shop.seen == []


def test_peer_secret_is_verified_too(server, tmp_path):
    shop = server(lambda handler: handler.give(b"<x/>"))
    peer = {"url": shop.url, "client_id": "me", "client_secret": "hunter2\n"}
    result, _seconds, _peak = ask(shop, ROLE, tmp_path, role="primary", peer=peer)
    assert "peer.client_secret ends with a line break" in result["msg"] and shop.seen == []


def test_a_secret_with_blanks_inside_is_a_secret(server, tmp_path):
    shop = server(lambda handler: handler.give(b"<x/>"))
    result, _seconds, _peak = ask(shop, INFO, tmp_path, client_secret="three short words")
    assert shop.seen and result["error"] != "InvalidInput"


def one_fails(handler):
    """An honest appliance whose Configuration API fails."""
    known = {
        "/api/command/v2/info": "info",
        "/api/command/v2/health": "health",
        "/api/command/v2/appliance": "appliance",
        "/api/command/v2/appliance/client-count": "client_count",
    }
    path = handler.path.partition("?")[0]
    if path == "/check_health":
        handler.give(b"1", "text/plain")
    elif path in known:
        handler.give((FIXTURES / "command_json" / f"{known[path]}.json").read_bytes(), "application/json")
    else:
        handler.give(json.dumps({"message": "Internal error"}).encode(), "application/json", 500)


def test_failed_interface_names_the_working_ones(server, tmp_path):
    result, _seconds, _peak = ask(server(one_fails), CLIENTS, tmp_path)
    assert result["failed"] and result["error"] == "Unavailable" and result["outcome"] == "nothing_done"
    assert "Configuration API is not available now" in result["msg"] and "Internal error" in result["msg"]
    assert "not starting: /check_health reports that it is healthy" in result["msg"] and "Command API" in result["msg"]


def test_starting_appliance_is_reported_as_before(server, tmp_path):
    result, _seconds, _peak = ask(server(lambda handler: handler.give(b"", status=502)), CLIENTS, tmp_path)
    assert "/check_health does not respond either: the appliance may be starting or installing" in result["msg"]
