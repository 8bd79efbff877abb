# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What each task said, held against what is true in the simulator. A lie is a sentence; no lie is an empty list."""

import hashlib
import json
from pathlib import Path

from ansible_collections.bomgar.appliance.plugins.module_utils import outcome
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal

DAY = 86400
SECRETS = ("canary-api", "canary-web", "canary-login", "canary passphrase", "Bearer ")


class Truth:
    """Watches the tasks of a run: Upgrade(see=truth.see, note=truth.note). .lies collects what was not so."""

    def __init__(self, bench):
        self.bench, self.lies, self.duplicates = bench, [], 0

    def note(self):
        """The last entry of the request log before a task."""
        entries = self.bench.running.requests()
        return entries[-1]["n"] if entries else 0

    def see(self, name, node, result, before):
        told = result.get("outcome")
        found = [] if told in outcome.ALL else [f"the outcome is {told!r}"]
        ours = self.our_writes(before)
        if told in (outcome.NOTHING_DONE, outcome.NOT_STARTED, outcome.UNCHANGED, outcome.MANUAL) and ours:
            found.append(f"it said {told}, and did: {ours}")
        judge = getattr(self, f"judge_{name}", None)
        if judge:
            found += judge(node or "a", result, told)
        if self._somebody_acted(before):  # what was read may have changed since, within this very task
            found = [one for one in found if not one.startswith("it read")]
        if any(secret in json.dumps(result, default=str) for secret in SECRETS):
            found.append("it told a secret")
        self.lies += [f"{name}{f' on {node}' if node else ''}: {one} ({str(result.get('msg', ''))[:200]})" for one in found]

    def _somebody_acted(self, since):
        return any("act" in (one["fault"] or "").split(", ") for one in self.bench.running.simulation.log.entries(since=since))

    def our_writes(self, since=0):
        """Names of what the collection changed, not what the scripted second administrator did."""
        entries = self.bench.running.simulation.log.entries(since=since, effect="write")
        return [(one["appliance"], one["write"]) for one in entries if "act" not in (one["fault"] or "").split(", ")]

    # --- one judge for each module that claims something

    def judge_update_install(self, node, result, told):
        machine = self.bench.running.machine(node)
        package = next((one for one in machine.packages.all() if one.name == result.get("package")), None)
        if told in (outcome.DONE, outcome.UNCHANGED) and result["state"] == "installed" and not machine.packages.has(package.id):
            return [f"{package.id} is not installed"]
        if told == outcome.FAILED and machine.installation and machine.installation.running:
            return ["it failed, it said, and it is still running"]
        return []

    def judge_failover_relation(self, node, result, told):
        related = self.bench.running.pair().related
        return [f"related is {related}"] if told == outcome.DONE and related != (result["relation"] == "present") else []

    def judge_failover_sync(self, node, result, told):
        return ["the sync is not over"] if told == outcome.DONE and self.bench.running.pair().syncing else []

    def judge_site_info(self, node, result, told):
        """Each node that could be read is read as it is."""
        read = [one for one in (result.get("site") or {}).get("nodes", ()) if one["reachable"]]
        return [lie for one in read for lie in self._differences(one["name"], one)]

    def judge_appliance_info(self, node, result, told):
        return [] if result.get("failed") else self._differences(node, result["appliance"])

    def judge_failover_info(self, node, result, told):
        nodes = result.get("pair", {}).get("nodes", []) if not result.get("failed") else []
        return [lie for one in nodes if one["reachable"] for lie in self._differences(one["name"], one)]

    def _differences(self, node, read):
        machine = self.bench.running.machine(node)
        pairs = ((read["version"], machine.version), (read["guid"], machine.guid), (read.get("role"), machine.failover_role))
        return [f"it read {was!r}, which is {true!r}" for was, true in pairs if was not in (None, "", true)]

    def judge_update_info(self, node, result, told):
        true = self.bench.running.machine(node).base_version
        return [f"it read Base {result['base_version']}"] if not result.get("failed") and result["base_version"] != true else []

    def judge_jump_client_settings(self, node, result, told):
        """Done: the page holds what it says. Put back: what the world began with."""
        true = self.bench.running.machine(node).jump_settings
        wrong = [name for name, value in (result.get("settings") or {}).items() if true.get(name) != value]
        return [f"it read {name} wrongly" for name in wrong] if told in (outcome.DONE, outcome.UNCHANGED) else []

    def judge_catch_up(self, node, result, told):
        """An open gate: on the appliance's own clock a day has passed since a site package, and the clients are there.

        Where nobody observed the start, each client that was there within a day proves it by running the version.
        """
        if result.get("failed") or result["state"] != "open" or result["jump_clients"] is None:
            return []
        serving = self._serving()
        now, clients = serving.now(), serving.clients.summary(serving.now())
        since = [event["time"] for event in serving.history if event["event"] == "installed" and event["package"].startswith("rs-")]
        passed = now - since[-1] + self._set_back(since[-1]) if since else DAY
        behind = clients["active_pending"] + clients["passive_pending"]
        verified = not behind and any("was not observed" in reason for reason in result["reasons"])
        lies = [f"the gate opened {passed:.0f} s after the package"] if passed < DAY and not verified else []
        return lies + ([f"the gate opened with {behind} clients behind"] if 20 * behind > clients["active"] + clients["passive"] else [])

    def _set_back(self, since):
        """Seconds by which somebody set the clock back after a moment: they passed twice."""
        events = [event for site in self.bench.running.simulation.sites for event in site.machine.history]
        steps = [event["seconds"] for event in events if event["event"] == "act step_clock" and event["time"] >= since]
        return sum(-seconds for seconds in steps if seconds < 0)

    def _serving(self):
        running = self.bench.running
        return running.machine(running.pair().front) if running.simulation.pairs else running.machine()

    # --- at the end of a case

    def at_the_end(self, folder):
        """What must be true after any number of runs, whatever happened."""
        writes = self.our_writes()
        twice = sorted({one for one in writes if one[1].startswith("install ") and writes.count(one) > 1})
        self.duplicates += len(twice)
        self.lies += [f"asked twice: {one}" for one in twice]
        self.lies += [f"{clients.skipped} clients skipped a version" for clients in self._fleets() if clients.skipped]
        self.lies += [f"never asked for: {one}" for one in writes if one[1].startswith(("restart", "shut", "factory", "terminate"))]
        for pair in self.bench.running.simulation.pairs:
            if self.two_primaries:
                self.lies.append(f"two primaries for {self.two_primaries} s in {pair.name}")
        self.lies += self._settings_forgotten(folder)
        self.lies += [f"a saved file is damaged: {path}" for path in damaged(folder)]
        self.lies += [f"secret {secret!r} in {path}" for secret, path in leaked(folder)]

    def _fleets(self):
        simulation = self.bench.running.simulation
        return [pair.clients for pair in simulation.pairs] or [site.machine.clients for site in simulation.sites]

    def _settings_forgotten(self, folder):
        """Limits of the clients' upgrades that are neither as they were nor listed as not put back."""
        path = Path(folder) / "site" / "journal.jsonl"
        if not path.exists() or Journal(str(path)).state().clients.jump_settings:
            return []
        begun, now = self.bench.running.world["jump_settings"], self._serving().jump_settings
        return [f"{name} is {now[name]}, and nobody is told" for name in begun if now[name] != begun[name]]

    @property
    def two_primaries(self):
        return sum(pair.timeline.two_primaries_seconds(pair.now()) for pair in self.bench.running.simulation.pairs)


def damaged(folder):
    """Saved files that are not what their metadata tell."""
    for told in Path(folder).rglob("backups/*.json"):
        metadata = json.loads(told.read_text())
        path = told.with_suffix("")
        if hashlib.sha256(path.read_bytes()).hexdigest() != metadata["sha256"]:
            yield path


def leaked(folder):
    """(secret, file) of each secret that lies in a file, but for the cache of tokens, which is there for them."""
    for path in Path(folder).rglob("*"):
        if path.is_file() and "cache" not in path.relative_to(folder).parts:
            content = path.read_bytes()
            yield from ((secret, path) for secret in SECRETS if secret.encode() in content)
