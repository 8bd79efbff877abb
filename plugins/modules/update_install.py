#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: update_install
short_description: Install and verify one package on one appliance
version_added: 0.1.0
description:
  - Installs an offered package (C(Install This Update)) or uploads a file (C(Manual Installation)). Shows the progress, waits until the
    appliance is available again, and verifies the result. Does nothing if the package is installed.
  - A site package is verified by the product version of the Command API, and a Base package by C(Status > Basics). A license add-on or a
    hotfix is verified if it is no longer in the list of updates.
  - The request is sent once. O(journal) records it directly before. No later run sends it again until the result is verified or a person
    releases the step (M(bomgar.appliance.journal), C(state=released)), regardless of what the pages show. Without O(journal) nothing is
    remembered between two tasks.
  - Directly before the request, the module reads again everything that the request depends on. It installs nothing if another appliance
    answers, if the version has changed, or if the public name does not lead to the node that O(serves) expects.
  - After each installation, version and build are read again. If they have changed, a catch-up starts, for every kind of package.
  - If a Base update cannot be verified, the module fails. It does not restart the appliance and does not retry. No option changes this.
  - A backup and the exported keys of the same run are required (O(backup), O(certificates)).
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment:
  - bomgar.appliance.connection
  - bomgar.appliance.web
  - bomgar.appliance.peer.optional
  - bomgar.appliance.windows
  - bomgar.appliance.attributes
