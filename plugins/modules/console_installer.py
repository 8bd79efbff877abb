#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: console_installer
short_description: Save the installer of the representative console, the present one or the next
version_added: 0.1.0
description:
  - Consoles that were deployed by MSI on locked-down computers must be deployed again after an upgrade. The vendor advises to keep the
    old MSI, since the new one cannot remove outdated installations, and lets one fetch the new MSI before the upgrade where support has
    enabled the extractable console.
  - No API gives either, so a link is followed, in C(/login > My Account) for V(present) and in C(/appliance > Updates) for V(next). A page
    that has none, or that is not understood, is no failure but RV(state=not_offered) with what a person can do.
  - "Files are 0600 in a folder of mode 0700, each with its identity beside it as JSON. What was saved before is never replaced: another
    version has another name, another content of the same version too."
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes:
  check_mode: {support: full, details: "Looks whether there is a link, and does not follow it."}
  diff_mode: {support: full}
  idempotent: {support: full}
options:
  which:
    description:
      - V(present) is the console of the version that runs, V(next) that of the update that is offered.
    type: str
    choices: [present, next]
    default: present
  dest:
    description: Folder for the files. Created with mode 0700 if absent.
    type: path
    required: true
  journal:
    description: Journal of the site's upgrade in which to note the file.
    type: path
requirements: [beautifulsoup4]
"""

EXAMPLES = r"""
- name: Keep the old MSI, as the vendor advises
  bomgar.appliance.console_installer:
    dest: /srv/upgrades/support.example.com/consoles
  register: old_console

- name: Have the new MSI before the upgrade, where it is offered
  bomgar.appliance.console_installer:
    which: next
    dest: /srv/upgrades/support.example.com/consoles
"""

RETURN = r"""
state: {description: "V(saved), or V(not_offered) when the pages gave none.", returned: success, type: str, sample: saved}
console:
  description: The file; in check mode only what is known before.
  returned: when RV(state=saved)
  type: dict
  contains:
    path: {description: The file., type: str, sample: /srv/consoles/support.example.com-console-23.2.1-present.msi}
    metadata: {description: The JSON beside it., type: str, sample: /srv/consoles/support.example.com-console-23.2.1-present.msi.json}
    sha256: {description: SHA-256 of the file., type: str, sample: 9f86d081...}
    bytes: {description: Its size in bytes., type: int, sample: 41943040}
    which: {description: The value of O(which)., type: str, sample: present}
    version:
      description: Version of the site software that it belongs to, for V(next) as the list of updates tells it; empty if nothing does.
      type: str
      sample: 23.2.1
    format: {description: "V(msi) by its first bytes, otherwise V(other).", type: str, sample: msi}
    label: {description: The words of the link., type: str, sample: Representative Console Installer (MSI)}
    guid: {description: Identity of the appliance that gave it., type: str, sample: 0123456789abcdef0123456789abcdef}
    time: {description: Time by this machine's clock., type: str, sample: "2026-03-02T20:00:00+00:00"}
why: {description: Why there is no file; empty if there is one., returned: success, type: str, sample: ""}
instructions: {description: What a person can do., returned: "when RV(state=not_offered)", type: list, elements: str}
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

from ..module_utils import console_saving, operator_steps
from ..module_utils.errors import AccessDenied, NotUnderstood, Refused
from ..module_utils.files import check_folder
from ..module_utils.journal import Journal
from ..module_utils.model.package import AVAILABLE, INSTALLED, SITE
from ..module_utils.model.version import Version, find_version
from ..module_utils.module import Operation, run

OPTIONS = {
    "which": {"type": "str", "choices": ["present", "next"], "default": "present"},
    "dest": {"type": "path", "required": True},
    "journal": {"type": "path"},
}
_AREAS = {"present": "login", "next": "appliance"}


def keep(appliance, params, *, check_mode):
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
        return _look_and_fetch(appliance, params, identity, journal, check_mode)
    except AccessDenied:
        raise
    except (NotUnderstood, Refused) as exc:
        return _not_offered(appliance, which, exc.said)


def _look_and_fetch(appliance, params, identity, journal, check_mode):
    which, dest = params["which"], params["dest"]
    label, packages = appliance.pages.console_offer(which)
    if label is None:
        place = "My Account" if which == "present" else "Updates, after Check for Updates,"
        return _not_offered(appliance, which, f"The page {place} shows no installer of the representative console.")
    version = identity["version"] if which == "present" else _next_version(label, packages, identity["version"])
    stem = console_saving.stem_of(identity, which, version)
    known = console_saving.find_saved(dest, stem) if version else None  # without a version only the content tells
    if known:
        return _saved(journal, known, False, check_mode)
    if check_mode:
        check_folder(dest)
        path = os.path.join(os.path.abspath(dest), f"{stem}.msi")
        return _saved(None, {"path": path, "which": which, "version": version, "label": label}, True, check_mode)
    saved = console_saving.save(dest, stem, lambda write: appliance.pages.fetch_console(which, write), identity, which=which,
                                version=version, label=label)  # fmt: skip
    return _saved(journal, saved, saved.pop("new"), check_mode)


def _known(dest, identity, version):
    return console_saving.find_saved(dest, console_saving.stem_of(identity, "present", version))


def _next_version(label, packages, running):
    """The version that the link names; else that of the newest site package to come, one that can be installed first."""
    sites = [one for one in packages if one.kind == SITE and one.version and one.state != INSTALLED]
    coming = [one for one in sites if Version(one.version) > Version(running)]
    ready = [one for one in coming if one.state == AVAILABLE] or coming
    return find_version(label) or max((one.version for one in ready), key=Version, default="")


def _saved(journal, console, changed, check_mode):
    if journal and not check_mode:
        kept = [(one["which"], one["sha256"]) for one in journal.state()["consoles"]]
        if (console["which"], console["sha256"]) not in kept:
            journal.append("console_saved", **{name: console[name] for name in ("which", "path", "sha256", "version")})
    path = f"{console['path']}\n"
    return {"changed": changed, "state": "saved", "console": console, "why": "", "diff": {"before": "" if changed else path, "after": path}}


def _not_offered(appliance, which, why):
    return {"changed": False, "state": "not_offered", "why": why, "instructions": operator_steps.fetch_console(appliance.host, which)}


OPERATION = Operation(keep, OPTIONS, libraries=["bs4"])


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
