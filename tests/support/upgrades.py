# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Whole upgrades by the modules that the upgrade role uses, in the role's order and in virtual time, without Ansible in between.

Hundreds of them fit into minutes; that the role really has this order is shown by the molecule scenarios.
"""

import contextlib
import os
from unittest import mock

from ansible_collections.bomgar.appliance.plugins.module_utils import appliance as facade
from ansible_collections.bomgar.appliance.plugins.module_utils import lock
from ansible_collections.bomgar.appliance.plugins.modules import (
    appliance_info,
    backup,
    certificate_export,
    client_info,
    client_installers,
    client_wait,
    failover_info,
    failover_plan,
    failover_relation,
    failover_sync,
    journal,
    jump_client_settings,
    preflight,
    update_info,
    update_install,
    upgrade_plan,
)

from .ansible import connection_of

STEPS = 40
TARGET = {"target_version": "22.1.4", "target_base": "6.2.0"}
LIMITS = {"max_concurrent": 20, "bandwidth": 10}  # of Jump Client upgrades, for the time of the upgrade
NODES = ("a", "b")


class Stopped(Exception):
    """The run ends here as the role would: failed, or refused. .result: of the task that ended it."""

    def __init__(self, result):
        self.result = result
        super().__init__(result.get("msg", ""))


class Upgrade:
    """One run of the role. result(): {'outcome': 'reached', 'failed' or 'blocked', 'why': text}.

    bench: tests.support.appliances.Bench. see: called as see(name, node, result, before) with each task's result, before: what `note`
    returned before the task. trouble: called as trouble(number, moment, step) around each step of a pair.
    """

    def __init__(self, bench, mode, *, see=None, note=lambda: None, trouble=lambda number, moment, step: None, wish=None, timeout=30):
        self.bench, self.mode, self.see, self.note_before, self.trouble, self.wish = bench, mode, see, note, trouble, wish or TARGET
        self.folder = bench.folder / "site"
        self.journal, self.timeout = str(self.folder / "journal.jsonl"), timeout

    def result(self):
        try:
            return self._closed(self._opened())
        except Stopped as exc:
            return {"outcome": "failed", "why": str(exc), "error": exc.result.get("error"), "task": exc.result.get("task")}
        finally:
            os.environ.pop(lock.VARIABLE, None)

    def _opened(self):
        """The way from the opened journal to an outcome; what the role has in its block."""
        opening = self._opening()
        run = self.task(journal, None, path=self.journal, state="open", **opening)
        os.environ[lock.VARIABLE] = run["lock"]
        try:
            ended = self.go(run)
        except Stopped as exc:
            ended = {"outcome": "failed", "why": str(exc), "error": exc.result.get("error"), "task": exc.result.get("task")}
        self.put_back()
        return ended

    def _closed(self, ended):
        self.task(journal, None, path=self.journal, state="closed", outcome=ended["outcome"], reason=ended["why"])
        return ended

    def task(self, module, on, /, **given):
        """The result of one task, on a node where it is one of an appliance. Raises Stopped when it failed."""
        name, operation = module.__name__.rpartition(".")[2], module.OPERATION
        options = {**self.connection(on), **given} if operation.appliance else given
        before = self.note_before()
        connect = self.bench.appliance
        with mock.patch.object(facade, "connect", connect), mock.patch.object(failover_info, "connect", connect):
            result = operation.perform(self.bench.params(operation, **options), say=self.bench.lines.append)
        if self.see:
            self.see(name, on, result, before)
        if result.get("failed"):
            raise Stopped(dict(result, task=name))
        return result

    def connection(self, node):
        return dict(connection_of(self.bench.running, self.bench.folder, node or "a"), timeout=self.timeout)

    def remember(self):
        return self.task(journal, None, path=self.journal, state="read")

    def hold_to(self, plan):
        self.task(journal, None, path=self.journal, state="planned", wish=plan["wish"], lines=plan["lines"])

    def refuse(self, blocked):
        raise Stopped({"msg": " ".join(blocked), "task": "blocked"})

    def check(self, node, mode):
        """The preflight; not `clock`, since the simulator's time is not this machine's, and what only a serving node can tell."""
        serves = mode == "standalone" or self.bench.running.pair().front == node
        skipped = ["!clock"] + ([] if serves else ["!jump_client_upgrades", "!clients_followed", "!people_logged_in"])
        skipped += ["!clients_followed"] if self.remember()["memory"]["gate"] else []
        told = self.task(preflight, node, mode=mode, checks=["all", *skipped], confirmed=self.confirmed, client_threshold=1, **self.wish)
        if not told["passed"]:
            self.refuse(told["blocking"])

    confirmed: list = []
    prepared = False

    def prepare_clients(self, node, run):
        """roles/upgrade/tasks/clients/before.yml, once in a run."""
        if self.prepared:
            return
        if not (run["under_way"] and run["clients"]["counted"]["before"]):
            told = self.task(client_info, node, full=False)
            counts = {name: told[name] for name in ("kinds", "jump_clients", "connected")}
            self.task(journal, None, path=self.journal, state="counted", moment="before", data=counts)
            self.task(client_installers, node, state="noted", journal=self.journal)
        self.task(jump_client_settings, node, journal=self.journal, **LIMITS)
        self.prepared = True

    def put_back(self):
        """roles/upgrade/tasks/clients/put_back.yml: what fails here is told in the journal and hides no other failure."""
        with contextlib.suppress(Stopped):
            if self.remember()["clients"]["jump_settings"]:
                self.task(jump_client_settings, self.serving(), state="restored", journal=self.journal)

    def serving(self):
        return None

    def save(self, node):
        kept = {"dest": str(self.folder / "backups"), "journal": self.journal}
        saved = self.task(backup, node, **kept)["backup"]["metadata"]
        keys = self.task(certificate_export, node, passphrase="canary passphrase", **kept)["certificates"]
        return {"backup": saved, "certificates": [one["metadata"] for one in keys]}

    def install(self, node, package, **more):
        self.task(update_install, node, package=package, journal=self.journal, poll_interval=600, **more)

    def gate(self, node):
        told = self.task(client_wait, node, journal=self.journal, mode="hold", poll_interval=28800, threshold=1)
        if told["state"] != "open":
            self.refuse(told["reasons"])


class Standalone(Upgrade):
    """roles/upgrade/tasks/standalone."""

    def __init__(self, bench, **more):
        super().__init__(bench, "standalone", **more)

    def _opening(self):
        return {}

    def go(self, run):
        pending = run["open_step"].get("package")
        if pending:
            self.install(None, pending)
        checked, saved = False, {}
        for number in range(STEPS):
            read = self.task(appliance_info, None)["appliance"]
            offered = self.task(update_info, None)
            if run["guid"] not in ("", read["guid"]):
                self.refuse([f"the journal is of {run['guid']}"])
            if run["lost"] and number == 0:
                self.task(journal, None, path=self.journal, state="gate", version=read["version"], appliance_time=read["clock"])
            plan = self.task(upgrade_plan, None, appliance=read, updates=offered, **self.wish)
            if number == 0:
                self.hold_to(plan)
            if plan["reached"] or plan["next"]["kind"] in ("base", "site"):
                self.gate(None)
            if plan["reached"]:
                return self.verified(run, read)
            if not checked:
                self.check(None, "standalone")
                checked = True
            if saved.get("version") != read["version"]:
                saved = dict(self.save(None), version=read["version"])
            self.prepare_clients(None, run)
            self.install(None, plan["next"]["package"], backup=saved["backup"], certificates=saved["certificates"])
        raise AssertionError("no end")

    def verified(self, run, read):
        self.task(client_info, None, full=False)
        offered = self.task(update_info, None, check=False)
        if not read["healthy"] or (read["version"], offered["base_version"]) != (self.wish["target_version"], self.wish["target_base"]):
            self.refuse([f"it runs {read['version']} on {offered['base_version']}"])
        return {"outcome": "reached", "why": ""}


class Pair(Upgrade):
    """roles/upgrade/tasks/pair, with what the network hook of an owner does: the public name is moved."""

    def _opening(self):
        left = self.remember()
        seen = self.look(versions_may_differ=True, sync_may_have_failed=True, refuse=not left["open_step"])
        guids = [one["guid"] for one in seen["pair"]["nodes"]]
        return {"guids": guids if all(guids) and not seen["problems"] else [], "origin": seen["primary"]}

    def look(self, **more):
        nodes = [dict(self.connection(node), name=node) for node in NODES]
        public = self.bench.running.public_url()
        return self.task(failover_info, None, nodes=nodes, public_url=public, mode=self.mode, certificates=True, **more)

    def go(self, run):
        pending = run["open_step"]
        if pending:
            node = next((name for name in NODES if self.bench.running.url_of(name).endswith(pending["host"])), None)
            self.install(node, pending["package"], serves=pending["serves"])
        self.checked, self.saved, self.run, lost = set(), {}, run, run["lost"]
        for number in range(STEPS):
            seen = self.look()
            offers = {node: self.task(update_info, node) for node in NODES}
            known = self.remember()
            serving = next((one for one in seen["pair"]["nodes"] if one["name"] == seen["serving"]), None)
            if lost and known["lost"] and serving:
                known = self.task(journal, None, path=self.journal, state="gate", version=serving["version"],
                                  appliance_time=serving["clock"])  # fmt: skip
            plan = self.task(failover_plan, None, pair=seen["pair"], updates=offers, memory=known["memory"], mode=self.mode,
                             policies={"data_gap": "accept", "sync_max_age": 172800}, **self.wish)  # fmt: skip
            if number == 0:
                self.hold_to(plan)
            if plan["blockers"]:
                self.refuse(plan["blocked"])
            if plan["reached"]:
                return {"outcome": "reached", "why": ""}
            self.trouble(number, "before", plan["next"])
            getattr(self, "do_" + plan["next"]["action"])(plan["next"], seen)
            self.trouble(number, "after", plan["next"])
        raise AssertionError("no end")

    def noted(self, state, step, **more):
        self.task(journal, None, path=self.journal, state=state, action=step["action"], node=step["node"], **more)

    def prepare(self, seen):
        for node in NODES:
            version = next(one["version"] for one in seen["pair"]["nodes"] if one["name"] == node)
            if node not in self.checked:
                self.check(node, self.mode)
                self.checked.add(node)
            if self.saved.get(node, {}).get("version") != version:
                self.saved[node] = dict(self.save(node), version=version)

    def beside(self, step):
        return {"name": step["node"], "peer": dict(self.connection(step["peer"]), name=step["peer"]), "poll_interval": 120}

    def serving(self):
        return self.bench.running.pair().front

    def do_sync(self, step, seen):
        self.prepare(seen)
        self.prepare_clients(seen["serving"], self.run)
        self.noted("begun", step)
        self.task(failover_sync, step["node"], max_age=172800, **self.beside(step))
        self.noted("done", step)

    def do_break(self, step, seen):
        self.prepare(seen)
        self.prepare_clients(seen["serving"], self.run)
        self.noted("begun", step)
        self.task(failover_relation, step["node"], state="absent", public_url=self.bench.running.public_url(), **self.beside(step))
        self.noted("done", step)

    def do_establish(self, step, seen):
        self.noted("begun", step)
        self.task(failover_relation, step["node"], state="present", public_url=self.bench.running.public_url(), **self.beside(step))
        self.noted("done", step)

    def do_install(self, step, seen):
        self.prepare(seen)
        self.prepare_clients(seen["serving"], self.run)
        kept = self.saved[step["node"]]
        self.install(step["node"], step["package"], serves=seen["serving"] == step["node"], backup=kept["backup"],
                     certificates=kept["certificates"])  # fmt: skip

    def do_take_over(self, step, seen):
        if seen["serving"] != step["node"]:
            counts = self.task(client_info, step["peer"], full=False)
            listed = (counts["jump_clients"] or {}).get("listed")
            self.noted("begun", step, data={"online_before": counts["connected"].get("pinned_client"), "listed_before": listed})
            self.switch(step["node"])
        after = self.look()
        if after["serving"] != step["node"]:
            self.refuse([f"the public name does not lead to {step['node']}"])
        read = self.task(appliance_info, step["node"])["appliance"]
        self.noted("done", step, guid=read["guid"], appliance_time=read["clock"])
        self.task(jump_client_settings, step["node"], journal=self.journal, **LIMITS)

    def do_gate(self, step, seen):
        self.gate(step["node"])

    def switch(self, node):
        self.bench.running.pair().switch(node)


def upgrade(bench, mode, **more):
    """The Upgrade of a mode."""
    return Standalone(bench, **more) if mode == "standalone" else Pair(bench, mode, **more)
