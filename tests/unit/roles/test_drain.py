# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The role that drains, and the shipped notify hooks: who is told what, and what comes of a hook that fails."""

import json
import os
import threading
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from simulator.testing import Running

from tests.support.ansible import ROOT, connection_of, play

pytestmark = pytest.mark.slow
HOOKS = ROOT / "examples/notify"
SECRET = "T0KEN-of-the-webhook"


class Chat:
    """A web server that records what is posted; status: the status of its response."""

    def __init__(self, status=200):
        posted = self.posted = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                posted.append((self.headers["Content-Type"], json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_):
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/{SECRET}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def texts(self):
        return [body["text"] for _kind, body in self.posted]

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def chat():
    servers = []

    def start(status=200):
        servers.append(Chat(status))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def site():
    with Running("json_generation") as running:
        yield running


def drain(running, folder, *, check=True, arguments=(), **given):
    """The finished play of the role with these variables, given with or without its prefix."""
    names = {name if name.startswith(("notify_", "drain_")) else f"drain_{name}": value for name, value in given.items()}
    tasks = [{"ansible.builtin.include_role": {"name": "bomgar.appliance.drain"}, "vars": names}]
    defaults = {"group/bomgar.appliance.appliance": connection_of(running, folder)}
    return play([{"block": tasks, "module_defaults": defaults}], folder, check=check, arguments=arguments, ANSIBLE_SHOW_CUSTOM_STATS="1")


def notify(folder, *, check=True, arguments=(), environment=None, **given):
    task = {"ansible.builtin.include_role": {"name": "bomgar.appliance.drain", "tasks_from": "notify"}, "vars": given}
    return play([task], folder, check=check, arguments=arguments, **(environment or {}))


def to_chat(chat, **more):
    return {"drain_notify_hook": str(HOOKS / "webhook.yml"), "notify_webhook_url": chat.url, **more}


@pytest.mark.mission("M22")
def test_people_are_notified_before_and_at_the_limit(site, tmp_path, chat):
    board = chat()
    done = drain(site, tmp_path, policy="wait", wait_timeout=0, what="The upgrade to 26.2.1", **to_chat(board))
    announced, after = board.texts()
    assert announced.startswith("appliance: The upgrade to 26.2.1 begins as soon as no session runs.") and announced.endswith(
        "(Ada Example)"
    )
    for part in (
        "Everybody is logged out",
        "it is postponed",
        "start it again afterwards so that it upgrades",
        "cannot jump to",
        "head of the queue",
    ):
        assert part in announced
    assert "is postponed because sessions still run. The next attempt is at 20" in after
    stats = done.stdout[done.stdout.index("CUSTOM STATS") :].replace('"', "")
    assert "state: waiting" in stats and "next_run_at: 20" in stats
    assert site.requests("write") == []


def test_a_drain_that_stops_notifies_people_and_fails(site, tmp_path, chat):
    board = chat()
    done = drain(site, tmp_path, check=False, wait_timeout=0, **to_chat(board))
    assert done.returncode == 2
    assert (
        "1 person is logged in, 1 session runs: Ada Example (1 session)" in done.stdout.rpartition("Fail with the reason of the drain")[2]
    )
    assert [("begins as soon" in text, "postponed because" in text) for text in board.texts()] == [(True, False), (False, True)]


def test_terminate_announces_and_ends_the_sessions(site, tmp_path, chat):
    board = chat()
    drain(site, tmp_path, policy="terminate", reason="security update", wait_timeout=0, log_out=True, **to_chat(board))
    announced, after = board.texts()
    assert "are ended, and everybody is logged out." in announced and "sessions that still ran were ended" in after
    assert [one["method"] for one in site.requests("write")] == ["DELETE", "POST"]


def test_nobody_is_notified_if_nobody_is_logged_in(site, tmp_path, chat):
    board = chat()
    site.machine().people.representatives.clear()
    drain(site, tmp_path, **to_chat(board))
    assert board.posted == []


def test_check_mode_notifies_nobody_and_writes_nothing(site, tmp_path, chat):
    board = chat()
    drain(site, tmp_path, arguments=["--check"], policy="terminate", reason="x", **to_chat(board))
    assert board.posted == [] and site.requests("write") == []


def test_hook_works_without_text(tmp_path, chat):
    board = chat()
    notify(tmp_path, **to_chat(board, notify_event="failed", notify_text="It went wrong.", notify_people=["Ada", "Bob"]))
    notify(tmp_path, **to_chat(board, notify_event="waiting", notify_next_run_at="2026-03-02T21:41:00+00:00"))
    kinds = {kind for kind, _body in board.posted}
    assert kinds == {"application/json"}
    assert board.texts() == [
        "appliance: It went wrong. (Ada, Bob)",
        "appliance: An upgrade of this appliance pauses. It continues at 2026-03-02T21:41:00+00:00. You can work meanwhile.",
    ]


@pytest.mark.mission("M42", "M58", "M59")
@pytest.mark.parametrize("event", ["announced", "started", "returned", "failed", "timed_out", "waiting"])
def test_every_event_has_a_text(tmp_path, chat, event):
    board = chat()
    notify(tmp_path, **to_chat(board, notify_event=event))
    assert board.texts()[0].startswith("appliance: An upgrade of this appliance")


def test_an_unknown_event_is_refused(tmp_path):
    done = notify(tmp_path, check=False, notify_event="party")
    assert done.returncode == 2 and "announced" in done.stdout


@pytest.mark.parametrize("kind", ["refused", "away", "no such file"])
@pytest.mark.parametrize("required", [False, True])
def test_failed_hook_warns_or_fails(tmp_path, chat, kind, required):
    board = chat(status=500)
    if kind == "away":
        board.stop()
        board.stop = lambda: None
    hook = str(HOOKS / ("webhook.yml" if kind != "no such file" else "none.yml"))
    given = to_chat(board, notify_event="started", drain_notify_hook=hook, drain_notify_required=required)
    done = notify(tmp_path, check=False, arguments=["-vvv"], **given)
    assert done.returncode == (2 if required else 0)
    assert "nobody was notified of 'started'" in done.stdout and ("Warning: appliance" in done.stdout) is not required
    assert SECRET not in done.stdout + done.stderr


MAIL = """#!/bin/sh
printf '%s\\n' "$@" > "{folder}/arguments"
cat > "{folder}/mail"
exit {status}
"""


def sendmail(folder, status=0):
    """A sendmail that keeps its arguments and its input; the PATH with it."""
    program = Path(folder) / "bin/sendmail"
    program.parent.mkdir(parents=True)
    program.write_text(MAIL.format(folder=folder, status=status))
    program.chmod(0o755)
    return {"PATH": f"{program.parent}:{os.environ['PATH']}"}


def mail(folder, **more):
    return {
        "drain_notify_hook": str(HOOKS / "mail.yml"),
        "notify_mail_to": ["ops@example.com", "desk@example.com"],
        "notify_mail_from": "upgrade@example.com",
        "notify_event": "started",
        **more,
    }


def test_a_mail_names_the_host_and_the_people(tmp_path):
    notify(tmp_path, environment=sendmail(tmp_path), **mail(tmp_path, notify_text="Grüße.", notify_people=["Ada", "Jörg"]))
    assert (tmp_path / "arguments").read_text().split("\n") == [
        "-i",
        "-f",
        "upgrade@example.com",
        "--",
        "ops@example.com",
        "desk@example.com",
        "",
    ]
    sent = message_from_bytes((tmp_path / "mail").read_bytes(), policy=policy.default)
    assert (sent["To"], sent["Subject"]) == ("ops@example.com, desk@example.com", "appliance: started")
    assert sent.get_content().split("\n") == ["Grüße.", "", "Appliance: appliance", "Logged in: Ada, Jörg", "", ""]


def test_no_value_adds_a_header(tmp_path):
    evil = "x\nBcc: all@example.com\n\nBuy"
    notify(tmp_path, environment=sendmail(tmp_path), **mail(tmp_path, notify_host=evil, notify_people=[evil], notify_text="." + evil))
    sent = message_from_bytes((tmp_path / "mail").read_bytes(), policy=policy.default)
    assert sorted(sent.keys()) == ["Content-Transfer-Encoding", "Content-Type", "From", "MIME-Version", "Subject", "To"]
    assert sent["Subject"] == "x Bcc: all@example.com Buy: started"


def test_a_failed_mail_is_a_warning(tmp_path):
    done = notify(tmp_path, environment=sendmail(tmp_path, status=75), **mail(tmp_path))
    assert "Warning: appliance: nobody was notified of 'started'" in done.stdout
