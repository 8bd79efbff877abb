#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: certificate_export
short_description: Save the certificates of an appliance with their private keys, and prove that they can be used
version_added: 0.1.0
description:
  - Exports certificate, private key and chain as PKCS#12 from C(/appliance > Security > Certificates). No API does it.
  - Opens each file again with the passphrase and checks that the key belongs to the certificate and that the chain is whole
    up to a self-signed root, as an import on a new appliance demands.
  - Files are 0600 in a folder of mode 0700, each with its identity beside it as JSON. The private key is never returned or shown.
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes:
  check_mode: {support: full}
  diff_mode: {support: full}
  idempotent: {support: none, details: Each run saves new files.}
options:
  dest:
    description: Folder for the files. Created with mode 0700 if absent.
    type: path
    required: true
  passphrase:
    description: Passphrase to put on the files. Without one nothing is exported.
    type: str
    required: true
  names:
    description: Names of the certificates as the page shows them. The default certificate when empty, or all if none is marked as default.
    type: list
    elements: str
    default: []
  allow_incomplete_chain:
    description:
      - Whether a chain that does not reach its root is only reported. Otherwise it fails, after the file was saved.
    type: bool
    default: false
  actuator:
    description:
      - V(web) uses the page. V(operator) says what a person has to do, and takes the file they saved from O(file).
    type: str
    choices: [web, operator]
    default: web
  file:
    description: With O(actuator=operator), the C(.p12) file that a person exported.
    type: path
  journal:
    description: Journal of the site's upgrade in which to note the certificates.
    type: path
requirements: [beautifulsoup4, cryptography]
"""

EXAMPLES = r"""
- name: Save the certificate with its key
  bomgar.appliance.certificate_export:
    dest: /srv/backups/support.example.com
    passphrase: "{{ vault_certificate_passphrase }}"
  register: keys
"""

RETURN = r"""
certificates:
  description: What was saved, one entry per certificate.
  returned: when files were saved
  type: list
  elements: dict
  contains:
    name: {description: Its name on the page., type: str, sample: support.example.com}
    path: {description: The C(.p12) file., type: str, sample: /srv/backups/a-23.2.1-20260302T200000Z-1.p12}
    metadata: {description: The JSON beside it., type: str, sample: /srv/backups/a-23.2.1-20260302T200000Z-1.p12.json}
    subject: {description: Subject of the certificate., type: str, sample: CN=support.example.com}
    fingerprint_sha256: {description: SHA-256 of the certificate., type: str, sample: 5f3a...}
    names: {description: Host names it is valid for., type: list, elements: str, sample: [support.example.com]}
    days_left: {description: Days until it expires., type: int, sample: 212}
    key_matches: {description: Whether the key belongs to the certificate., type: bool, sample: true}
    chain_complete: {description: Whether the chain reaches a self-signed root., type: bool, sample: true}
state: {description: "V(saved), or V(operator) when a person has to act first.", returned: success, type: str, sample: saved}
instructions: {description: What the person has to do., returned: "when RV(state=operator)", type: list, elements: str}
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

import os

from ..module_utils import operator_steps, saving
from ..module_utils.errors import InvalidInput, NotUnderstood
from ..module_utils.files import check_folder
from ..module_utils.journal import Journal
from ..module_utils.model.certificate import inspect_p12
from ..module_utils.module import Operation, run

OPTIONS = {
    "dest": {"type": "path", "required": True},
    "passphrase": {"type": "str", "required": True, "no_log": True},
    "names": {"type": "list", "elements": "str", "default": []},
    "allow_incomplete_chain": {"type": "bool", "default": False},
    "actuator": {"type": "str", "choices": ["web", "operator"], "default": "web"},
    "file": {"type": "path"},
    "journal": {"type": "path"},
}


def export(appliance, params, *, check_mode):
    if not params["passphrase"]:
        raise InvalidInput("The passphrase for the exported private key is empty, so nothing was exported.",
                           host=appliance.host, remedy="Give `passphrase`, from a vault.")
    if params["actuator"] == "operator" and not params["file"]:
        return operator_steps.wanted(operator_steps.export_certificate(appliance.host))
    identity = appliance.observe()
    if params["journal"]:
        Journal(params["journal"]).check(identity["guid"], appliance.host)
    sources = _sources(appliance, params)
    diff = {"before": "", "after": "".join(f"{name}\n" for name, _fetch in sources)}
    if check_mode:
        check_folder(params["dest"])
        return {"changed": True, "state": "saved", "certificates": [{"name": name} for name, _fetch in sources],
                "diff": diff}
    stem = os.path.join(params["dest"], saving.file_name(identity, ""))
    saved = [_save(appliance, params, identity, f"{stem}-{number}.p12", name, fetch)
             for number, (name, fetch) in enumerate(sources, 1)]
    _refuse_incomplete(appliance, params, saved)
    return {"changed": True, "state": "saved", "certificates": saved, "diff": diff}


def _sources(appliance, params):
    """[(name, fetch)] of what is to be saved."""
    if params["actuator"] == "operator":
        return [(os.path.basename(params["file"]), saving.from_file(params["file"]))]
    rows = appliance.pages.certificates()
    wanted = params["names"] or [row.name for row in rows if row.default] or [row.name for row in rows]
    missing = sorted(set(wanted) - {row.name for row in rows})
    if missing or not wanted:
        raise InvalidInput(
            f"The page Security > Certificates has no certificate {', '.join(missing) or 'at all'}.", host=appliance.host,
            evidence=", ".join(row.name for row in rows) or "an empty list", remedy="Correct `names`.")
    return [(name, _press(appliance, name, params["passphrase"])) for name in wanted]


def _press(appliance, name, passphrase):
    return lambda write: write(appliance.pages.export_certificate(name, passphrase))


def _save(appliance, params, identity, path, name, fetch):
    def judged(download):
        found = inspect_p12(download.content(), params["passphrase"], now=identity["clock"])
        if not found["key_matches"]:
            raise NotUnderstood(f"The export of {name!r} holds no private key that belongs to the certificate.",
                                host=appliance.host, remedy="Export it by hand and look at the page's warnings.")
        return found

    saved = saving.save(path, fetch, identity, kind="certificate", judge=judged, actuator=params["actuator"], name=name)
    if params["journal"]:
        Journal(params["journal"]).append("certificate_saved", **saved)
    return saved


def _refuse_incomplete(appliance, params, saved):
    broken = [entry for entry in saved if not entry["chain_complete"]]
    if broken and not params["allow_incomplete_chain"]:
        raise NotUnderstood(
            f"The chain of {', '.join(entry['name'] for entry in broken)} does not reach a self-signed root; the file was saved.",
            host=appliance.host, evidence="; ".join(problem for entry in broken for problem in entry["problems"]),
            remedy="Import the missing authorities on the appliance, or set `allow_incomplete_chain`.",
            facts={"certificates": saved})


OPERATION = Operation(export, OPTIONS, libraries=["bs4", "cryptography"])


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
