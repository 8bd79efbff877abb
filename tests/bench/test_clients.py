# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What 100,000 Jump Clients cost (docs/performance.md): requests, memory and processor time of the modules, and what the rate limit costs.

The simulator runs in a process of its own, so that what is measured is the client's. The rate limit of the account is taken out here, and
only here: at 19 requests a second a thousand pages take 53 seconds, whatever the client does; tests/unit/.../http/test_rate_*.py keep it.
"""

import json
import math
import os
import statistics
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
import yaml
from ansible_collections.bomgar.appliance.plugins.module_utils.appliance import Appliance, connect
from ansible_collections.bomgar.appliance.plugins.module_utils.http.rate_limit import AccountRateLimiter
from ansible_collections.bomgar.appliance.plugins.modules.client_info import OPERATION as COUNT
from simulator.testing import Running

from tests.support.ansible import ROOT
from tests.support.appliances import Bench
from tests.support.waiting import until

MANY = {"active": 60_000, "passive": 30_000, "lost": 5_000, "disabled": 3_000, "uninstalled": 2_000}
CLIENTS = sum(MANY.values())
FEW = {kind: number // 10 for kind, number in MANY.items()}
NODE = "support.example.com"
# What a person states of the site, since its pages are not read.
STATED = {"base_versions": {NODE: "7.0.0"}, "manifest": {"packages": [{"name": "BeyondTrust Remote Support 24.2.1"}]}}
MEMORY, PARSING, LIMITING = 150, 3.0, 0.3

# A module in a process of its own. The memory is VmHWM: ru_maxrss of a child begins with what its parent had.
CHILD = """
import importlib, json, re, sys, time
import requests
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.bomgar.appliance.plugins.module_utils.http.rate_limit import AccountRateLimiter

name, params = json.loads(sys.argv[1])
AccountRateLimiter._wait = lambda _limiter: None
sent, send = [], requests.Session.request
def counted(session, method, url, **options):
    sent.append(f"{method} {url.partition('/api/')[2] or url}")
    return send(session, method, url, **options)
requests.Session.request = counted
operation = importlib.import_module("ansible_collections.bomgar.appliance.plugins.modules." + name).OPERATION
checked = ArgumentSpecValidator(operation.argument_spec(), **operation.rules).validate(params)
assert not checked.error_messages, checked.error_messages
begun = time.perf_counter()
result = operation.perform(checked.validated_parameters)
seconds = time.perf_counter() - begun
assert not result.get("failed"), result
memory = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read()).group(1)) / 1024
print(json.dumps({"sent": sent, "seconds": seconds, "memory": memory, "result": result}))
"""


def _world(clients):
    world = yaml.safe_load((ROOT / "simulator/worlds/already_current.yml").read_text())
    world["clock"] = {"speed": 0, "idle_speed": 0}
    world["clients"]["jump_clients"] = clients
    return yaml.safe_dump(world)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """run(module, **options) against a simulator with many clients in another process."""
    folder = tmp_path_factory.mktemp("clients")
    (folder / "world.yml").write_text(_world(MANY))
    command = [sys.executable, "-m", "simulator", "--world", "world.yml", "--ready-file", "ready.json", "--tls-dir", str(folder)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(ROOT)])}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            yield _runner(folder, _ready(process, folder / "ready.json"))
        finally:
            process.terminate()


def _ready(process, file):
    until(file.exists, lambda: process.poll() is None, lambda: "the simulator did not start", seconds=60)
    return json.loads(file.read_text())


def _runner(folder, ready):
    account = ready["accounts"]["api"][0]
    connection = {
        "url": ready["appliances"][0]["url"],
        "ca_path": ready["ca_file"],
        "cache_dir": str(folder / "cache"),
        "client_id": account["client_id"],
        "client_secret": account["client_secret"],
    }

    def run(module, named=False, **options):
        """named: the module takes a list of nodes in place of a connection."""
        about = {"nodes": [{**connection, "name": NODE}]} if named else connection
        arguments = [sys.executable, "-c", CHILD, json.dumps([module, {**about, **options}])]
        done = subprocess.run(arguments, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def test_time_check_costs_at_most_two_requests(site):
    """Besides the token and the choice of the API's generation, which are remembered."""
    since = site("appliance_info")["result"]["appliance"]["clock"]
    look = site("catch_up", since=since, mode="stop")
    print(f"\ncatch-up poll with {CLIENTS} Jump Clients, nothing decided: {len(look['sent'])} requests")
    assert look["result"]["state"] == "waiting"
    assert len(look["sent"]) <= 2


