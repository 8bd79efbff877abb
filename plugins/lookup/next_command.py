# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: next_command
short_description: Return the command that continues a run
version_added: 0.1.0
description:
  - Returns the command line of the present run with the inventories, the limit, the extra variables, tags and vault options that were
    really used, quoted for a shell. C(--check) and options about output are left out.
  - An extra variable is shown if it is a file (C(@FILE)), or if its name is one of this collection and does not look like that of a secret.
    In place of another one C((as before)) is returned, which Ansible refuses until it is replaced.
  - In a job of AWX it returns the name of the job template in place of a command.
author: The bomgar.appliance authors (!UNKNOWN)
options:
  _terms:
    description: The playbook to run if the command line has none, for example because C(ansible) runs the role.
    type: list
    elements: str
    required: true
  limit:
    description: The host or group for C(--limit). Empty keeps the limit of the command line.
    type: str
    default: ""
  instead:
    description: Whether the playbook takes the place of that of the command line.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Tell how to continue
  ansible.builtin.debug:
    msg: "{{ lookup('bomgar.appliance.next_command', 'bomgar.appliance.upgrade') }}"
"""

RETURN = r"""
_raw:
  description: The command line.
  type: list
  elements: str
"""

import os
from typing import Any

from ansible import context
from ansible.plugins.lookup import LookupBase
from ansible.utils.path import unfrackpath

from ..module_utils.model.command_line import next_command


class LookupModule(LookupBase):
    def run(self, terms: list[str], variables: Any = None, limit: str = "", instead: bool = False, **kwargs: Any) -> list[str]:
        known = variables or {}
        job = known.get("awx_job_template_name") or known.get("tower_job_template_name")
        if job:
            return [f"job template '{self._templar.template(job)}'{f' with the limit {limit}' if limit else ''}"]
        given = dict(context.CLIARGS)
        for name in ("args", "extra_vars"):
            given[name] = [_whole(one) for one in given.get(name) or ()]
        sources = [one for one in known.get("ansible_inventory_sources") or () if "," in one or os.path.exists(one)]
        return [next_command(given, sources, terms[0], limit=limit, instead=instead)]


def _whole(argument: str) -> str:
    """The absolute path of a file that exists, and anything else as it is: the command works in each folder."""
    mark = "@" if argument.startswith("@") else ""
    path = unfrackpath(argument.removeprefix("@"), follow=False)
    return mark + path if os.path.exists(path) else argument
