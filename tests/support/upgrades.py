# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Whole upgrades by the modules that the upgrade role uses, in the role's order and in virtual time, without Ansible in between.

Hundreds of them fit into minutes; that the role really has this order is shown by the molecule scenarios.
"""

import contextlib
import os
from unittest import mock

from ansible_collections.bomgar.appliance.plugins.module_utils import appliance as facade
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import lock
from ansible_collections.bomgar.appliance.plugins.modules import (
    appliance_info,
    backup,
    catch_up,
    certificate_export,
    client_info,
    client_installers,
    failover_relation,
    failover_sync,
    journal_info,
    jump_client_settings,
    preflight,
    public_name,
    session_drain,
    site_info,
    snapshot,
    update_install,
    upgrade_plan,
    upgrade_run,
    window,
)

from .ansible import connection_of

STEPS = 40
TARGET = {"target_version": "22.1.4", "target_base": "6.2.0"}
FIRST_RUN = {"version": "20.2.1", "since": "2020-03-01", "by": "Ada Example", "why": "the vendor's appliance as it was delivered"}
LIMITS = {"max_concurrent": 20, "bandwidth": 10}  # of Jump Client upgrades, for the time of the upgrade
POLICIES = {"data_gap": "accept", "sync_max_age": 172800, "jump_client_settings": True}
ANSWERED = (site_info, public_name)  # modules for several nodes, which connect by themselves


class Stopped(Exception):
    """The run ends here as the role would: failed, or refused. .result: of the task that ended it."""

    def __init__(self, result):
        self.result = result
        super().__init__(result.get("msg", ""))


class Waits(Stopped):
    """The run ends here, green, until a moment. .result: of the task that waits."""


class Upgrade:
    """One run of the role. result(): {'outcome': 'reached', 'waiting' or 'failed', 'why': text, 'next_run_at' of one that waits}.

    bench: tests.support.appliances.Bench. see: called as see(name, node, result, before) with each task's result, before: what `note`
    returned before the task. running_since: what a person declares of the version before the first run.
    folder: of its state, below the bench's. trouble: called as trouble(number, moment, step) around each step.
    """

    install_interval, pair_interval, catch_up_interval = 600, 120, 28800  # seconds between two looks
    threshold = 1  # percent of the clients that must have followed
    confirmed: list = []
    catch_up_mode = "hold"
    policies: dict = POLICIES
    limits: dict = LIMITS  # {}: those of the site stay
    checks: tuple = ("all", "!clock", "!state_durable")
    client_threshold = 1  # percent of the clients that run the present version, of the preflight
    windows: dict = {}
    drain: dict = {}  # options of session_drain, where the policies have a drain
    variables = ""  # their checksum, as a rehearsed site has it
    accept_eula: dict = {}  # options of update_install that accept an agreement
    options: dict = {}  # more options of the connections
    report: dict = {}  # options of the report that is written at the end

    def __init__(
        self,
        bench,
        mode,
        *,
        see=None,
        note=lambda: None,
        trouble=lambda number, moment, step: None,
        request=None,
        timeout=30,
        running_since=None,
        folder="site",
    ):
        self.running_since = FIRST_RUN if running_since is None else running_since
        self.bench, self.mode, self.see, self.note_before, self.trouble, self.request = bench, mode, see, note, trouble, request or TARGET
        self.folder = bench.folder / folder
        self.journal, self.timeout = str(self.folder / "journal.jsonl"), timeout
        self.nodes = ("a",) if mode == "standalone" else ("a", "b")
        self.prepared, self.offers, self.first = {"checked": [], "saved": {}, "clients": False, "restored": False}, {}, True
        self.seen = None

    # --- roles/upgrade/tasks/main.yml

    def result(self):
        try:
            return self._closed(self._opened())
        except Stopped as exc:
            return _failed(exc)
        finally:
            os.environ.pop(lock.VARIABLE, None)

    def _opened(self):
        """The way from the opened run to an outcome; what the role has in its block."""
        os.environ[lock.VARIABLE] = self.task(upgrade_run, None, path=self.journal, state="opened", variables=self.variables)["lock"]
        try:
            ended = self.go()
        except Stopped as exc:
            ended = _failed(exc)
        if ended["outcome"] != "waiting":
            self.restore()
        return ended

    def _closed(self, ended):
        site = {"site": self.seen["site"]} if self.report and self.seen else {}
        about = {"run_state": ended["outcome"], "reason": ended["why"], "report": self.report, **site}
        self.task(upgrade_run, None, path=self.journal, state="closed", **about)
        return ended

    # --- roles/upgrade/tasks/step.yml

    def go(self):
        for number in range(STEPS):
            seen = self.read()
            if seen["memory"]["open_step"]:
                self.settle(seen)
                continue
            plan = self.plan(seen)
            if plan["reached"]:
                return self.verified(seen["site"], plan)
            step = plan["next"]
            self.trouble(number, "before", step)
            for one in step["before"]:
                getattr(self, "before_" + one["do"])(one["node"], {**seen, "item": one})
            getattr(self, "do_" + step["action"])(step, seen["site"])
            self.trouble(number, "after", step)
        raise AssertionError("no end")

    def read(self):
        public = {"public_url": self.public_url()} if len(self.nodes) > 1 else {}
        seen = self.task(
            site_info,
            None,
            nodes=self.connections(),
            mode=self.mode,
            journal=self.journal,
            read_offers=True,
            known_offers=self.offers,
            refuse=self.first,
            **{name: self.request[name] for name in ("manifest",) if name in self.request},
            **public,
        )
        self.offers, self.seen = seen["site"]["offers"], seen
        return seen

    def plan(self, seen):
        prepared = {**self.prepared, "saved": {name: dict(one) for name, one in self.prepared["saved"].items()}}
        plan = self.task(
            upgrade_plan,
            None,
            site=seen["site"],
            memory=seen["memory"],
            mode=self.mode,
            policies={**self.policies, "first": self.first},
            windows=self.windows,
            prepared=prepared,
            journal=self.journal,
            **self.request,
        )
        self.first = False
        if plan["blockers"]:
            self.refuse(plan["blocked"])
        return plan

    def settle(self, seen):
        """roles/upgrade/tasks/steps/settle.yml: an earlier run left an installation that is not verified."""
        pending = seen["memory"]["open_step"]
        hosts = {one["host"]: one["name"] for one in seen["site"]["nodes"]}
        node = self.nodes[0] if len(self.nodes) == 1 else hosts.get(pending["host"])
        if node is None:
            self.refuse([f"no node has the address {pending['host']}"])
        self.install(node, pending["package"], serves=pending.get("serves", True))

    # --- roles/upgrade/tasks/before

    def before_preflight(self, node, seen):
        """Not `clock`, since the simulator's time is not this machine's, and what only a serving node can tell."""
        serves = seen["site"]["serving"] == node
        skipped = [] if serves else ["!jump_client_upgrades", "!clients_followed", "!people_logged_in"]
        skipped += ["!clients_followed"] if seen["memory"]["catch_up"] else []
        checks = [*self.checks, *skipped]
        pair = seen["site"] if self.mode != "standalone" else None
        result = self.task(
            preflight,
            node,
            mode=self.mode,
            pair=pair,
            checks=checks,
            confirmed=self.confirmed,
            client_threshold=self.client_threshold,
            **self.request,
        )
        if not result["passed"]:
            self.refuse(result["blocking"])
        self.prepared["checked"].append(node)

    def before_backup(self, node, seen):
        kept = {"dest": str(self.folder / "backups"), "journal": self.journal}
        saved = self.task(backup, node, **kept)["backup"]["metadata"]
        keys = self.task(certificate_export, node, passphrase="canary passphrase", **kept)["certificates"]
        at = next(one for one in seen["site"]["nodes"] if one["name"] == node)
        self.prepared["saved"][node] = {
            "backup": saved,
            "certificates": [one["metadata"] for one in keys],
            "version": at["version"],
            "clock": at["clock"],
        }

    def before_snapshot(self, node, seen):
        self.task(snapshot, node, when="before", state_dir=str(self.folder), node=node, journal=self.journal)

    def before_window(self, node, seen):
        self.waited(window, node, windows=self.windows, window_seconds=seen["item"]["seconds"], what=seen["item"]["what"])

    def before_drain(self, node, seen):
        self.waited(session_drain, node, **self.drain)

    def waited(self, module, node, **given):
        """A task that may end the run until later."""
        result = self.task(module, node, journal=self.journal, **given)
        if result["state"] == "waiting":
            raise Waits(result)
        return result

    def before_clients(self, node, seen):
        memory = seen["memory"]
        if not (memory["under_way"] and memory["clients"]["counted"]["before"]):
            self.task(client_info, node, full=False, count="before", journal=self.journal)
            self.task(client_installers, node, state="recorded", journal=self.journal)
        self.prepared["clients"] = True

    def before_client_limits(self, node, seen):
        self.limit(node)

    def limit(self, node):
        if self.limits:
            self.task(jump_client_settings, node, journal=self.journal, **self.limits)

    # --- roles/upgrade/tasks/steps

    def do_install(self, step, site):
        kept, more = self.prepared["saved"][step["node"]], {}
        if step["peer"]:
            more = {"peer": self.named(step["peer"]), "public_url": self.public_url(), "relation": site["relation"]}
        self.install(
            step["node"],
            step["package"],
            serves=site["serving"] == step["node"],
            backup=kept["backup"],
            certificates=kept["certificates"],
            **more,
        )

    def install(self, node, package, **more):
        self.offers.pop(node, None)
        self.task(
            update_install, node, package=package, journal=self.journal, poll_interval=self.install_interval, **self.accept_eula, **more
        )

    def do_catch_up(self, step, site):
        result = self.waited(
            catch_up,
            step["node"],
            mode=self.catch_up_mode,
            poll_interval=self.catch_up_interval,
            threshold=self.threshold,
            running_since=self.running_since,
        )
        if result["state"] != "open":
            self.refuse(result["reasons"])

    def do_sync(self, step, site):
        since = {"since": step["since"]} if step["since"] else {}
        self.task(failover_sync, step["node"], max_age=step["max_age"], **since, **self.of_pair(step))

    def do_break(self, step, site):
        self.task(failover_relation, step["node"], state="absent", public_url=self.public_url(), **self.of_pair(step))

    def do_establish(self, step, site):
        self.task(failover_relation, step["node"], state="present", public_url=self.public_url(), **self.of_pair(step))

    def do_take_over(self, step, site):
        """What the network hook of an owner does comes in between: the public name is moved."""
        about = {"nodes": self.connections(), "public_url": self.public_url(), "node": step["node"], "journal": self.journal}
        if self.task(public_name, None, state="begun", **about)["state"] != "done":
            self.switch(step["node"])
        self.task(public_name, None, state="verified", moved=True, poll_interval=self.pair_interval, **about)
        self.limit(step["node"])

    def switch(self, node):
        self.pair().switch(node)

    def do_restore(self, step, site):
        self.restore(step["node"])
        self.prepared["restored"] = True

    # --- the end

    def restore(self, node=None):
        """roles/upgrade/tasks/restore.yml: what fails here is told in the journal and hides no other failure."""
        with contextlib.suppress(Stopped):
            if self.task(journal_info, None, path=self.journal)["memory"]["clients"]["jump_settings"]:
                self.task(jump_client_settings, node or self.serving(), state="restored", journal=self.journal)

    def serving(self):
        return self.nodes[0] if len(self.nodes) == 1 else self.pair().front

    def verified(self, site, plan):
        """roles/verify, of an appliance that stands alone."""
        if len(self.nodes) > 1:
            return {"outcome": "reached", "why": ""}
        base, node = self.task(appliance_info, None, read_base=True)["base_version"], site["nodes"][0]
        self.task(client_info, None, full=False)
        if not node["healthy"] or (node["version"], base) != (plan["plan"]["target"], self.request.get("target_base", base)):
            self.refuse([f"it runs {node['version']} on {base}"])
        return {"outcome": "reached", "why": ""}

    # --- one task

    def task(self, module, on, /, **given):
        """The result of one task, on a node where it is one of an appliance. Raises Stopped when it failed."""
        name, operation = module.__name__.rpartition(".")[2], module.OPERATION
        options = {**self.connection(on), **given} if operation.appliance else given
        before = self.note_before()
        with contextlib.ExitStack() as patches:
            for place in (facade, *ANSWERED):
                patches.enter_context(mock.patch.object(place, "connect", self.bench.appliance))
            result = operation.perform(self.bench.params(operation, **options), say=self.bench.lines.append)
        if self.see:
            self.see(name, on, result, before)
        if result.get("failed"):
            raise Stopped(dict(result, task=name))
        return result

    def refuse(self, blocked):
        raise Stopped({"msg": " ".join(blocked), "task": "blocked"})

    def connection(self, node):
        return dict(connection_of(self.bench.running, self.bench.folder, node or "a"), timeout=self.timeout, **self.options)

    def named(self, node):
        return dict(self.connection(node), name=node)

    def connections(self):
        return [self.named(node) for node in self.nodes]

    def public_url(self):
        return self.bench.running.public_url(self.pair().name)

    def pair(self):
        return self.bench.running.first_pair()

    def of_pair(self, step):
        return {"name": step["node"], "peer": self.named(step["peer"]), "poll_interval": self.pair_interval, "journal": self.journal}


def _failed(exc):
    if isinstance(exc, Waits):
        return {"outcome": "waiting", "why": exc.result.get("message", ""), "next_run_at": exc.result["next_run_at"]}
    return {"outcome": "failed", "why": str(exc), "error": exc.result.get("error"), "task": exc.result.get("task")}


class Standalone(Upgrade):
    """An upgrade of an appliance that stands alone."""

    def __init__(self, bench, **more):
        super().__init__(bench, "standalone", **more)


class Pair(Upgrade):
    """An upgrade of a pair."""


def upgrade(bench, mode, **more):
    """The Upgrade of a mode."""
    return Upgrade(bench, mode, **more)