def test_clients_are_classified_in_bounded_memory(site):
    """All clients are classified, page by page, in bounded memory."""
    whole, most = site("client_info"), math.ceil(CLIENTS / 100) + 5
    print(
        f"\nclassification of {CLIENTS} Jump Clients: {len(whole['sent'])} requests (at most {most}), {whole['memory']:.0f} MB, "
        f"{whole['seconds']:.0f} s without the rate limit of the account"
    )
    assert whole["result"]["jump_clients"]["total"] == CLIENTS
    assert len(whole["sent"]) <= most
    assert whole["memory"] < MEMORY


def test_rehearsal_reads_clients_in_bounded_memory(site, tmp_path):
    """The whole reading of a site for a rehearsal; pages of a hundred rows, as the vendor documents."""
    whole = site("world_read", named=True, dest=str(tmp_path / "worlds"), method="manual", **STATED)
    pages = [request for request in whole["sent"] if "jump-client" in request]
    counted = whole["result"]["world"]["clients"]["jump_clients"]
    print(
        f"\na rehearsal reads a site with {CLIENTS} Jump Clients: {len(whole['sent'])} requests, {len(pages)} of them pages, "
        f"{whole['memory']:.0f} MB, {whole['seconds']:.0f} s without the rate limit of the account"
    )
    assert {kind: counted[kind] for kind in MANY} == MANY
    assert len(pages) <= math.ceil(CLIENTS / 100) + 1 and len(whole["sent"]) <= len(pages) + 40
    assert whole["memory"] < MEMORY


class Recorded:
    """The answers of an appliance, given again from memory; .bodies: those of the pages of Jump Clients."""

    def __init__(self, transport):
        self.base, self.host, self.timeout = transport.base, transport.host, transport.timeout
        self._transport, self._answers, self.bodies = transport, {}, []

    def request(self, method, path, **options):
        key = method, path, json.dumps(options.get("params"), sort_keys=True)
        if key not in self._answers:
            self._answers[key] = self._transport.request(method, path, **options)
            if path.endswith("/jump-client"):
                self.bodies.append(self._answers[key].body)
        return self._answers[key]


def test_counting_costs_three_times_json_at_most(tmp_path, monkeypatch):
    """The same code, client_info, on answers that come from memory; a tenth of the clients, as the ratio does not depend on it."""
    monkeypatch.setattr(AccountRateLimiter, "_wait", lambda _limiter: None)
    with Running(_world(FEW)) as running:
        params = Bench(running, tmp_path).params(COUNT)
        real = connect(params)
        recorded = Recorded(real._transport)
        appliance = Appliance(recorded, real._credentials, real._cache, None, real.say, **real._time)
        assert _count(appliance, params)["jump_clients"]["total"] == sum(FEW.values())
    counting = _cpu(lambda: _count(appliance, params))
    reading = _cpu(lambda: [json.loads(body) for body in recorded.bodies])
    print(
        f"\nfrom rows to counts: {counting / sum(FEW.values()) * 1e6:.1f} us a client, json.loads "
        f"{reading / sum(FEW.values()) * 1e6:.1f} us, ratio {counting / reading:.2f}"
    )
    assert counting <= PARSING * reading


def _count(appliance, params):
    return COUNT.function(appliance, params, check_mode=False)


def _cpu(work, runs=7):
    """The least processor seconds of some runs."""
    durations = []
    for _run in range(runs):
        begun = time.process_time()
        work()
        durations.append(time.process_time() - begun)
    return min(durations)


def test_rate_limit_costs_next_to_nothing(tmp_path):
    clock = SimpleNamespace(now=1000.0)
    limiter = AccountRateLimiter(str(tmp_path / "cache"), "robot", clock=lambda: clock.now)
    durations = []
    for _request in range(2000):
        clock.now += 1.0
        begun = time.perf_counter()
        with limiter.slot() as told:
            told({"X-RateLimit-Remaining": "14000"})
        durations.append((time.perf_counter() - begun) * 1000)
    print(f"\nrate limit of an account: {statistics.median(durations):.3f} ms a request")
    assert statistics.median(durations) < LIMITING
