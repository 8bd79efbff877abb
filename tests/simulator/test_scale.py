# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""100,000 Jump Clients: what they cost in memory and time."""

import itertools
import random
import threading
import time
import tracemalloc

import pytest
from simulator import export, world
from simulator.api import rows
from simulator.clock import Clock
from simulator.machine import Machine
from simulator.simulation import Simulation
from simulator.testing import Running

MIB = 1024 * 1024
CLIENTS = 100_000
SORTINGS = 30  # a re-queue costs at most so many times what sorting as many floats does


def make():
    chosen = world.load("clients_hundred_thousand")
    clock = Clock(chosen.start, speed=0)
    return Machine(chosen, chosen["appliances"][0], clock), clock


@pytest.fixture
def traced():
    tracemalloc.start()
    yield lambda: [number / MIB for number in tracemalloc.get_traced_memory()]
    tracemalloc.stop()


@pytest.mark.slow
def test_a_world_of_100_000_clients_stays_small(traced):
    """With pages, an upgrade, changes and an export."""
    machine, clock = make()
    machine.clients.remove(5)
    assert traced()[0] < 12, "the state itself"
    for page in range(50):
        assert len([rows.jump_client(machine, index) for index in machine.clients.listed()[100 * page : 100 * page + 100]]) == 100
    machine.start_install("rs-23.2.1")
    clock.advance(13 * 60)
    machine.settle()
    length = sum(map(len, itertools.islice(pieces(machine), 40)))
    assert length > 100 * 39 * export.BLOCK
    machine.clients.uninstall(machine.now())
    machine.clients.reinstall(machine.now())
    now, peak = traced()
    assert now < 12, "nothing is kept"
    assert peak < 40, "nowhere does a list of all rows arise"


@pytest.mark.slow
def test_export_is_made_in_pieces():
    machine, _clock = make()
    lengths = [len(piece) for piece in pieces(machine)]
    assert (len(lengths), max(lengths) < 256 * 1024) == (1 + CLIENTS // export.BLOCK, True)


@pytest.mark.slow
def test_pages_and_export_keep_their_promise(caller):
    with Running("clients_hundred_thousand") as running:
        client = caller(running, "0c7f4d1e8a2b4c6d9e0f1a2b3c4d5e6f70819203", "c2ltdWxhdGVkLXNlY3JldC1mb3ItdGhlLWRlbW8tMDE=")
        answer = client.get("/api/config/v1/jump-client?current_page=1000")
        assert (answer.headers["X-BT-Pagination-Total"], answer.json()[-1]["id"]) == (str(CLIENTS), CLIENTS)
        exported = client.session.get(f"{running.control_url}/console-export", timeout=60)
        assert exported.content.count(b"\r\n") == CLIENTS + 1
        assert exported.headers["Transfer-Encoding"] == "chunked"


@pytest.mark.slow
def test_site_package_costs_like_sorting():
    """A site package costs at most some times the sorting of as many numbers."""
    source = random.Random(1)
    numbers = [source.random() for _number in range(CLIENTS)]
    ours = min(installed() for _time in range(3))
    theirs = min(cpu(lambda: sorted(numbers)) for _time in range(3))
    assert ours < SORTINGS * theirs, f"{ours / theirs:.0f} times"


def pieces(machine):
    return export.pieces(machine, threading.Lock(), lambda index: rows.client_facts(machine, index))


def installed():
    """The CPU seconds of a site package in a fresh world."""
    machine, _clock = make()
    return cpu(lambda: machine.clients.site_installed(machine.now(), machine.now()))


def cpu(work):
    begun = time.process_time()
    work()
    return time.process_time() - begun


def test_simulation_of_100_000_starts_at_once():
    assert cpu(lambda: Simulation(world.load("clients_hundred_thousand"))) < 5
