# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""check_http, a monitor's plugin, and HAProxy, a load balancer, ask /check_health of two simulated nodes."""

import pathlib
import socket
import subprocess

import pytest
import requests
from defusedxml import ElementTree

from tests.support.ansible import play
from tests.support.waiting import until

PLUGINS = "/usr/lib/nagios/plugins"
HOOK = pathlib.Path(__file__).parents[2] / "examples/network/haproxy.yml"
CONFIG = """
global
  stats socket {folder}/admin.sock level admin
defaults
  timeout connect 2s
  timeout client 10s
  timeout server 10s
listen appliances
  mode tcp
  bind fd@{front}
  option httpchk GET /check_health
  http-check expect status 200
  default-server check inter 100ms fall 2 rise 2 check-ssl verify required ca-file {authority} on-marked-down shutdown-sessions
  server a.example.com {a}
  server b.example.com {b}{second}
"""


@pytest.fixture
def pair(run):
    return run("pair_one_hop")


def check(program, url, *options):
    """(exit code, line) of check_http."""
    host, _colon, port = url.removeprefix("https://").partition(":")
    asked = [program, "-I", host, "-p", port, "-u", "/check_health", "--ssl", *options]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout


def judge_health(program, pair):
    for node in ("a", "b"):
        code, line = check(program, pair.url_of(node), "-e", "200", "-s", "The appliance is healthy")
        assert code == 0, line


def test_check_http_finds_both_nodes_healthy(pair, need):
    judge_health(need("check_http", PLUGINS), pair)


def test_check_http_reads_the_days_of_the_certificate(pair, need):
    host, _colon, port = pair.url.removeprefix("https://").partition(":")
    done = subprocess.run(
        [need("check_http", PLUGINS), "-I", host, "-p", port, "-C", "30", "--sni"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_check_http_reports_bad_and_silent_nodes(pair, need):
    program = need("check_http", PLUGINS)
    pair.machine("b").health_problem = "a disk failed"
    assert check(program, pair.url_of("b"))[0] == 2
    with pytest.raises(AssertionError):
        judge_health(program, pair)
    pair.machine("b").health_problem = ""
    pair.fault("drop_before", match={"path": "/check_health"})
    with pytest.raises(AssertionError):
        judge_health(program, pair)


class Balancer:
    """HAProxy before the nodes; it listens on a port of 127.0.0.1 that it inherits, and takes orders on a socket in its folder."""

    def __init__(self, program, pair, folder, second):
        self.folder, config = folder, folder / "haproxy.cfg"
        a, b = (pair.url_of(node).removeprefix("https://") for node in ("a", "b"))
        with socket.create_server(("127.0.0.1", 0)) as front:
            self.url = f"https://127.0.0.1:{front.getsockname()[1]}"
            config.write_text(CONFIG.format(folder=folder, front=front.fileno(), authority=pair.ca_file, a=a, b=b, second=second))
            self.process = subprocess.Popen([program, "-db", "-f", str(config)], pass_fds=[front.fileno()], stderr=subprocess.DEVNULL)

    def states(self):
        """{node: UP, DOWN or MAINT}"""
        with socket.socket(socket.AF_UNIX) as admin:
            admin.settimeout(5)
            admin.connect(str(self.folder / "admin.sock"))
            admin.sendall(b"show stat\n")
            said = b"".join(iter(lambda: admin.recv(65536), b"")).decode()
        rows = [line.split(",") for line in said.splitlines() if line.startswith("appliances,")]
        return {row[1][0]: row[17].split()[0] for row in rows if row[1] not in ("FRONTEND", "BACKEND")}

    def wait(self, **wanted):
        """Until the nodes are in these states."""
        until(
            lambda: self._seen() == wanted,
            lambda: self.process.poll() is None,
            lambda: f"{self._seen()} is not {wanted}",
            seconds=20,
        )

    def _seen(self):
        return self.states() if (self.folder / "admin.sock").exists() else None

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture
def balanced(pair, need, tmp_path):
    """balanced(second) -> a Balancer; second: options of node b."""
    started = []

    def start(second):
        started.append(Balancer(need("haproxy", "/usr/sbin"), pair, tmp_path, second))
        return started[-1]

    yield start
    for one in started:
        one.stop()


def answering(pair, token, url):
    """(host name, failover role) of the node that answers at an address."""
    with requests.Session() as session:
        session.trust_env = False
        headers = {"Authorization": f"Bearer {token(pair, url)}"}
        answer = session.get(f"{url}/api/command?action=check_health", headers=headers, verify=pair.ca_file, timeout=60)
    root = ElementTree.fromstring(answer.text)
    return root.findtext("{*}appliance"), root.findtext("{*}failover_role")


def test_haproxy_drops_and_restores_restarting_node(pair, balanced, token):
    balancer = balanced(" backup")
    balancer.wait(a="UP", b="UP")
    assert answering(pair, token, balancer.url)[0] == "a.example.com"
    pair.machine("a").restart()
    balancer.wait(a="DOWN", b="UP")
    assert answering(pair, token, balancer.url)[0] == "b.example.com"
    pair.advance(3600)
    balancer.wait(a="UP", b="UP")
    assert answering(pair, token, balancer.url)[0] == "a.example.com"


def test_haproxy_leaves_a_node_that_says_500(pair, balanced):
    balancer = balanced(" backup")
    pair.machine("a").health_problem = "a disk failed"
    balancer.wait(a="DOWN", b="UP")


def judge_role(pair, token, url):
    assert answering(pair, token, url)[1] == "primary"


def test_haproxy_follows_roles_by_the_hook(pair, balanced, token, need, tmp_path):
    need("socat")
    balancer = balanced(" disabled")
    balancer.wait(a="UP", b="MAINT")
    judge_role(pair, token, balancer.url)
    pair.pair().set_role(pair.machine("b"), "primary")
    pair.advance(60)
    with pytest.raises(AssertionError):  # the planted fault: nobody called the hook
        judge_role(pair, token, balancer.url)
    said = {"network_hook_from": "a.example.com", "network_hook_to": "b.example.com", "haproxy_socket": str(tmp_path / "admin.sock")}
    play([{"ansible.builtin.include_tasks": {"file": str(HOOK)}, "vars": said}], tmp_path / "play")
    balancer.wait(a="MAINT", b="UP")
    judge_role(pair, token, balancer.url)