attributes: {check_mode: {support: full}, diff_mode: {support: full}, idempotent: {support: full}}
options:
  window_seconds:
    description: Seconds that the installation takes, for O(windows), which are read again right before the request. V(0) to V(31622400).
    type: float
    default: 0
  package:
    description: Name of the package in the list of updates, for example V(Base 6.2.0).
    type: str
    required: true
  backup:
    description: RV(bomgar.appliance.backup#module:backup.metadata) of this run. The backup is verified before the request.
    type: path
  certificates:
    description: The values of RV(bomgar.appliance.certificate_export#module:certificates[].metadata) of this run.
    type: list
    elements: path
    default: []
  keys_waiver:
    description:
      - Why no exported keys are needed, for example because the certificate is in a vault. The reason is recorded in O(journal).
      - O(certificates) or O(keys_waiver) is required.
    type: str
  saved_max_age:
    description: Maximum age of backup and keys in seconds, on the appliance's clock, V(60) to V(2592000).
    type: int
    default: 86400
  file:
    description: Package file for an offline installation. O(manifest) must contain its SHA-256.
    type: path
  manifest:
    description: Facts about packages, in the format of O(bomgar.appliance.upgrade_plan#module:manifest).
    type: dict
  accept_eula:
    description: Whether to accept an end user license agreement on the page in the name of O(contact).
    type: bool
    default: false
  contact:
    description: Who accepts the end user license agreement.
    type: dict
    suboptions:
      name: {description: Contact name., type: str}
      email: {description: E-mail address., type: str}
      title: {description: Job title., type: str}
  method:
    description:
      - V(web) uses the page. V(manual) opens no page and returns RV(instructions) for a person. The next run verifies that the package is
        installed.
      - With V(manual), a site package is verified through the API, a Base package by O(base_version), and a license add-on or hotfix by
        O(installed).
    type: str
    choices: [web, manual]
    default: web
  base_version:
    description: With O(method=manual), the Base version that a person read on C(Status > Basics).
    type: str
  installed:
    description: With O(method=manual), the names of license add-ons and hotfixes that a person installed.
    type: list
    elements: str
    default: []
  catch_up_waiver:
    description:
      - Who installs before the catch-up is open, and why. The text is recorded in O(journal). Clients that miss a version may have to be
        deployed again by hand.
      - If not set, a Base or site package is refused while the catch-up in O(journal) is closed.
    type: str
  serves:
    description:
      - Whether clients and users reach this appliance. A site package on a node that does not serve starts no catch-up. The catch-up starts
        when that node takes over.
      - With O(peer), this is verified directly before the request.
    type: bool
    default: true
  peer:
    description:
      - The other node of the pair, with the same connection options as this one, and C(name). Both nodes and O(public_url) are read
        directly before the request.
      - The filter P(bomgar.appliance.connection#filter) returns these options from the variables of a host.
    type: dict
  public_url:
    description: The public name of the pair. Required with O(peer). It is used to verify which node serves clients.
    type: str
  relation:
    description: With O(peer), the required state of the failover relation directly before the request.
    type: str
    choices: [any, present, absent]
    default: any
  wait_timeout:
    description:
      - Seconds that the installation may take, V(1) to V(604800). The vendor names 15 minutes to an hour, and much longer with many
        recordings.
      - After this time the module fails. The installation on the appliance continues.
    type: int
    default: 7200
  start_timeout:
    description: Seconds within which the appliance must report that the installation runs, V(1) to V(86400).
    type: int
    default: 600
  poll_interval:
    description: Seconds between two reads, V(1) to V(86400).
    type: int
    default: 15
  stable:
    description: Number of successful reads in a row that verify the result, V(1) to V(100).
    type: int
    default: 2
  journal:
    description:
      - Path of the journal of the site. It records the step before the request and after the verification.
      - A Base or site package is refused while the catch-up in the journal is closed, and if version or build have changed since the
        first read.
      - A journal without entries about this appliance contains no catch-up. If the clients may not have upgraded, call
        M(bomgar.appliance.catch_up) first.
    type: path
requirements: [beautifulsoup4]
seealso:
  - module: bomgar.appliance.upgrade_plan
"""

EXAMPLES = r"""
- name: Install a Base package
  bomgar.appliance.update_install:
    package: Base 6.2.0
    backup: "{{ saved.backup.metadata }}"
    certificates: "{{ keys.certificates | map(attribute='metadata') }}"

- name: Install a downloaded site package
  bomgar.appliance.update_install:
    package: BeyondTrust 24.3.1
    file: /srv/packages/beyondtrust-24.3.1.nss
    manifest: {packages: [{name: BeyondTrust 24.3.1, sha256: "{{ sha256_from_the_vendor }}"}]}
    backup: "{{ saved.backup.metadata }}"
    keys_waiver: The certificate and its key are in the vault of the company
"""

RETURN = r"""
package: {description: Name of the package., returned: success, type: str, sample: Base 6.2.0}
kind: {description: Kind of the package., returned: success, type: str, sample: base}
state:
  description:
    - V(installed), or V(manual) if a person must act first.
    - V(not_started) if an earlier run began the step and sent no request, and O(backup) is not set.
    - V(waiting) if no maintenance window has the time of the step.
  returned: success
  type: str
  sample: installed
next_run_at:
  description: When the step may start, ISO 8601 in UTC by the appliance's clock.
  returned: "when RV(state=waiting)"
  type: str
  sample: "2026-03-07T21:00:00+00:00"
message:
  description: Why the step waits for its maintenance window.
  returned: "when RV(state=waiting)"
  type: str
  sample: install Base 6.2.0 waits. No maintenance window is open.
evidence:
  description: The facts that verify the installation. Empty if the package was installed before.
  returned: success
  type: dict
  sample: {base_version: 6.2.0}
appliance_time:
  description: Time of the verification on the appliance's clock, in UNIX seconds.
  returned: when this call installed the package
  type: float
  sample: 1772481600.0
version: {description: The product version after it., returned: when this call installed the package, type: str, sample: 22.1.4}
build: {description: The product build after it., returned: when this call installed the package, type: str, sample: 51234-0a1b}
support_text: {description: Text for the vendor's technical support., returned: when a Base update cannot be verified, type: str}
support_file: {description: Path of the file that holds the RV(support_text)., returned: "as RV(support_text), with O(journal)", type: str}
instructions: {description: What a person must do., returned: "when RV(state=manual)", type: list, elements: str}
outcome:
  description:
    - How the call ended, in one word. All modules of this collection return it.
    - V(done) means that something changed, and that reading it again verified the change. V(unchanged) means that nothing had to be done.
    - V(waiting) means that the module must be called again later, for example because the catch-up is closed.
    - V(manual) means that a person must act first.
    - V(not_started) means that an earlier run began the step and sent no request.
    - V(nothing_done) means that the task failed before a request that changes the appliance was sent.
    - V(failed) means that the task failed because the appliance reports a failure or refused the request.
    - V(unknown) means that the task failed after the request was sent, and that the result could not be verified. The change may have
      happened, or may still happen.
  returned: always
  type: str
  sample: done
"""

from typing import Any

from ..module_utils.model.bounds import PROBES, SECONDS_BETWEEN, SECONDS_TO_WAIT
from ..module_utils.model.journal.decisions import not_default
from ..module_utils.module import Operation, run
from ..module_utils.operations import update_install
from ..module_utils.operations.port import Appliance
from ..module_utils.options import PEER, WINDOW_OPTIONS

OPTIONS = {
    "package": {"type": "str", "required": True},
    "backup": {"type": "path"},
    "certificates": {"type": "list", "elements": "path", "default": []},
    "keys_waiver": {"type": "str", "no_log": False},  # a reason, which belongs in the journal
    "saved_max_age": {"type": "int", "default": 86400, "range": (60, 2592000)},
    "file": {"type": "path"},
    "manifest": {"type": "dict"},
    "accept_eula": {"type": "bool", "default": False},
    "contact": {"type": "dict", "options": {"name": {"type": "str"}, "email": {"type": "str"}, "title": {"type": "str"}}},
    "method": {"type": "str", "choices": ["web", "manual"], "default": "web"},
    "base_version": {"type": "str"},
    "installed": {"type": "list", "elements": "str", "default": []},
    "catch_up_waiver": {"type": "str"},
    "serves": {"type": "bool", "default": True},
    "peer": PEER,
    "public_url": {"type": "str"},
    "relation": {"type": "str", "choices": ["any", "present", "absent"], "default": "any"},
    "wait_timeout": {**SECONDS_TO_WAIT, "default": 7200},
    "start_timeout": {"type": "int", "default": 600, "range": (1, 86400)},
    "poll_interval": {**SECONDS_BETWEEN, "default": 15},
    "stable": {**PROBES, "default": 2},
    "journal": {"type": "path"},
    **WINDOW_OPTIONS,
}
# Options that the journal records with the step.
DECISIONS = ("accept_eula", "contact", "saved_max_age", "stable", "wait_timeout", "start_timeout")


def install(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    return update_install.install(appliance, params, decisions=not_default(params, OPTIONS, DECISIONS), check_mode=check_mode)


OPERATION = Operation(install, OPTIONS, libraries=["bs4"], required_together=[("peer", "public_url")])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
