# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Writes what became of each task heading, as JSON lines {play, batch, name, status}, to the file in HEADINGS_FILE.

The status of a heading is that of its first host that does something, or else 'included', 'skipping' or ''. So one run shows both: its
headings, and the lines of another stdout callback.
"""

import json
import os

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = r"""
name: headings
type: aggregate
short_description: Task headings for the benchmarks
description: Writes them to the file that the environment variable HEADINGS_FILE names.
"""
IDLE = ("", "included", "skipping")


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "headings"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._batch, self._found = {"play": "", "batch": 0}, []

    def v2_playbook_on_play_start(self, play):
        self._batch = {"play": play.get_name().strip(), "batch": self._batch["batch"] + 1}

    def v2_playbook_on_task_start(self, task, is_conditional):
        self._found.append({**self._batch, "name": task.get_name(), "status": ""})

    def v2_playbook_on_include(self, included_file):
        self._became("included")

    def v2_runner_on_skipped(self, result):
        self._became("skipping")

    def v2_runner_on_ok(self, result):
        task = getattr(result, "task", None) or result._task
        if "include" not in task.action:  # then v2_playbook_on_include follows, or nothing was included
            self._became("did")

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._became("did")

    def v2_runner_on_unreachable(self, result):
        self._became("did")

    def _became(self, status):
        if self._found and self._found[-1]["status"] in IDLE:
            self._found[-1]["status"] = status

    def v2_playbook_on_stats(self, stats):
        with open(os.environ["HEADINGS_FILE"], "w", encoding="utf-8") as stream:
            stream.writelines(json.dumps(one) + "\n" for one in self._found)
