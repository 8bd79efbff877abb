# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A stdout callback for programs: one JSON document at the end, {host: {task: result}}, as ansible.posix.json writes one."""

from __future__ import annotations

import json

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: only_json
type: stdout
short_description: One JSON document
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION, CALLBACK_TYPE, CALLBACK_NAME = 2.0, "stdout", "only_json"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._failed = {}

    def v2_runner_on_failed(self, result, ignore_errors=False):
        host, given = getattr(result, "_host", None) or result.host, getattr(result, "_result", None) or result.result
        self._failed.setdefault(host.get_name(), []).append(str(given.get("msg")))

    def v2_playbook_on_stats(self, stats):
        hosts = {host: stats.summarize(host) for host in sorted(stats.processed)}
        self._display.display(json.dumps({"stats": hosts, "failed": self._failed, "custom": stats.custom.get("_run", {})}))
