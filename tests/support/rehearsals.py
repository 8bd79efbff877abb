# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Sites that are upgraded, and rehearsed, by the modules of the roles in virtual time (tests/support/upgrades.py).

A run ends where it waits, and time passes until it goes on, as in the role rehearse. That the role does the same with the whole of Ansible
is shown by the scenarios rehearse_*.
"""

import contextlib
import json
import shutil
import urllib.request
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from unittest import mock

from ansible_collections.bomgar.appliance.plugins.module_utils.model.moments import iso, read_time
from ansible_collections.bomgar.appliance.plugins.module_utils.model.window import read_windows
from ansible_collections.bomgar.appliance.plugins.module_utils.model.world.events import steps_of
from ansible_collections.bomgar.appliance.plugins.module_utils.model.world.passing import next_passing, wait_of
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.window import span_at
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules import rehearsal, world_read
from simulator.testing import Running

from .ansible import connection_of
from .appliances import Bench
from .upgrades import POLICIES, Upgrade

DAYS = 14  # virtual days after which an upgrade is not continued
SUM = "sha256:" + "a" * 64  # of the variables, which are the same in a rehearsal and in the upgrade


@dataclass
class Variables:
    """Those of a site that decide about its upgrade. more: attributes of tests.support.upgrades.Upgrade."""

    mode: str = "standalone"
    target: dict = field(default_factory=lambda: {"target_version": "newest"})
    windows: dict = field(default_factory=dict)
    estimates: dict = field(default_factory=dict)
    more: dict = field(default_factory=dict)
    threshold: float = 95
    running_since: dict | None = None


class Run(Upgrade):
    """One run with the role's defaults, but fewer looks at an installation. A person declares since when the first version runs."""

    install_interval, pair_interval, catch_up_interval = 120, 60, 300
    catch_up_mode, limits, client_threshold = "stop", {}, 95

    def __init__(self, bench, variables, **given):
        version = bench.running.world["appliances"][0]["version"]
        since = {"version": version, "since": "2020-03-01", "by": "Ada Example", "why": "the world begins so"}
        super().__init__(bench, variables.mode, request=variables.target, running_since=variables.running_since or since, **given)
        self.windows, self.threshold, self.variables = variables.windows, variables.threshold, SUM
        self.policies = {**POLICIES, "jump_client_settings": False, "estimates": variables.estimates}
        self.report = {"state_dir": str(self.folder), "site": "site"}
        self.options = {"accept_login_agreement": True}
        for name, value in variables.more.items():
            setattr(self, name, {**self.policies, **value} if name == "policies" else value)


@dataclass
class Ended:
    """How an upgrade ended: the outcome of its last run, how many runs it had, the state of the simulator, its report and its journal."""

    outcome: str
    why: str
    runs: int
    state: dict
    report: dict
    entries: list


def upgrade_whole(bench, variables):
    """Ended, of the upgrade of a world: each run goes on when what the one before waited for is over."""
    running, folder, waits = bench.running, bench.folder / "site", []
    begins = running.now()
    with virtual_time(running):
        for _run in range(100):
            ended = Run(bench, variables).result()
            report = json.loads((folder / "report.json").read_text())
            entries = Journal(str(folder / "journal.jsonl")).content().entries
            wait = wait_of(report, entries, running.now())
            passing = next_passing([*waits, wait], begins, DAYS) if wait else None
            if passing is None:
                break
            waits.append(wait)
            running.advance(max(0, passing.until - running.now()))
            running.simulation.pass_until_clients(passing.most)
    return Ended(ended["outcome"], ended["why"], len(waits) + 1, state_of(running), report, entries)


@contextlib.contextmanager
def virtual_time(running):
    """The journal of this process has the time of a simulator, so that what it measures is what happened there."""
    with mock.patch.object(Journal.__init__, "__defaults__", (running.now,)):
        yield


def state_of(running):
    """As GET /state of the control port."""
    with urllib.request.urlopen(running.control_url + "/state", timeout=60) as response:
        return json.load(response)


def read(bench, folder, variables, **given):
    """The result of world_read for the site that runs."""
    names = [one["name"] for one in bench.running.world["appliances"]][: 1 if variables.mode == "standalone" else 2]
    nodes = [bench_node(bench, name) for name in names]
    public = {"public_url": bench.running.public_url(bench.running.world["pairs"][0]["name"])} if len(nodes) > 1 else {}
    estimates = variables.estimates
    with mock.patch.object(world_read, "connect", lambda params, say: bench.appliance(params)):
        return bench.run(world_read.OPERATION, nodes=nodes, dest=str(Path(folder) / "worlds"), estimates=estimates, **public, **given)


def bench_node(bench, name):
    return dict(connection_of(bench.running, bench.folder, name), name=name, accept_login_agreement=True)


def rehearse(found, folder, variables, *, site="site"):
    """The rehearsal of a site, from the worlds that were read of it; its file is where the report of the site looks for it."""
    folder = Path(folder)
    for name in ("copies", "runs"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for one in found["worlds"]:
        with Running(one["path"]) as copy:
            bench = Bench(copy, folder / "copies" / one["id"])
            ended = upgrade_whole(bench, variables)
            left = folder / "runs" / one["id"]
            left.mkdir(parents=True)
            (left / "simulator.json").write_text(json.dumps(ended.state))
            (bench.folder / "site").rename(left / "state")
    given = {name: found[name] for name in ("worlds", "facts", "node_names")}
    options = {"dest": str(folder), "site": site, "variables": SUM, "windows": variables.windows, **given}
    return Bench(None, folder).run(rehearsal.OPERATION, **options)["rehearsal"]


def calendar(ended, begins, *, names=None, packages=None, windows=None):
    """[(node, title, seconds since the beginning, seconds, window)] of what an upgrade did, with the names of another world.

    names: {node: in the other world}; packages: {folded name: name there}.
    """
    window_at = partial(span_at, read_windows(windows))
    found = steps_of(ended.state, ended.entries, names or {}, iso(begins), window_at)
    return [
        (step["node"], renamed(step["title"], packages or {}), read_time(step["begins"]) - begins, step["seconds"], step["window"])
        for step in found
    ]


def renamed(title, packages):
    """The title of a step with the name of its package in another world."""
    for word in ("install ", "wait for the clients after ", "wait for a maintenance window for install "):
        if title.startswith(word):
            name = title.removeprefix(word)
            return word + packages.get(name.casefold(), name)
    return title


def end_of(ended, number):
    """What a site is at the end: versions and roles of so many nodes, its relation, and its clients by kind."""
    nodes = [(one["version"], one["base"], one.get("failover_role")) for one in ended.state["appliances"][:number]]
    pairs = [(one["related"], one["front"], one["primary"]) for one in ended.state["pairs"]]
    front = pairs[0][1] if pairs else ended.state["appliances"][0]["name"]
    clients = next(one for one in ended.state["appliances"] if one["name"] == front)["clients"]
    return ended.outcome, nodes, pairs, {kind: clients[kind] for kind in COUNTED}


COUNTED = ("active", "passive", "lost", "disabled", "skipped", "active_pending", "passive_pending", "offline_pending")
