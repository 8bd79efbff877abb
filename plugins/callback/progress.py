# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
name: progress
type: stdout
short_description: Shows an upgrade as its plan, a line per step, and a summary
version_added: 0.1.0
author: The bomgar.appliance authors (!UNKNOWN)
description:
  - Shows the plan of an upgrade once as a table, then one line per step with its time and estimate, and at the end the state of each site
    and node, what is open, and the next command with its time.
  - On a terminal a step at work has a bar at the bottom of the screen. In a log, and without the library, it has a line after 15 seconds
    and then one every O(interval) seconds.
  - Tasks of your own roles and playbooks have a short line each; failures are shown whole; messages of M(ansible.builtin.debug) and
    warnings are shown. The tasks of this collection's roles have no lines of their own, unless they fail.
  - With C(-v), every task has a line; with C(-vv), also its result.
requirements:
  - the Python library C(rich), for the bar alone
options:
  live:
    description:
      - Whether a step at work has a bar. V(auto) draws it on a terminal.
      - V(never) suits screen readers, because no line is drawn again. An environment variable E(NO_COLOR) only removes colors.
    type: str
    choices: [auto, never]
    default: auto
    env: [{name: BOMGAR_APPLIANCE_PROGRESS_LIVE}]
    ini: [{section: bomgar_appliance_progress, key: live}]
  interval:
    description: Seconds between two lines of one step where no bar is drawn.
    type: int
    default: 60
    env: [{name: BOMGAR_APPLIANCE_PROGRESS_INTERVAL}]
    ini: [{section: bomgar_appliance_progress, key: interval}]
  width:
    description: Columns of the output. V(0) takes those of the terminal, or 132 where there is none.
    type: int
    default: 0
    env: [{name: BOMGAR_APPLIANCE_PROGRESS_WIDTH}]
    ini: [{section: bomgar_appliance_progress, key: width}]
  zone:
    description: IANA name of the reader's time zone, as V(Europe/Berlin). Empty takes that of this machine. UTC is shown besides.
    type: str
    default: ""
    env: [{name: BOMGAR_APPLIANCE_PROGRESS_ZONE}]
    ini: [{section: bomgar_appliance_progress, key: zone}]
"""

EXAMPLES = r"""
ansible.cfg: |
  [defaults]
  stdout_callback = bomgar.appliance.progress
"""

from ansible import context
from ansible.errors import AnsibleError
from ansible.plugins.callback import CallbackBase

from ..plugin_utils.interruption import Watch
from ..plugin_utils.presenter import Presenter
from ..plugin_utils.progress_screen import SAVED
from ..plugin_utils.task_events import Task, event_of, zone_of

WITHOUT_OPTIONS = {"live": "never", "interval": 60, "width": 0, "zone": ""}


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "bomgar.appliance.progress"
    _watch = None

    def set_options(self, task_keys=None, var_options=None, direct=None):
        super().set_options(task_keys=task_keys, var_options=var_options, direct=direct)
        try:
            zone = zone_of(self._option("zone"))
        except ValueError as exc:
            raise AnsibleError(f"The option zone of the callback {self.CALLBACK_NAME}: {exc}") from exc
        known = {name: self._option(name) for name in ("live", "interval", "width")}
        self._presenter = Presenter(self._display, zone=zone, **known)
        self._screen = self._presenter.screen

    def _option(self, name):
        """The value of an option. A callback that is derived from this one (ansible-runner makes one for AWX) has none."""
        try:
            return self.get_option(name)
        except KeyError:
            return WITHOUT_OPTIONS[name]

    def v2_playbook_on_start(self, playbook):
        self._presenter.start()
        self._watch = self._watch or Watch(self._presenter.abandon)  # one command may run several playbooks

    def v2_playbook_on_play_start(self, play):
        self._presenter.show(self._screen.play(play.get_name().strip()))

    def v2_playbook_on_no_hosts_matched(self):
        self._presenter.show(self._screen.nobody())

    def v2_playbook_on_task_start(self, task, is_conditional):
        self._presenter.is_paused = Task(task).asks

    def v2_playbook_on_handler_task_start(self, task):
        self._presenter.is_paused = Task(task).asks

    def v2_runner_on_start(self, host, task):
        self._watch.begun(host.get_name(), Task(task).is_ours)

    def v2_runner_on_ok(self, result):
        event = self._ended(result)
        self._presenter.show(self._lines_of(event))
        if not event.task.is_include and event.task.module != "debug" and not event.task.own:
            self._presenter.show(self._screen.other(event.host, event.task.name, event.word))
        self._more(event, event.word)

    def _lines_of(self, event):
        """What a result of a module of this collection, or of debug, adds to the screen."""
        host, result, module = event.host, event.result, event.task.module
        if module == "debug":
            return self._screen.debug(host, result, own=event.task.own)
        if not event.task.is_ours:
            return ()
        if module == "upgrade_run":
            self._watch.token = result.get("lock") or ""
            return self._screen.closed(host, result) if result.get("summary") else self._screen.opened(host) or ()
        if module in SAVED and event.task.own and result.get("changed"):
            self._screen.saved(host, SAVED[module])
        known = {"upgrade_plan": self._screen.plan, "aftercare": self._screen.work_list}
        shown = known.get(module)
        return shown(host, result) if shown else ()

    def v2_runner_on_skipped(self, result):
        self._more(self._ended(result), "skipped")

    def v2_runner_on_failed(self, result, ignore_errors=False):
        event = self._ended(result)
        self._presenter.show(
            self._screen.failed(event.host, event.task.name, event.failure, ignored=ignore_errors, own=event.task.own),
        )
        self._more(event, "failed")

    def v2_runner_on_unreachable(self, result):
        self.v2_runner_on_failed(result)

    def v2_runner_item_on_failed(self, result):
        event = event_of(result)
        self._presenter.show(self._screen.failed(event.host, event.name, event.failure, ignored=False, own=False))

    def v2_runner_item_on_ok(self, result):
        event = event_of(result)
        if event.task.module == "debug":
            self._presenter.show(self._screen.debug(event.host, event.result, own=event.task.own))

    def v2_runner_retry(self, result):
        self._more(event_of(result), "retrying")

    def v2_on_file_diff(self, result):
        event = event_of(result)
        for one in event.results:
            if one.get("diff") and one.get("changed"):
                self._presenter.show(self._screen.text(self._get_diff(one["diff"]) or ""))

    def v2_playbook_on_stats(self, stats):
        failed = {**dict.fromkeys(stats.failures, "failed"), **dict.fromkeys(stats.dark, "unreachable")}
        dry = bool(context.CLIARGS.get("check"))
        self._presenter.end(self._screen.summary(failed, sum(stats.changed.values()), dry))

    def _ended(self, result):
        event = event_of(result)
        self._watch.ended(event.host)
        self._presenter.show(())  # what the task said comes before its warnings
        self._handle_warnings(event.result)
        return event

    def _more(self, event, word):
        """With -v the line of a task that has no other one, with -vv also its result."""
        verbosity = self._display.verbosity
        if verbosity and (event.task.own or word in ("skipped", "retrying")):
            self._presenter.show(self._screen.other(event.host, event.task.name, word))
        if verbosity > 1:
            self._presenter.show(self._screen.text(self._dump_results(event.result, indent=2)))
