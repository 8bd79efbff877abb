# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Prism stands between the collection and the simulator and refuses what our description of the Command API v2 does not allow.

HAProxy before it speaks TLS, and leads what is not of that API to the simulator.
"""

import datetime
import os
import socket
import subprocess

import pytest
import requests
from simulator import tls

from tests.support.ansible import ROOT, command, program
from tests.support.waiting import until

from .sites import NODE, write_inventory

pytestmark = pytest.mark.slow
DESCRIPTION = ROOT / "docs/vendor/command-api-v2.openapi.yaml"
BASE = "/api/command/v2"
CONFIG = """
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
frontend site
  bind fd@{front} ssl crt {folder}/site.pem
  use_backend described if {{ path_beg {base}/ }}
  default_backend simulator
backend described
  http-request set-path %[path,regsub(^{base},)]
  server prism 127.0.0.1:{prism}
backend simulator
  server simulator {simulator} ssl verify required ca-file {authority}
"""


class Way:
    """The way to a simulator by Prism; .url is what a client uses."""

    def __init__(self, haproxy, prism, running, folder):
        self.log, self.folder = folder / "prism.log", folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        surrounding = {"PATH": os.environ["PATH"], "NODE_EXTRA_CA_CERTS": running.ca_file, "HOME": str(folder)}
        said = self.log.open("w", encoding="utf-8")
        asked = [prism, "proxy", str(DESCRIPTION), running.url + BASE, "--port", str(port), "--errors"]
        self.processes = [subprocess.Popen(asked, env=surrounding, stdout=said, stderr=said)]
        said.close()
        self._certificate()
        with socket.create_server(("127.0.0.1", 0)) as front:
            self.url = f"https://127.0.0.1:{front.getsockname()[1]}"
            names = {"folder": folder, "front": front.fileno(), "prism": port, "base": BASE, "authority": running.ca_file}
            (folder / "haproxy.cfg").write_text(CONFIG.format(**names, simulator=running.url.removeprefix("https://")))
            self.processes.append(subprocess.Popen([haproxy, "-db", "-f", str(folder / "haproxy.cfg")], pass_fds=[front.fileno()]))
        self._wait(port)

    def _certificate(self):
        key, now = tls.private_key("ec", "way"), datetime.datetime.now(datetime.timezone.utc)
        valid = (now - datetime.timedelta(days=1), now + datetime.timedelta(days=100))
        leaf = tls.authority().leaf("localhost", key, valid, ("localhost", "127.0.0.1"))
        (self.folder / "site.pem").write_bytes(tls.pem_key(key) + tls.pem(leaf, tls.authority().intermediate))

    def _wait(self, port):
        until(
            lambda: not socket.socket().connect_ex(("127.0.0.1", port)),
            lambda: self.processes[0].poll() is None,
            self.log.read_text,
            seconds=60,
        )

    def violations(self):
        """What Prism refused, a request or a reply."""
        return [line for line in self.log.read_text(encoding="utf-8").splitlines() if "prism/errors#" in line]

    def first_violation(self):
        """What Prism refuses first; it writes that after it has answered."""
        until(self.violations, said=self.log.read_text, seconds=60)
        return self.violations()[0]

    def stop(self):
        for process in self.processes:
            process.terminate()
            process.wait(20)


@pytest.fixture
def way(need, tmp_path):
    """way(running) -> a Way."""
    started = []

    def start(running):
        started.append(Way(need("haproxy", "/usr/sbin"), need("prism", NODE), running, tmp_path))
        return started[-1]

    yield start
    for one in started:
        one.stop()


def playbook(name, running, way, folder):
    """The finished playbook on the simulated appliance, which it reaches by Prism."""
    inventory = write_inventory(folder / "inventory.json", running, folder / "site", url=way.url)
    return command([program("ansible-playbook"), "-i", str(inventory), f"bomgar.appliance.{name}"], folder, check=False)


@pytest.mark.parametrize("name", ["status", "preflight"])
def test_what_a_playbook_asks_is_described(run, way, tmp_path, name):
    running = run("json_generation")
    passage = way(running)
    done = playbook(name, running, passage, tmp_path)
    assert passage.violations() == [], done.stdout
    assert "/api/command/v2/health" in {one["path"] for one in running.requests()}, done.stdout + done.stderr
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_whole_upgrade_asks_only_what_is_described(run, way, tmp_path):
    running = run("json_generation", speed=600, idle_speed=28800)
    passage = way(running)
    done = playbook("upgrade", running, passage, tmp_path)
    assert passage.violations() == [], done.stdout
    assert done.returncode == 0, done.stdout + done.stderr
    assert running.machine().version == "26.2.1"


def test_a_planted_fault_in_a_reply_is_reported(run, way, tmp_path):
    running = run("json_generation")
    passage = way(running)
    running.fault("remove_field", field="failover_role", times=None, match={"path": f"{BASE}/health"})
    assert playbook("status", running, passage, tmp_path).returncode != 0
    assert "get /health" in passage.first_violation()


def test_planted_fault_is_refused_before_arrival(run, way, token):
    running = run("json_generation")
    passage = way(running)
    with requests.Session() as session:
        session.trust_env = False
        session.headers["Authorization"] = f"Bearer {token(running)}"
        answer = session.post(f"{passage.url}{BASE}/failover-role", json={"role": "boss"}, verify=running.ca_file, timeout=60)
    assert answer.status_code == 422 and "role" in answer.text
    assert passage.first_violation()
    assert [one for one in running.requests() if one["path"].endswith("/failover-role")] == []
