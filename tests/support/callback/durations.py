# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Writes how long each task took, as JSON lines {name, seconds}, to the file in DURATIONS_FILE."""

import json
import os
import time

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = r"""
name: durations
type: aggregate
short_description: Durations of tasks for the benchmarks
description: Writes them to the file that the environment variable DURATIONS_FILE names.
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "durations"
    CALLBACK_NEEDS_ENABLED = True

    def v2_runner_on_start(self, host, task):
        self._begun = time.perf_counter()

    def v2_runner_on_ok(self, result):
        task = getattr(result, "task", None) or result._task
        entry = {"name": task.get_name(), "seconds": time.perf_counter() - self._begun}
        with open(os.environ["DURATIONS_FILE"], "a", encoding="utf-8") as stream:
            stream.write(json.dumps(entry) + "\n")
