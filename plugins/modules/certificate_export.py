#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: certificate_export
short_description: Save and verify certificates with their private keys
version_added: 0.1.0
description:
  - Exports certificate, private key and chain as PKCS#12 from C(/appliance > Security > Certificates). No API offers this.
  - Opens each file with the passphrase. Verifies that the key belongs to the certificate and that the chain is complete up to a self-signed
    root. An import on a new appliance requires both.
  - Saves files of mode 0600 in a folder of mode 0700. A JSON file next to each one records which appliance it belongs to. The private key
    is never returned or shown.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes:
  check_mode: {support: full}
  diff_mode: {support: full}
  idempotent: {support: none, details: Each run saves new files.}
options:
  dest:
    description: Folder for the files. It is created with mode 0700 if absent.
    type: path
    required: true
  passphrase:
    description: Passphrase that encrypts the files. If empty, the module fails and exports nothing.
    type: str
    required: true
  names:
    description: Names of the certificates on the page. If empty, the default certificate, or all certificates if none is marked as default.
    type: list
    elements: str
    default: []
  allow_incomplete_chain:
    description:
      - Whether a chain that does not reach its root is accepted. Otherwise the module fails after it has saved the file.
    type: bool
    default: false
  method:
    description:
      - V(web) uses the page. V(manual) returns RV(instructions) for a person. It reads the file that the person saved from O(file).
    type: str
    choices: [web, manual]
    default: web
  file:
    description: With O(method=manual), the C(.p12) file that a person exported.
    type: path
  journal:
    description: Path of the journal that records the certificates. If not set, nothing is recorded.
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
  description: The saved files, one entry per certificate.
  returned: when files were saved
  type: list
  elements: dict
  contains:
    name: {description: Name of the certificate on the page., type: str, sample: support.example.com}
    path: {description: Path of the C(.p12) file., type: str, sample: /srv/backups/a-23.2.1-20260302T200000Z-1.p12}
    metadata: {description: Path of the JSON file next to it., type: str, sample: /srv/backups/a-23.2.1-20260302T200000Z-1.p12.json}
    subject: {description: Subject of the certificate., type: str, sample: CN=support.example.com}
    fingerprint_sha256: {description: SHA-256 of the certificate., type: str, sample: 5f3a...}
    names: {description: Host names for which it is valid., type: list, elements: str, sample: [support.example.com]}
    days_left: {description: Days until it expires., type: int, sample: 212}
    key_matches: {description: Whether the key belongs to the certificate., type: bool, sample: true}
    chain_complete: {description: Whether the chain reaches a self-signed root., type: bool, sample: true}
state: {description: "V(saved), or V(manual) if a person must act first.", returned: success, type: str, sample: saved}
instructions: {description: What a person must do., returned: "when RV(state=manual)", type: list, elements: str}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

import os
from typing import Any

from ..module_utils.errors import InvalidInput, NotUnderstood
from ..module_utils.model import manual_steps
from ..module_utils.model.certificate import inspect_p12
from ..module_utils.model.journal.decisions import not_default
from ..module_utils.module import Operation, run
from ..module_utils.operations.port import Appliance
from ..module_utils.storage import saved_files
from ..module_utils.storage.folder import check_private_folder
from ..module_utils.storage.journal import Journal

OPTIONS = {
    "dest": {"type": "path", "required": True},
    "passphrase": {"type": "str", "required": True, "no_log": True},
    "names": {"type": "list", "elements": "str", "default": []},
    "allow_incomplete_chain": {"type": "bool", "default": False},
    "method": {"type": "str", "choices": ["web", "manual"], "default": "web"},
    "file": {"type": "path"},
    "journal": {"type": "path"},
}


def export(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    if not params["passphrase"]:
        raise InvalidInput(
            "The passphrase for the exported private key is empty, so nothing was exported.",
            host=appliance.host,
            remedy="Set `passphrase`, from a vault.",
        )
    if params["method"] == "manual" and not params["file"]:
        return manual_steps.manual_result(manual_steps.export_certificate(appliance.host))
    identity = appliance.observe()
    if params["journal"]:
        Journal(params["journal"]).check(identity["guid"], appliance.host)
    sources = _sources(appliance, params)
    diff = {"before": "", "after": "".join(f"{name}\n" for name, _fetch in sources)}
    if check_mode:
        check_private_folder(params["dest"])
        return {"changed": True, "state": "saved", "certificates": [{"name": name} for name, _fetch in sources], "diff": diff}
    stem = os.path.join(params["dest"], saved_files.new_file_name(identity, ""))
    saved = [_save(appliance, params, identity, f"{stem}-{number}.p12", name, fetch) for number, (name, fetch) in enumerate(sources, 1)]
    _refuse_incomplete(appliance, params, saved)
    return {"changed": True, "state": "saved", "certificates": saved, "diff": diff}


def _sources(appliance: Appliance, params: dict[str, Any]) -> Any:
    """[(name, fetch)] of the certificates to save."""
    if params["method"] == "manual":
        return [(os.path.basename(params["file"]), saved_files.fetch_from_file(params["file"]))]
    rows = appliance.pages.certificates()
    wanted = params["names"] or [row.name for row in rows if row.default] or [row.name for row in rows]
    missing = sorted(set(wanted) - {row.name for row in rows})
    if missing or not wanted:
        raise InvalidInput(
            f"The page Security > Certificates has no certificate {', '.join(missing) or 'at all'}.",
            host=appliance.host,
            evidence=", ".join(row.name for row in rows) or "an empty list",
            remedy="Correct `names`.",
        )
    return [(name, _export(appliance, name, params["passphrase"])) for name in wanted]


def _export(appliance: Appliance, name: str, passphrase: Any) -> Any:
    return lambda write: write(appliance.pages.export_certificate(name, passphrase))


def _save(appliance: Appliance, params: dict[str, Any], identity: Any, path: str, name: str, fetch: Any) -> Any:
    def judged(download: Any) -> Any:
        found = inspect_p12(download.content(), params["passphrase"], now=identity["clock"])
        if not found["key_matches"]:
            raise NotUnderstood(
                f"The export of {name!r} contains no private key that belongs to the certificate.",
                host=appliance.host,
                remedy="Export it by hand and read the warnings on the page.",
            )
        return found

    saved = saved_files.save(path, fetch, identity, kind="certificate", verify=judged, method=params["method"], name=name)
    if params["journal"]:
        decided = not_default(params, OPTIONS, ("allow_incomplete_chain",))
        Journal(params["journal"]).append("certificate_saved", not_default=decided, **saved)
    return saved


def _refuse_incomplete(appliance: Appliance, params: dict[str, Any], saved: Any) -> None:
    broken = [entry for entry in saved if not entry["chain_complete"]]
    if broken and not params["allow_incomplete_chain"]:
        raise NotUnderstood(
            f"The chain of {', '.join(entry['name'] for entry in broken)} does not reach a self-signed root; the file was saved.",
            host=appliance.host,
            evidence="; ".join(problem for entry in broken for problem in entry["problems"]),
            remedy="Import the missing certificate authorities on the appliance, or set `allow_incomplete_chain`.",
            facts={"certificates": saved},
        )


OPERATION = Operation(export, OPTIONS, libraries=["bs4", "cryptography"])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
