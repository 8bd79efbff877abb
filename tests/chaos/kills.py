# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The kill matrix: SIGKILL of the process that upgrades, after its n-th request or in the middle of its n-th journal line; then the same
command again, in a new process."""

import contextlib
import multiprocessing
import os
import pathlib
import signal
import tempfile
from unittest import mock

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import lock_owner
from ansible_collections.bomgar.appliance.plugins.modules.journal import OPERATION as JOURNAL
from simulator.testing import Running

from tests.support.appliances import Bench
from tests.support.remote import Remote, told_by
from tests.support.upgrades import upgrade

from .cases import Verdict, missing, world_of
from .truth import Truth

POINTS = ("after a request", "in a journal line", "after a journal line")
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.chaos.kills"])


def play(mode, point, n):
    """The Verdict of one kill. 'needs a person' is right only where the request was noted and nobody can know whether it was sent."""
    with Running(world_of(mode)) as running, tempfile.TemporaryDirectory() as folder:
        truth = Truth(Bench(running, pathlib.Path(folder)))
        first = _controller(running, folder, mode, point, n)
        second, released = _controller(running, folder, mode, None, 0), False
        if "state: released" in second:  # killed between the note of the request and its sending: only a person can tell, and releases it
            path = str(pathlib.Path(folder) / "site" / "journal.jsonl")
            given = {"path": path, "state": "released", "reason": "nothing runs on the page"}
            JOURNAL.perform(ArgumentSpecValidator(JOURNAL.argument_spec(), **JOURNAL.rules).validate(given).validated_parameters)
            second, released = _controller(running, folder, mode, None, 0), True
        lies = [] if second == "reached" else [f"the second run ended {second}"]
        lies += [f"not at the target: {one}" for one in missing(truth.bench, mode)]
        asked = [one for one in truth.our_writes() if one[1].startswith("install ")]
        nodes = len(running.simulation.sites)
        lies += [] if len(asked) == 2 * nodes else [f"{len(asked)} installations instead of {2 * nodes}: {asked}"]
        truth.at_the_end(folder)
        word = "survived" if first == "reached" else "stopped safely" if second == "reached" and not released else "needs a person"
        return Verdict(word, lies + truth.lies, second, first, truth.duplicates, truth.two_primaries)


def points_of(mode):
    """[(mode, point, n)] for every request and every journal line of an upgrade."""
    with Running(world_of(mode)) as running, tempfile.TemporaryDirectory() as folder:
        assert _controller(running, folder, mode, None, 0) == "reached"
        requests = len(running.requests())
        lines = len((pathlib.Path(folder) / "site" / "journal.jsonl").read_bytes().splitlines())
    return [(mode, POINTS[0], n) for n in range(requests)] + [(mode, point, n) for point in POINTS[1:] for n in range(lines)]


def _controller(running, folder, mode, point, n):
    """How a controller process ended: the outcome it reported, or 'killed'."""
    receiving, sending = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_run, args=(told_by(running), folder, mode, point, n, sending))
    process.start()
    sending.close()
    process.join()
    with contextlib.suppress(EOFError):
        return receiving.recv()
    return "killed" if process.exitcode == -signal.SIGKILL else f"exit {process.exitcode}"


def _run(told, folder, mode, point, n, sending):
    """In the process that may be killed."""
    lock_owner.controller_process = os.getpid
    bench = Bench(Remote(told), pathlib.Path(folder))
    with _trap(point, n):
        ended = upgrade(bench, mode).result()
    sending.send(ended["outcome"] if ended["outcome"] == "reached" else str(ended))


def _trap(point, n):
    if point is None:
        return contextlib.nullcontext()
    return _after_request(n) if point == POINTS[0] else _at_journal(n, torn=point == POINTS[1])


def _die():
    os.kill(os.getpid(), signal.SIGKILL)


def _after_request(n):
    import requests

    send, count = requests.Session.send, []

    def counting(self, *args, **kwargs):
        answer = send(self, *args, **kwargs)
        count.append(1)
        if len(count) > n:
            _die()
        return answer

    return mock.patch.object(requests.Session, "send", counting)


def _at_journal(n, torn):
    write, count = os.write, []

    def counting(descriptor, data):
        name = os.readlink(f"/proc/self/fd/{descriptor}")
        if not name.endswith("journal.jsonl"):
            return write(descriptor, data)
        count.append(1)
        if len(count) <= n:
            return write(descriptor, data)
        write(descriptor, bytes(data)[: len(data) // 2] if torn else data)
        return _die()

    return mock.patch.object(os, "write", counting)
