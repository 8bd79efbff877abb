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
  idempotent: {support: partial, details: "With O(max_age), a file that still counts is not saved again."}
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
  max_age:
    description:
      - Seconds, V(0) to V(43200), for which a file counts that O(journal) records. While one counts, it is returned, and the certificate is
        not exported again. V(0) always exports.
      - A file counts if it is unchanged in O(dest) and opens with O(passphrase), if the appliance is still the same one with the same
        version and build, and if the row of the certificate on the page is the same. The age is by the clock of the appliance.
    type: int
    default: 0
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
from collections.abc import Callable
from typing import Any, NamedTuple

from ..module_utils.errors import ApplianceError, InvalidInput, NotUnderstood
from ..module_utils.model import manual_steps
from ..module_utils.model.certificate import inspect_p12
from ..module_utils.model.journal.decisions import not_default
from ..module_utils.module import Operation, run
from ..module_utils.operations.port import Appliance
from ..module_utils.storage import saved_files
from ..module_utils.storage.folder import check_private_folder
from ..module_utils.storage.fresh_files import MAX_AGE_LIMIT, find_fresh, known_files
from ..module_utils.storage.journal import Journal
from ..module_utils.storage.regular_file import read_file

OPTIONS = {
    "dest": {"type": "path", "required": True},
    "passphrase": {"type": "str", "required": True, "no_log": True},
    "names": {"type": "list", "elements": "str", "default": []},
    "allow_incomplete_chain": {"type": "bool", "default": False},
    "method": {"type": "str", "choices": ["web", "manual"], "default": "web"},
    "file": {"type": "path"},
    "journal": {"type": "path"},
    "max_age": {"type": "int", "default": 0, "range": (0, MAX_AGE_LIMIT)},
}


class Source(NamedTuple):
    """A certificate to save. row: its row on the page, '' for a file that a person exported; known: what counts of it already."""

    name: str
    row: str
    fetch: Callable[[Callable[[bytes], None]], None]
    known: dict[str, Any] | None = None


def export(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    if not params["passphrase"]:
        raise InvalidInput(
            "The passphrase for the exported private key is empty, so nothing was exported.",
            host=appliance.host,
            remedy="Set `passphrase`, from a vault.",
        )
    by_hand = params["method"] == "manual" and not params["file"]
    if by_hand and not params["max_age"]:
        return manual_steps.manual_result(manual_steps.export_certificate(appliance.host))
    identity = appliance.observe()
    if params["journal"]:
        Journal(params["journal"]).check(identity["guid"], appliance.host)
    sources = [one._replace(known=_that_counts(one, params, identity)) for one in _sources(appliance, params)]
    if by_hand and not all(one.known for one in sources):
        return manual_steps.manual_result(manual_steps.export_certificate(appliance.host))
    new = [one for one in sources if not one.known]
    diff = {"before": "", "after": "".join(f"{one.name}\n" for one in new)}
    if check_mode:
        check_private_folder(params["dest"])
        predicted = [one.known or {"name": one.name} for one in sources]
        return {"changed": bool(new), "state": "saved", "certificates": predicted, "diff": diff}
    stem = os.path.join(params["dest"], saved_files.new_file_name(identity, ""))
    saved = [one.known or _save(appliance, params, identity, f"{stem}-{number}.p12", one) for number, one in enumerate(sources, 1)]
    _refuse_incomplete(appliance, params, saved)
    return {"changed": bool(new), "state": "saved", "certificates": saved, "diff": diff}


def _sources(appliance: Appliance, params: dict[str, Any]) -> list[Source]:
    """The certificates to save."""
    if params["method"] == "manual":
        path = params["file"] or ""
        return [Source(os.path.basename(path), "", saved_files.fetch_from_file(path))]
    rows = appliance.pages.certificates()
    wanted = params["names"] or [row.name for row in rows if row.default] or [row.name for row in rows]
    texts = {row.name: row.text for row in rows}
    missing = sorted(set(wanted) - set(texts))
    if missing or not wanted:
        raise InvalidInput(
            f"The page Security > Certificates has no certificate {', '.join(missing) or 'at all'}.",
            host=appliance.host,
            evidence=", ".join(texts) or "an empty list",
            remedy="Correct `names`.",
        )
    return [Source(name, texts[name], _export(appliance, name, params["passphrase"])) for name in wanted]


def _export(appliance: Appliance, name: str, passphrase: Any) -> Any:
    return lambda write: write(appliance.pages.export_certificate(name, passphrase))


def _that_counts(source: Source, params: dict[str, Any], identity: Any) -> dict[str, Any] | None:
    """The file of the certificate that the journal records and that still counts, or None."""

    def fits(one: Any) -> bool:
        if (one.get("method"), one.get("row")) != (params["method"], source.row) or source.name not in ("", one.get("name")):
            return False
        try:
            found = inspect_p12(read_file(one["path"]), params["passphrase"], now=identity["clock"])
        except (ApplianceError, OSError):
            return False  # another passphrase, or no file any more
        return bool(found["key_matches"] and (found["chain_complete"] or params["allow_incomplete_chain"]))

    journal = Journal(params["journal"]) if params["journal"] else None
    return find_fresh(
        known_files(journal, "certificates"),
        identity,
        kind="certificate",
        dest=params["dest"],
        max_age=params["max_age"],
        brought=params["file"],
        fits=fits,
    )


def _save(appliance: Appliance, params: dict[str, Any], identity: Any, path: str, source: Source) -> Any:
    def judged(download: Any) -> Any:
        found = inspect_p12(download.content(), params["passphrase"], now=identity["clock"])
        if not found["key_matches"]:
            raise NotUnderstood(
                f"The export of {source.name!r} contains no private key that belongs to the certificate.",
                host=appliance.host,
                remedy="Export it by hand and read the warnings on the page.",
            )
        return found

    about = {"method": params["method"], "name": source.name, "row": source.row}
    saved = saved_files.save(path, source.fetch, identity, kind="certificate", verify=judged, **about)
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
