#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: window
short_description: Return whether a step may start now inside a maintenance window, and otherwise when
version_added: 0.1.0
description:
  - Reads the clock of the appliance and compares it with O(windows). It changes nothing.
  - A window that is closed is not a failure. RV(state) is V(waiting), and RV(next_run_at) says when to run again.
  - Fails if no window of the next year is long enough, and on a time zone that nobody knows.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment:
  - bomgar.appliance.connection
  - bomgar.appliance.web
  - bomgar.appliance.windows
  - bomgar.appliance.attributes
attributes:
  check_mode: {support: full, details: A wait is not written to the journal.}
  diff_mode: {support: none}
  idempotent: {support: full}
options:
  window_seconds:
    description: Seconds that the step takes, V(0) to V(31622400).
    type: float
    default: 0
  what:
    description: The step in a few words, for people.
    type: str
    default: the next step
  journal:
    description: Journal of the site to which a wait is written. To none if not set.
    type: path
seealso:
  - module: bomgar.appliance.upgrade_plan
"""

EXAMPLES = r"""
- name: Ask whether an hour is left in a window on Saturday night
  bomgar.appliance.window:
    windows: {list: [{days: [sat], start: "22:00", end: "02:00"}], zone: Europe/Berlin}
    window_seconds: 3600
  register: window
"""

RETURN = r"""
state: {description: "V(open), or V(waiting).", returned: success, type: str, sample: waiting}
next_run_at:
  description: When the step may start, ISO 8601 in UTC by the appliance's clock; empty if it may start now.
  returned: success
  type: str
  sample: "2026-03-07T21:00:00+00:00"
message:
  description: Why it waits, with the time in the zone of the windows and in UTC; empty if it does not.
  returned: success
  type: str
  sample: install Base 6.2.0 waits. No maintenance window is open.
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: waiting
"""

from ..module_utils.module import Operation, run
from ..module_utils.operations.window import wait_for_window
from ..module_utils.options import WINDOW_OPTIONS

OPTIONS = dict(WINDOW_OPTIONS, what={"type": "str", "default": "the next step"}, journal={"type": "path"})

OPERATION = Operation(wait_for_window, OPTIONS)


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
