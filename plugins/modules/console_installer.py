#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: console_installer
short_description: Save an installer of the representative console
version_added: 0.1.0
description:
  - Consoles that were deployed by MSI on locked-down computers must be deployed again after an upgrade. The vendor advises to keep the
    old MSI because the new one cannot remove old installations. If the vendor's support has enabled the extractable console, the new MSI
    can be downloaded before the upgrade.
  - No API returns these files. The module follows a link on C(/login > My Account) for O(which=present), and on C(/appliance > Updates)
    for O(which=next). If the page has no such link or cannot be read, the module succeeds and returns RV(state=not_offered) and
    RV(instructions).
  - Saves files of mode 0600 in a folder of mode 0700. A JSON file next to each one records which appliance it belongs to. A saved file is
    never replaced. A file of another version or with other content gets another name.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes:
  check_mode: {support: full, details: Reads whether there is a link and does not follow it.}
  diff_mode: {support: full}
  idempotent: {support: full}
options:
  which:
    description:
      - V(present) is the console of the present version. V(next) is the console of the offered update.
    type: str
    choices: [present, next]
    default: present
  dest:
    description: Folder for the files. It is created with mode 0700 if absent.
    type: path
    required: true
  journal:
    description: Path of the journal that records the file. If not set, nothing is recorded.
    type: path
requirements: [beautifulsoup4]
"""

EXAMPLES = r"""
- name: Save the present MSI
  bomgar.appliance.console_installer:
    dest: /srv/upgrades/support.example.com/consoles
  register: old_console

- name: Save the new MSI before the upgrade
  bomgar.appliance.console_installer:
    which: next
    dest: /srv/upgrades/support.example.com/consoles
"""

RETURN = r"""
state: {description: "V(saved), or V(not_offered) if the pages offer no installer.", returned: success, type: str, sample: saved}
console:
  description: The saved file. In check mode, only the facts that are known before.
  returned: when RV(state=saved)
  type: dict
  contains:
    path: {description: Path of the file., type: str, sample: /srv/consoles/support.example.com-console-23.2.1-present.msi}
    metadata:
      description: Path of the JSON file next to it.
      type: str
      sample: /srv/consoles/support.example.com-console-23.2.1-present.msi.json
    sha256: {description: SHA-256 of the file., type: str, sample: 9f86d081...}
    bytes: {description: Size of the file in bytes., type: int, sample: 41943040}
    which: {description: The value of O(which)., type: str, sample: present}
    version:
      description: Product version of the console. For O(which=next) it is read from the list of updates. Empty if it is not known.
      type: str
      sample: 23.2.1
    format: {description: "V(msi) if the content is an MSI package, otherwise V(other).", type: str, sample: msi}
    label: {description: Text of the link., type: str, sample: Representative Console Installer (MSI)}
    guid: {description: GUID of the appliance., type: str, sample: 0123456789abcdef0123456789abcdef}
    time: {description: Time on the clock of this machine., type: str, sample: "2026-03-02T20:00:00+00:00"}
why: {description: Why no file was saved. Empty if one was saved., returned: success, type: str, sample: ""}
instructions: {description: What a person can do., returned: "when RV(state=not_offered)", type: list, elements: str}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

import os
from typing import Any

from ..module_utils.errors import AccessDenied, NotUnderstood, Refused
from ..module_utils.model import manual_steps
from ..module_utils.model.package import AVAILABLE, INSTALLED, SITE
from ..module_utils.model.version import Version, find_version
from ..module_utils.module import Operation, run
from ..module_utils.operations.port import Appliance
from ..module_utils.storage import saved_consoles
from ..module_utils.storage.folder import check_private_folder
from ..module_utils.storage.journal import Journal

OPTIONS = {
    "which": {"type": "str", "choices": ["present", "next"], "default": "present"},
    "dest": {"type": "path", "required": True},
    "journal": {"type": "path"},
}
_AREAS = {"present": "login", "next": "appliance"}


def keep(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    which, area = params["which"], _AREAS[params["which"]]
    if not appliance.pages.can_use(area):
        return _not_offered(appliance, which, f"No account for the pages of /{area} was given.")
    identity = appliance.observe()
    journal = Journal(params["journal"]) if params["journal"] else None
    if journal:
        journal.check(identity["guid"], appliance.host)
    known = _known(params["dest"], identity, identity["version"]) if which == "present" else None
    if known:
        return _saved(journal, known, False, check_mode)
    try:
        return _read_and_fetch(appliance, params, identity, journal, check_mode)
    except AccessDenied:
        raise
    except (NotUnderstood, Refused) as exc:
        return _not_offered(appliance, which, exc.summary)


def _read_and_fetch(
    appliance: Appliance, params: dict[str, Any], identity: Any, journal: Journal | None, check_mode: bool
) -> dict[str, Any]:
    which, dest = params["which"], params["dest"]
    label, packages = appliance.pages.console_offer(which)
    if label is None:
        place = "My Account" if which == "present" else "Updates, after Check for Updates,"
        return _not_offered(appliance, which, f"The page {place} shows no installer of the representative console.")
    version = identity["version"] if which == "present" else _next_version(label, packages, identity["version"])
    stem = saved_consoles.stem_of(identity, which, version)
    known = saved_consoles.find_saved(dest, stem) if version else None  # without a version only the content tells
    if known:
        return _saved(journal, known, False, check_mode)
    if check_mode:
        check_private_folder(dest)
        path = os.path.join(os.path.abspath(dest), f"{stem}.msi")
        return _saved(None, {"path": path, "which": which, "version": version, "label": label}, True, check_mode)
    saved = saved_consoles.save(
        dest, stem, lambda write: appliance.pages.fetch_console(which, write), identity, which=which, version=version, label=label
    )
    return _saved(journal, saved, saved.pop("new"), check_mode)


def _known(dest: Any, identity: Any, version: Any) -> Any:
    return saved_consoles.find_saved(dest, saved_consoles.stem_of(identity, "present", version))


def _next_version(label: Any, packages: Any, running: Any) -> Any:
    """The version in the text of the link. Otherwise that of the newest site package to come, preferably one that can be installed now."""
    sites = [one for one in packages if one.kind == SITE and one.version and one.state != INSTALLED]
    coming = [one for one in sites if Version(one.version) > Version(running)]
    ready = [one for one in coming if one.state == AVAILABLE] or coming
    return find_version(label) or max((one.version for one in ready), key=Version, default="")


def _saved(journal: Journal | None, console: Any, changed: Any, check_mode: bool) -> dict[str, Any]:
    if journal and not check_mode:
        saved = [(one["which"], one["sha256"]) for one in journal.state().clients.consoles]
        if (console["which"], console["sha256"]) not in saved:
            journal.append("console_saved", **{name: console[name] for name in ("which", "path", "sha256", "version")})
    path = f"{console['path']}\n"
    return {"changed": changed, "state": "saved", "console": console, "why": "", "diff": {"before": "" if changed else path, "after": path}}


def _not_offered(appliance: Appliance, which: Any, why: Any) -> dict[str, Any]:
    steps = [f"{why} Nothing waits for it. To save it by hand:", *manual_steps.fetch_console(appliance.host, which)]
    return {"changed": False, "state": "not_offered", "why": why, "instructions": steps}


OPERATION = Operation(keep, OPTIONS, libraries=["bs4"])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
