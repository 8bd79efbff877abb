# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A small world and a caller for the tests of the simulator itself."""

import pytest
import requests
from simulator import world
from simulator.clock import Clock
from simulator.machine import Machine
from simulator.testing import Running

SMALL = """
schema: 1
name: small
product: rs
clock: {start: "2026-03-01T00:00:00+00:00"}
appliances: [{name: a, hostname: a.example.com, base: 6.2.0, version: 23.2.1}]
packages:
  - {id: base-7, kind: base, version: 7.0.0}
  - {id: site-24, name: BeyondTrust 24.1.2, kind: site, version: 24.1.2, requires: [base-7]}
  - {id: site-25, name: BeyondTrust 25.2.1, kind: site, version: 25.2.1, requires: [site-24]}
accounts:
  api:
    - client_id: full
      client_secret: secret
      permissions: {perm_command: full_access, perm_backup: true, perm_configuration: true}
    - {client_id: reader, client_secret: secret, permissions: {perm_command: read_only}}
    - {client_id: nobody, client_secret: secret}
  appliance: [{username: admin, password: appliance-password}]
  login: [{username: admin, password: login-password}]
clients:
  jump_clients: {active: 100, passive: 20, lost: 4, disabled: 3, uninstalled: 2}
  jumpoints: [{name: One}, {name: Two, enabled: false}]
  representatives: [{name: Ada Example, sessions: 2}, {name: Ben Example, returns_minutes: null}]
  installers: 1
"""


@pytest.fixture
def small():
    """The text of the small world, for tests that change a line of it."""
    return SMALL


@pytest.fixture
def make_machine():
    """make_machine(text) -> a machine of this world with a clock that stands still."""

    def make(text=SMALL):
        chosen = world.parse(text)
        return Machine(chosen, chosen["appliances"][0], Clock(chosen.start, speed=0))

    return make


@pytest.fixture
def run():
    """run(text or name, **options) -> a Running that is stopped after the test."""
    started = []

    def start(chosen=SMALL, **options):
        started.append(Running(chosen, **options))
        return started[-1]

    yield start
    for running in started:
        running.stop()


class Caller:
    """Calls one appliance as one API account."""

    def __init__(self, running, client_id="full", secret="secret"):
        self.running, self.session = running, requests.Session()
        self.session.trust_env = False
        self.client_id, self.secret, self.token = client_id, secret, None

    def plain(self, method, path, **options):
        """Without a token."""
        options.setdefault("allow_redirects", False)
        return self.session.request(method, self.running.url + path, verify=self.running.ca_file, timeout=60, **options)

    def log_in(self):
        answer = self.plain("POST", "/oauth2/token", auth=(self.client_id, self.secret), data={"grant_type": "client_credentials"})
        self.token = answer.json()["access_token"]
        return self.token

    def call(self, method, path, **options):
        """With a bearer token, fetched at the first call."""
        token = self.token or self.log_in()
        headers = {"Authorization": f"Bearer {token}", **options.pop("headers", {})}
        return self.plain(method, path, headers=headers, **options)

    def get(self, path, **options):
        return self.call("GET", path, **options)

    def command(self, action, **params):
        return self.get("/api/command", params={"action": action, **params})


@pytest.fixture
def caller():
    """caller(running, client_id="full") -> a Caller."""
    return Caller
