#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: update_info
short_description: Read which packages an appliance offers, and its Base version
version_added: 0.1.0
description:
  - Reads C(/appliance > Status > Basics) and C(/appliance > Updates). No API has these facts.
  - Asks the appliance to check for updates first, as the page's own button does; that installs nothing.
  - With O(actuator=operator) no page is opened. Then the O(manifest) says what there is, the API which product version runs, and a person
    which Base version (O(base_version)).
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  actuator:
    description: V(web) reads the pages, V(operator) relies on O(manifest) and on what a person states.
    type: str
    choices: [web, operator]
    default: web
  manifest:
    description: Facts about packages, as for M(bomgar.appliance.upgrade_plan). Needed with O(actuator=operator).
    type: dict
  base_version:
    description: The Base version that a person read on C(Status > Basics), with O(actuator=operator).
    type: str
  installed:
    description: Names of add-ons and hotfixes that a person installed, with O(actuator=operator).
    type: list
    elements: str
    default: []
  check:
    description: Whether to press C(Check for Updates) before reading the list.
    type: bool
    default: true
  download_key:
    description: Whether to read the Appliance Download Key too, with which packages for this appliance can be downloaded elsewhere.
    type: bool
    default: false
requirements: [beautifulsoup4]
"""

EXAMPLES = r"""
- name: See what is offered
  bomgar.appliance.update_info:
  register: offered

- name: Name what can be installed now
  ansible.builtin.debug:
    msg: "{{ offered.packages | selectattr('state', 'eq', 'available') | map(attribute='name') }}"
"""

RETURN = r"""
state: {description: "V(read), or V(operator) when a person has to state something first.", returned: success, type: str, sample: read}
source: {description: "Where the list comes from: V(page) or V(manifest).", returned: success, type: str, sample: page}
instructions: {description: What the person has to do., returned: "when RV(state=operator)", type: list, elements: str}
base_version: {description: The Base version of Status > Basics., returned: success, type: str, sample: 6.2.0}
basics:
  description: "Everything that Status > Basics shows: C(model), C(serial), C(system_time) and C(fields), label to text."
  returned: success
  type: dict
  sample: {model: B300, serial: BG-1234, base_version: 6.2.0, fields: {"Base Version": 6.2.0}}
packages:
  description: The rows of the list, in its order.
  returned: success
  type: list
  elements: dict
  contains:
    name: {description: The name as the page shows it., type: str, sample: Base 6.2.0}
    kind: {description: "V(base), V(site), V(licence), V(hotfix) or V(other).", type: str, sample: base}
    version: {description: "Its version, null where the name has none.", type: str, sample: 6.2.0}
    state: {description: "V(available), V(blocked) until another package is installed, or V(installed).", type: str, sample: available}
    waits_for: {description: "Names that the row says must come first; not every appliance says it.", type: list, elements: str, sample: []}
    note: {description: The rest of the row's text., type: str, sample: ""}
download_key: {description: "The key, with O(download_key=true) only.", returned: success, type: str, sample: ""}
message: {description: What the page says about the list., returned: success, type: str, sample: ""}
installing: {description: Whether an installation is under way., returned: success, type: bool, sample: false}
console_installers_url:
  description: Address of the installers for the representative console, where the page links them; empty otherwise.
  returned: success
  type: str
  sample: ""
outcome:
  description:
    - How it ended, in one word. V(done), changed and proved by reading again; V(unchanged); V(waiting), a gate is closed; V(operator), a
      person has to act first; V(not_started), asked for and proved not to have begun; V(nothing_done), failed before anything was asked
      for; V(failed), the appliance says so; V(unknown), asked for and not proved, so that it may have happened or still happen.
    - V(nothing_done), V(failed) and V(unknown) come with a failed task.
  returned: always
  type: str
  sample: unchanged
"""

from ..module_utils import operator_steps
from ..module_utils.model.manifest import read_manifest
from ..module_utils.model.package import BASE
from ..module_utils.module import Operation, run
from ..module_utils.policy.offers import offered_by

OPTIONS = {
    "actuator": {"type": "str", "choices": ["web", "operator"], "default": "web"},
    "manifest": {"type": "dict"},
    "base_version": {"type": "str"},
    "installed": {"type": "list", "elements": "str", "default": []},
    "check": {"type": "bool", "default": True},
    "download_key": {"type": "bool", "default": False, "no_log": False},
}


def read(appliance, params, *, check_mode):
    return _stated(appliance, params) if params["actuator"] == "operator" else _shown(appliance, params)


def _stated(appliance, params):
    """What the manifest and a person say, in the shape of what the pages show."""
    manifest, base = read_manifest(params["manifest"]), params["base_version"]
    rows = offered_by(manifest, site_version=appliance.health().version, base_version=base, installed=params["installed"])
    result = {"changed": False, "state": "read", "source": "manifest", "base_version": base, "basics": {},
              "packages": [row.as_dict() for row in rows], "message": "", "installing": False, "download_key": "",
              "console_installers_url": ""}  # fmt: skip
    if base is None and any(row.kind == BASE for row in rows):
        return dict(result, **operator_steps.wanted(operator_steps.state_base(appliance.host)))
    return result


def _shown(appliance, params):
    basics, updates = appliance.pages.basics(), appliance.pages.updates(check=params["check"])
    return {
        "changed": False,
        "state": "read",
        "source": "page",
        "base_version": basics.base_version,
        "basics": basics.as_dict(),
        "packages": [package.as_dict() for package in updates.packages],
        "message": updates.message,
        "installing": updates.installing,
        "download_key": appliance.pages.download_key() if params["download_key"] else "",
        "console_installers_url": updates.console_installers_url,
    }


OPERATION = Operation(read, OPTIONS, libraries=["bs4"], required_if=[["actuator", "operator", ["manifest"]]])


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
