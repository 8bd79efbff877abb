# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""From the wire to the module: whatever an appliance sends, an operation ends with a result or with one of our errors.

The bytes of an answer are read by http.client and requests as they come; the operations are called below the net of Operation.perform,
which would hide a fault of this collection.
"""

from __future__ import annotations

import http.client
import importlib
import io
import tempfile

import pytest
import requests
import urllib3
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.bomgar.appliance.plugins.module_utils.appliance import connect
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError
from hypothesis import given, settings
from hypothesis import strategies as st

from .test_parsers import FIXTURES, damaged, recorded

MODULES = "ansible_collections.bomgar.appliance.plugins.modules"
GIVEN = {
    "appliance_info": {},
    "client_info": {},
    "client_list": {"dest": "clients.csv"},
    "update_info": {"check": True, "download_key": True},
    "preflight": {},
    "backup": {"dest": "backups"},
    "certificate_export": {"dest": "certificates", "passphrase": "a long passphrase"},
    "session_drain": {"policy": "stop"},
    "jump_client_settings": {"max_concurrent": 5},
    "console_installer": {"dest": "consoles"},
    "client_installers": {"state": "recorded"},
    "failover_role": {"role": "primary"},
    "failover_sync": {},
    "failover_relation": {"state": "absent"},
    "update_install": {"package": "Bomgar 20.2.1", "keys_waiver": "a test"},
}
PAIRS = ("failover_role", "failover_sync", "failover_relation")
CONNECTION = {
    "url": "https://a.example.com",
    "client_id": "robot",
    "client_secret": "secret",
    "web_username": "admin",
    "web_password": "secret",
    "login_username": "admin",
    "login_password": "secret",
    "accept_login_agreement": True,
}
OLD = {**CONNECTION, "client_id": None, "client_secret": None, "username": "admin", "password": "secret"}

NUMBERS = ["²", "٣", "-1", "0", "9" * 5000, "1e9", "NaN", "", " 7 ", "0x10", "1_0"]
ADDRESSES = [
    "https://a.example.com:port/",
    "https://[::1/",
    "http://[",
    "//a.example.com:99999/",
    "https://a.example.com:²/",
    "/login/x\r\n y",
    "https://a.example.com\\@evil.example.net/",
    "\x00",
    "javascript:x()",
    "//",
    "?",
    "https://[v1.x]/",
    "/" + "a" * 9000,
]
HEADERS = st.one_of(
    st.tuples(
        st.sampled_from(
            [
                "Retry-After",
                "Content-Length",
                "X-RateLimit-Remaining",
                "X-RateLimit-Limit",
                "X-BT-Pagination-Total",
                "X-BT-Pagination-Last-Page",
                "X-BT-Pagination-Current-Page",
            ]
        ),
        st.sampled_from(NUMBERS),
    ),
    st.tuples(st.sampled_from(["Location", "Link", "Refresh", "Content-Location"]), st.sampled_from(ADDRESSES)),
    st.tuples(
        st.just("Content-Type"),
        st.sampled_from(
            [
                "text/html; charset=idna",
                "text/html; charset=unicode_escape",
                "application/json",
                'text/xml; charset="',
                "text/html;charset=utf-16",
                ";;;",
                "é/ü",
                "application/octet-stream",
            ]
        ),
    ),
    st.tuples(st.just("Set-Cookie"), st.sampled_from(["a=b; Max-Age=²", "=; path=[", "a=\xff", "x" * 5000, "a=b; expires=no; domain=[::"])),
    st.tuples(st.sampled_from(["Transfer-Encoding", "Content-Encoding", "Content-Disposition"]), st.sampled_from(["chunked", "gzip", "²"])),
)
LINKS = "".join(
    f'<a href="{one}">Updates</a><a href="{one}">Status</a><a href="{one}">Basics</a><a href="{one}">Management</a>'
    f'<form action="{one}" method="{method}"><input name=u><input type=password name=p><input type=submit value=Login></form>'
    for one in ADDRESSES
    for method in ("get", "post")
)
ODD = [
    b"[" * 200_000,
    b'{"a":' * 500 + b"1" + b"}" * 500,
    b"NaN",
    b'[{"id": 1e999}]',
    b'{"version": "\\ud800"}',
    b"\x00" * 50,
    b"\xff\xfe<\x00a\x00>",
    b"<a>" * 5000,
    b"<?xml version='1.0' encoding='foo'?><a/>",
    b"<?xml version='1.0' encoding='utf-16'?><a/>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    b"<p>&#999999999;&#xD800;&#" + b"9" * 5000 + b";</p>",
    b"<div>" * 990,
    b"<![foo[",
    b"<html><base href='http://['>" + LINKS.encode(),
    *(f'<html><meta http-equiv=refresh content="0;url={one}"></html>'.encode() for one in ADDRESSES),
    *(f"<html><script>location='{one}'</script></html>".encode() for one in ADDRESSES[:4]),
    b"<error>Invalid credentials</error>",
    b"<error/>",
    b'{"errors": [[[]]], "message": {}}',
    b"",
    b"<html><title>Updates</title><a href=x>Log Out</a><table>"
    + b"<tr><td>Bomgar 9999999999999999999.1</td></tr>" * 3
    + b"</table></html>",
    b"<html><a>Log Out</a>Uptime: 9999999999 %, 99999999999999999999:99 width: 999%<progress value=nan max=0></html>",
]
SAMPLES = (
    recorded("pages", "html")
    + recorded("pages_instead", "html")
    + recorded("command_xml", "xml")
    + recorded("command_json", "json")
    + recorded("configuration", "json")
)


@st.composite
def answers(draw):
    """The bytes of one HTTP answer."""
    body = draw(st.one_of(st.sampled_from(ODD), damaged(SAMPLES), st.sampled_from(SAMPLES)))
    status = draw(st.sampled_from([200, 200, 200, 200, 302, 400, 401, 403, 404, 422, 429, 500, 503]))
    lines = [f"HTTP/1.1 {status} x", *(f"{name}: {value}" for name, value in draw(st.lists(HEADERS, max_size=3)))]
    return "\r\n".join(lines).replace("\r\n y", "").encode("utf-8") + b"\r\n\r\n" + body


GOOD = {
    "/oauth2/token": b'{"access_token": "t", "token_type": "Bearer", "expires_in": 3600}',
    **{
        f"/api/command/v2/{name.replace('_', '-')}": (FIXTURES / f"command_json/{name}.json").read_bytes()
        for name in ("info", "health", "appliance", "user")
    },
    "/api/command/v2/appliance/client-count": (FIXTURES / "command_json/client_count.json").read_bytes(),
    **{
        f"action={name}": (FIXTURES / f"command_xml/{name}.xml").read_bytes()
        for name in ("get_api_info", "get_appliances", "get_connected_client_list", "get_logged_in_reps")
    },
    "action=check_health": (FIXTURES / "command_xml/check_health_primary.xml").read_bytes(),
    "/api/config/v1/jump-client": b"[" + (FIXTURES / "configuration/jump_client.json").read_bytes() + b"]",
    "/api/config/v1/jumpoint": b"[" + (FIXTURES / "configuration/jumpoint.json").read_bytes() + b"]",
}
PAGES = recorded("pages", "html")


class Wire(requests.adapters.HTTPAdapter):
    """Gives the answers in turn, again and again; None among them is what an honest appliance answers there, tokens always are."""

    def __init__(self, given):
        super().__init__()
        self._given, self._count = given, 0

    def send(self, request, **_options):
        content = self._given[self._count % len(self._given)]
        if content is None or request.path_url.startswith("/oauth2/"):
            content = b"HTTP/1.1 200 OK\r\n\r\n" + self._honest(f"{request.path_url} {request.body}")
        self._count += 1
        if self._count > 300:
            raise AssertionError("it asks without an end")
        inside = http.client.HTTPResponse(Wired(content), method=request.method)
        try:
            inside.begin()
        except (http.client.HTTPException, OSError) as exc:
            raise requests.ConnectionError(exc) from exc
        headers = urllib3.HTTPHeaderDict(inside.msg.items())
        answer = urllib3.HTTPResponse(inside, headers=headers, status=inside.status, preload_content=False, original_response=inside)
        return self.build_response(request, answer)

    def _honest(self, asked):
        known = [body for path, body in GOOD.items() if path in asked]
        return known[-1] if known else PAGES[self._count % len(PAGES)]


class Wired:
    def __init__(self, content):
        self._content = content

    def makefile(self, _mode):
        return io.BytesIO(self._content)


class Time:
    """Waiting costs nothing."""

    def __init__(self):
        self.now = 0.0

    def clock(self):
        self.now += 0.01
        return self.now

    def sleep(self, seconds):
        self.now += seconds


def appliance_of(params, wire, time):
    one = connect(params, clock=time.clock, sleep=time.sleep)
    one._transport._session.mount("https://", wire)
    one.certificate = one.distrust = lambda *_name: b""  # these make a connection of their own
    one.tls_version = lambda: "TLSv1.3"
    with_connection = one.with_connection
    one.with_connection = lambda params: _mounted(with_connection(params), wire)
    return one


def _mounted(one, wire):
    one._transport._session.mount("https://", wire)
    one.certificate = one.distrust = lambda *_name: b""
    return one


@pytest.mark.parametrize("connection", [CONNECTION, OLD], ids=["account", "user"])
@pytest.mark.parametrize("name", GIVEN)
@settings(max_examples=8)
@given(given_answers=st.lists(st.one_of(st.none(), st.none(), answers()), min_size=1, max_size=12))
def test_any_bytes_give_response_or_own_error(name, connection, given_answers):
    operation, time = importlib.import_module(f"{MODULES}.{name}").OPERATION, Time()
    with tempfile.TemporaryDirectory() as folder:
        more = {option: f"{folder}/{value}" if option == "dest" else value for option, value in GIVEN[name].items()}
        if name in PAIRS:
            more["peer"] = dict(connection, url="https://b.example.com")
        spec = operation.argument_spec()
        checked = ArgumentSpecValidator(spec, **operation.rules).validate({**connection, "cache_dir": f"{folder}/cache", **more})
        assert not checked.error_messages, checked.error_messages
        params = checked.validated_parameters
        try:
            operation.function(appliance_of(params, Wire(given_answers), time), params, check_mode=False)
        except ApplianceError as exc:
            assert str(exc).strip()
