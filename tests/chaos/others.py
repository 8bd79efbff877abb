# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Somebody else acts between look and press: at every press of an upgrade of two hops, with it or a few requests before it."""

import contextlib
import itertools
import os
import tempfile
from pathlib import Path
from unittest import mock

import requests
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import Lock
from simulator.testing import Running

from tests.support.appliances import Bench
from tests.support.upgrades import upgrade

from .cases import ALONE, PAIR, played
from .families import Family, acted

HOP = "  - {id: rs-23.2.1, name: Remote Support 23.2.1, kind: site, version: 23.2.1, requires: [rs-22.1.4]}\n"
REQUEST = {"target_version": "23.2.1", "target_base": "6.2.0"}
EARLIER = (0, 1, 4, 12)  # requests before the press at which somebody acts; 0: with the press itself, when nobody can look again


def world_of(mode):
    world = ALONE if mode == "standalone" else PAIR
    return world.replace("passive: 3", "passive: 12") + HOP


@contextlib.contextmanager
def take_the_lock(bench, n):
    """Another run takes the site at the n-th request of this one, as after `state: unlocked`."""
    send, count, path = requests.Session.send, itertools.count(), str(bench.folder / "site" / "journal.jsonl")

    def counting(self, *args, **kwargs):
        if next(count) == n:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path + ".lock")
            Lock(path, "").acquire()
        return send(self, *args, **kwargs)

    with mock.patch.object(requests.Session, "send", counting):
        yield


OTHERS = {
    "installs Base": acted({"do": "install_package", "package": "base-6.2.0"}),
    "installs the first site package": acted({"do": "install_package", "package": "rs-22.1.4"}),
    "installs the second site package": acted({"do": "install_package", "package": "rs-23.2.1"}),
    "moves the public name to a": acted({"do": "switch_public", "node": "a"}),
    "moves the public name to b": acted({"do": "switch_public", "node": "b"}),
    "makes this node primary": acted({"do": "set_role", "role": "primary"}),
    "makes this node backup": acted({"do": "set_role", "role": "backup"}),
    "breaks the relation": acted({"do": "break_relation"}),
    "establishes the relation": acted({"do": "establish"}),
    "takes the lock": Family(during=take_the_lock),
}
OF_ONE = ("installs Base", "installs the first site package", "installs the second site package", "takes the lock")


def presses(mode):
    """The numbers of the requests that change an appliance, in an upgrade that nobody disturbs."""
    with Running(world_of(mode)) as running, tempfile.TemporaryDirectory() as folder:
        ended = upgrade(Bench(running, Path(folder)), mode, request=REQUEST).result()
        assert ended["outcome"] == "reached", ended
        return [number for number, one in enumerate(running.requests()) if one["effect"] == "write"]


def cases_of(mode):
    """[(mode, act, n)] of every press of that mode."""
    acts = OF_ONE if mode == "standalone" else OTHERS
    return [(mode, act, n - before) for n in presses(mode) for act in acts for before in EARLIER]


def play(mode, act, n):
    """The Verdict of one case."""
    return played(world_of(mode), mode, OTHERS[act], n, REQUEST, twice=True)
