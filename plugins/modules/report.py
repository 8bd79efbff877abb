#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: report
short_description: Write the report of an upgrade
version_added: 0.1.0
description:
  - Writes what happened in the last upgrade of a site to C(report.json), which C(docs/schemas/report.schema.json) describes, to
    C(junit.xml), and to C(report.html), one page that needs no network. They begin with the verdict and the next step, also after a failure
    and while the upgrade waits.
  - It reads the state folder only, which holds the journal, and perhaps C(plan.json), C(preflight), C(aftercare.json) and
    C(comparison.json). It talks to no appliance. Of a damaged journal it reports what is left.
  - The files are written again if their content differs, but for the moment at which they are made.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  state_dir:
    description: State folder of the site, with the journal of its upgrade as C(journal.jsonl).
    type: path
    required: true
  dest:
    description: Folder for the report, for its owner alone. O(state_dir) if not set.
    type: path
  site:
    description: What the report calls the site. The name of O(state_dir) if not set.
    type: str
  language:
    description: Language of C(report.html). Sentences of the journal are English.
    type: str
    choices: [en, de]
    default: en
  zone:
    description:
      - Time zone of the people who read C(report.html), as V(Europe/Berlin). It shows each time in this zone and in UTC.
      - The zone of the machine that runs this if not set.
    type: str
  required:
    description: Whether the task fails if the report cannot be written. V(false) warns instead.
    type: bool
    default: true
requirements: [jinja2]
seealso:
  - module: bomgar.appliance.upgrade_run
  - module: bomgar.appliance.journal_info
"""

EXAMPLES = r"""
- name: Write the report
  bomgar.appliance.report:
    state_dir: /srv/upgrades/support.example.com
    dest: /srv/reports/support.example.com
"""

RETURN = r"""
files: {description: Paths of the files., returned: success, type: list, elements: str, sample: [/srv/reports/site/report.json]}
report:
  description: "What the report begins with: C(state), C(verdict), C(next), C(open) and C(nodes), as C(summary) of
    M(bomgar.appliance.upgrade_run). Empty if there is no report."
  returned: success
  type: dict
  sample: {state: reached, verdict: The upgrade is finished. Both nodes run 23.2.1.}
warnings:
  description: What could not be read for the report, and with O(required=false) why it was not written.
  returned: success
  type: list
  elements: str
  sample: []
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

import time
from typing import Any

from ..module_utils.model.moments import iso
from ..module_utils.module import Operation, run
from ..module_utils.operations.report import report_on

OPTIONS = {
    "state_dir": {"type": "path", "required": True},
    "dest": {"type": "path"},
    "site": {"type": "str"},
    "language": {"type": "str", "choices": ["en", "de"], "default": "en"},
    "zone": {"type": "str"},
    "required": {"type": "bool", "default": True},
}


def report(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    return report_on(params, now=iso(time.time()), check_mode=check_mode)


OPERATION = Operation(report, OPTIONS, appliance=False, libraries=["jinja2"])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
