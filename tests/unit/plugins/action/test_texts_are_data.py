# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What an appliance says is data on a terminal and in a template, and repeats no secret: in this process and on a bastion."""

import base64
import json
import re

import pytest

from tests.support.ansible import play
from tests.support.echo import EchoServer, token

pytestmark = pytest.mark.slow
WAYS = {"in-process": "appliance ansible_connection=local", "bastion": "appliance ansible_connection=bastion"}
SECRETS = {"client_secret": "api  secret \ufb01ve", "web_password": "w3b&password", "login_password": "l0gin-password"}
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u200b-\u200f]")
EVIL = "Base 6.2.0 \x1b]0;OWNED\x07\x1b[2J\x9b31m\u202e {{ 617 * 1003 }}{% set x = 1 %} \r\n[appliance] all is well"


@pytest.fixture
def server():
    started = []

    def start(answer):
        started.append(EchoServer(answer))
        return started[-1]

    yield start
    for one in started:
        one.stop()


def connection(server, folder, **more):
    return {
        "url": server.url,
        "validate_certs": False,
        "client_id": "me",
        "web_username": "admin",
        "login_username": "admin",
        "cache_dir": str(folder / "cache"),
        **SECRETS,
        **more,
    }


def repeats(handler, sent):
    if handler.path.startswith("/oauth2/token"):
        return token()
    return 500, "text/html", f"<html><body><h1>Error</h1><p>{EVIL} You sent: {sent}</p></body></html>"


def everything(seen, done):
    return json.dumps(seen, ensure_ascii=False) + done.stdout + done.stderr


@pytest.mark.parametrize("way", WAYS)
def test_echoing_server_shows_no_secret(server, tmp_path, way):
    """A response that repeats everything shows no secret and has no effect."""
    tasks = [
        {"bomgar.appliance.appliance_info": connection(server(repeats), tmp_path), "register": "seen", "ignore_errors": True},
        {
            "bomgar.appliance.update_info": connection(server(repeats), tmp_path, page_dir=str(tmp_path / "pages")),
            "register": "page",
            "ignore_errors": True,
        },
        {"ansible.builtin.set_fact": {"told": "It said: {{ seen.msg }}"}},
        {"ansible.builtin.debug": {"msg": "{{ told }}"}},
        {"ansible.builtin.copy": {"content": "{{ [seen, page, told] | to_json }}", "dest": str(tmp_path / "seen.json")}},
    ]
    done = play(tasks, tmp_path, hosts=WAYS[way], arguments=["-vvv"])
    seen = json.loads((tmp_path / "seen.json").read_text())
    text = everything(seen, done)
    derived = ["t0ken-of-the-account", "s3ssion-of-the-page", base64.b64encode(f"me:{SECRETS['client_secret']}".encode()).decode()]
    for secret in [*SECRETS.values(), "api secret five", "w3b&amp;password", "w3b%26password", *derived]:
        assert secret not in text, secret
    assert not ACTS.search(json.dumps(seen, ensure_ascii=False) + done.stdout)
    assert "{{ 617 * 1003 }}" in seen[2] and "618851" not in seen[2]  # the text of the answer was not templated
    assert len([line for line in done.stdout.splitlines() if line.startswith("[appliance] all is well")]) == 0


WRONG = {
    "a list in the list": {"nodes": [[{"client_secret": "s3cr3t-value", "url": "a"}]]},
    "a text in the list": {"nodes": ["client_secret=s3cr3t-value url=a"]},
    "a dictionary": {"nodes": {"client_secret": "s3cr3t-value"}},
    "a text": {"nodes": "client_secret=s3cr3t-value"},
    "a misspelled name": {"nodes": [{"client_secrt": "s3cr3t-value", "url": "a", "client_id": "b"}]},
    "a number": {"nodes": 3},
    "a password in the address": {"nodes": [{"url": "https://me:s3cr3t-value@host", "client_id": "b", "client_secret": "other-value"}] * 2},
}


@pytest.mark.parametrize("way", WAYS)
def test_wrong_options_are_refused_without_values(tmp_path, way):
    tasks = [
        {"bomgar.appliance.failover_info": given, "ignore_errors": True, "register": f"r{number}"}
        for number, given in enumerate(WRONG.values())
    ]
    tasks += [
        {
            "bomgar.appliance.failover_sync": {"peer": [{"client_secret": "s3cr3t-value"}], "url": "h", "client_id": "a"},
            "ignore_errors": True,
            "register": "r7",
        },
        {
            "bomgar.appliance.appliance_info": {"url": "https://me:s3cr3t-value@host", "client_id": "a", "client_secret": "another"},
            "ignore_errors": True,
            "register": "r8",
        },
        {
            "bomgar.appliance.appliance_info": {"url": "https://me:s3cr3t-value@host", "timeout": "soon"},
            "ignore_errors": True,
            "register": "r9",
        },
        {"ansible.builtin.assert": {"that": "[r9, r0, r1, r2, r3, r4, r5, r6, r7, r8] | rejectattr('failed') | length == 0"}},
    ]
    done = play(tasks, tmp_path, hosts=WAYS[way], arguments=["-vvv"])
    assert "s3cr3t-value" not in done.stdout + done.stderr
    assert done.stdout.count("The option 'nodes' must be a list of dictionaries.") >= 5


@pytest.mark.parametrize("way", WAYS)
def test_a_secret_inside_other_texts(server, tmp_path, way):
    """The path and the host stay whole; a word of the vendor is refused."""
    path = str(tmp_path / "w3b-folder" / "authority.pem")
    tasks = [
        {
            "bomgar.appliance.update_info": connection(server(repeats), tmp_path, web_password="27.0.0.1:"),
            "ignore_errors": True,
            "register": "host",
        },
        {
            "bomgar.appliance.update_info": connection(
                server(repeats), tmp_path, web_password="w3b-folder", ca_path=path, validate_certs=True
            ),
            "ignore_errors": True,
            "register": "folder",
        },
        {
            "bomgar.appliance.update_info": connection(server(repeats), tmp_path, web_password="BeyondTrust"),
            "ignore_errors": True,
            "register": "vendor",
        },
        {
            "bomgar.appliance.role_arguments": {"role": "upgrade", "require": False},
            "ignore_errors": True,
            "register": "role",
            "vars": {"backup_certificate_passphrase": "primary"},
        },
        {"ansible.builtin.copy": {"content": "{{ [host, folder, vendor, role] | to_json }}", "dest": str(tmp_path / "seen.json")}},
    ]
    play(tasks, tmp_path, hosts=WAYS[way])
    host, folder, vendor, role = json.loads((tmp_path / "seen.json").read_text())
    assert "127.0.0.1:" in host["msg"] and path in folder["msg"]
    assert vendor["error"] == "InvalidInput" and "'web_password'" in vendor["msg"] and vendor["outcome"] == "nothing_done"
    assert role["failed"] and "'backup_certificate_passphrase'" in role["msg"] and role["outcome"] == "nothing_done"
