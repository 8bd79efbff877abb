#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: update_install
short_description: Install one package on one appliance and prove it
version_added: 0.1.0
description:
  - Installs a package of the list (C(Install This Update)), or uploads a file (C(Manual Installation)), waits with live progress until
    the appliance is back, and proves the result by reading it again. Does nothing if it is installed already.
  - A site package is proved by the product version of the Command API, a Base package by C(Status > Basics), a licence
    add-on or a hotfix by having left the list.
  - The request is sent once. If its answer is lost, or an earlier run was cut off, the appliance is watched instead of asked again.
  - A Base update that does not prove itself stops everything. There is no restart, no retry and no way to ask for one.
  - Nothing is installed without a backup and the exported keys of the same run (O(backup), O(certificates)).
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: full}, idempotent: {support: full}}
options:
  package:
    description: Name of the package as the list shows it, for example V(Base 6.2.0).
    type: str
    required: true
  backup:
    description: Path of the C(metadata) that M(bomgar.appliance.backup) returned in this run. Checked before anything is sent.
    type: path
  certificates:
    description: Paths of the C(metadata) that M(bomgar.appliance.certificate_export) returned in this run.
    type: list
    elements: path
    default: []
  keys_waiver:
    description:
      - Reason why no exported keys are needed, for example that the certificate lies in a vault already. It is recorded in the journal.
      - One of O(certificates) and O(keys_waiver) is needed.
    type: str
  saved_max_age:
    description: Seconds that backup and keys may be old, by the appliance's clock.
    type: int
    default: 86400
  file:
    description: Package file for an offline installation. Its SHA-256 must stand in O(manifest).
    type: path
  manifest:
    description: Facts about packages, as for M(bomgar.appliance.upgrade_plan).
    type: dict
  accept_eula:
    description: Whether an end user licence agreement that the page shows may be accepted in the name of O(contact).
    type: bool
    default: false
  contact:
    description: Who accepts the agreement.
    type: dict
    suboptions:
      name: {description: Contact name., type: str}
      email: {description: E-mail address., type: str}
      title: {description: Job title., type: str}
  actuator:
    description:
      - V(web) uses the page. V(operator) opens no page, says what a person has to press, and proves on the next run that they did.
      - A site package is proved by the API then, a Base package by O(base_version), an add-on by O(installed), as the person states them.
    type: str
    choices: [web, operator]
    default: web
  base_version:
    description: The Base version that a person read on C(Status > Basics), with O(actuator=operator).
    type: str
  installed:
    description: Names of add-ons and hotfixes that a person installed, with O(actuator=operator).
    type: list
    elements: str
    default: []
  serves:
    description:
      - Whether clients and users are at this appliance. A site package that is proved on a node which serves nobody owes no gate yet; the
        clients meet it when that node takes over.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds that the installation may take. The vendor says 15 minutes to an hour, and much longer with many recordings.
      - Reaching it aborts nothing on the appliance.
    type: int
    default: 7200
  start_timeout:
    description: Seconds until the installation must be seen to run.
    type: int
    default: 600
  poll_interval:
    description: Seconds between two looks.
    type: int
    default: 15
  stable:
    description: How many good answers in a row prove the result.
    type: int
    default: 2
  journal:
    description: Journal of the site's upgrade, in which the step is noted before the request and after the proof.
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
    keys_waiver: The certificate and its key are in the company's vault
"""

RETURN = r"""
package: {description: The package., returned: success, type: str, sample: Base 6.2.0}
kind: {description: Its kind., returned: success, type: str, sample: base}
state:
  description:
    - V(installed), or V(operator) when a person has to act first.
    - V(not_started) when the journal knew it as begun, nothing was seen of it, and no O(backup) was given to begin it anew.
  returned: success
  type: str
  sample: installed
proof:
  description: What was read that proves it; empty when it was installed before.
  returned: success
  type: dict
  sample: {base_version: 6.2.0}
appliance_time:
  description: The appliance's clock at the proof, UNIX seconds in UTC.
  returned: when installed now
  type: float
  sample: 1772481600.0
support_text: {description: Text for technical support., returned: when a Base update did not prove itself, type: str}
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

from ..module_utils import operator_steps
from ..module_utils.errors import NOT_YET, ApplianceError, InvalidInput, Unsafe, WaitTimeout, answer_lost, said
from ..module_utils.installing import Patience, Watch, await_proof, read, stated, wait_until_quiet
from ..module_utils.journal import Journal, keep_support_text
from ..module_utils.model.manifest import read_manifest
from ..module_utils.model.package import BASE, SITE
from ..module_utils.module import Operation, run
from ..module_utils.policy.installing import decide, is_installed, wanted_package
from ..module_utils.saving import find_again, sha256_of

OPTIONS = {
    "package": {"type": "str", "required": True},
    "backup": {"type": "path"},
    "certificates": {"type": "list", "elements": "path", "default": []},
    "keys_waiver": {"type": "str", "no_log": False},  # a reason, which belongs in the journal
    "saved_max_age": {"type": "int", "default": 86400},
    "file": {"type": "path"},
    "manifest": {"type": "dict"},
    "accept_eula": {"type": "bool", "default": False},
    "contact": {"type": "dict", "options": {"name": {"type": "str"}, "email": {"type": "str"}, "title": {"type": "str"}}},
    "actuator": {"type": "str", "choices": ["web", "operator"], "default": "web"},
    "base_version": {"type": "str"},
    "installed": {"type": "list", "elements": "str", "default": []},
    "serves": {"type": "bool", "default": True},
    "wait_timeout": {"type": "int", "default": 7200},
    "start_timeout": {"type": "int", "default": 600},
    "poll_interval": {"type": "int", "default": 15},
    "stable": {"type": "int", "default": 2},
    "journal": {"type": "path"},
}


def install(appliance, params, *, check_mode):
    manifest = read_manifest(params["manifest"]) if params["manifest"] is not None else None
    entry = manifest.find(params["package"]) if manifest else None
    wanted = wanted_package(params["package"], entry)
    journal = Journal(params["journal"]) if params["journal"] else None
    patience = Patience(params["wait_timeout"], params["poll_interval"], params["start_timeout"], params["stable"])
    resumed = appliance.asked = journal is not None and journal.step_is_open(wanted.name, appliance.host)
    result = {"changed": False, "package": wanted.name, "kind": wanted.kind, "state": "installed", "proof": {}}

    if params["actuator"] == "operator":
        return _by_a_person(appliance, params, wanted, manifest, journal, resumed, result, entry, check_mode)
    seen = _settled(appliance, patience, resumed)
    if journal and seen:
        journal.check(seen.guid, appliance.host)
    before = seen and {"version": seen.site_version, "base": seen.base_version}
    if resumed and not (seen and is_installed(wanted, seen)):
        if check_mode:
            return dict(result, changed=True, diff=_diff(before, wanted, changed=True))
        asked = journal.step_was_asked(wanted.name, appliance.host)
        try:
            return _finish(appliance, wanted, patience, journal, result, before, Watch(appliance, wanted), asked=asked)
        except WaitTimeout as exc:
            if exc.facts.get("outcome") != "not_started":
                raise
        if asked:
            raise _left_undone(appliance, wanted, journal)
        if not params["backup"]:
            return dict(result, state="not_started")
        seen = _settled(appliance, patience, resumed=False)  # the first look is old, or found the appliance away
        before = {"version": seen.site_version, "base": seen.base_version}
    action = decide(wanted, seen, offline=bool(params["file"]), host=appliance.host,
                    done_before=journal is not None and journal.step_was_done(wanted.name, appliance.host))
    if action == "nothing":
        return dict(_close(journal, resumed and not check_mode, wanted, appliance, result), diff=_diff(before, wanted, changed=False))
    if action == "upload":
        _check_file(params, entry, wanted, appliance.host)
    if check_mode:
        return dict(result, changed=True, diff=_diff(before, wanted, changed=True))
    _check_saved(appliance, params, seen.guid)
    progress = appliance.pages.progress()
    watch = Watch(appliance, wanted, progress.text if progress.failed else "")
    _note_begin(appliance, params, wanted, journal, entry, seen.guid)
    _act(appliance, params, wanted, action, journal)
    return _finish(appliance, wanted, patience, journal, result, before, watch)


def _left_undone(appliance, wanted, journal):
    """It was asked for, it is not installed, and nothing runs: it failed, and is not asked for a second time."""
    base = "DO NOT RESTART the appliance; call technical support." if wanted.kind == BASE else "Find out why it failed."
    return Unsafe(
        f"{wanted.name!r} was asked for by an earlier run, is not installed, and nothing is being installed. Nothing was done.",
        host=appliance.host, remedy=f"{base} When it is settled, release the step in {journal.path} (module journal, `state: released` and "
        "a reason): then it may be asked for again.", facts={"outcome": "unknown"})


def _by_a_person(appliance, params, wanted, manifest, journal, resumed, result, entry, check_mode):
    """Hand the step to a person, once it is safe; or prove that it was done. No page is opened.

    The step is noted before it is handed over, so that the next run knows whose proof it is and a site package gets its gate.
    """
    try:
        seen, healthy = stated(appliance, manifest, params["base_version"], params["installed"])
    except NOT_YET as exc:
        if not resumed:
            raise
        return _wait_for_it(result, f"The appliance does not answer. {said(exc)}")
    if journal:
        journal.check(seen.guid, appliance.host)
    before = {"version": seen.site_version, "base": seen.base_version}
    if is_installed(wanted, seen) and healthy:
        proof = _stated_proof(wanted, seen) if resumed else {}
        closed = _close(journal, resumed and not check_mode, wanted, appliance, dict(result, changed=resumed, proof=proof))
        return dict(closed, diff=_diff(before, wanted, changed=False))
    if not healthy:
        return _wait_for_it(result, "The appliance says that it is not healthy.")
    if params["file"]:
        _check_file(params, entry, wanted, appliance.host)
    if not resumed and not check_mode:
        decide(wanted, seen, offline=bool(params["file"]) or manifest is None, host=appliance.host, done_before=False)
        _check_saved(appliance, params, seen.guid)
        _note_begin(appliance, params, wanted, journal, entry, seen.guid)
    steps = operator_steps.install(appliance.host, wanted.name, wanted.kind, params["file"] or "")
    return dict(result, **operator_steps.wanted(steps), diff=_diff(before, wanted, changed=True))


def _wait_for_it(result, why):
    """Nothing to press: an installation may be under way, and a second press is what must not happen."""
    return dict(result, **operator_steps.wanted([
        f"{why} Press nothing and restart nothing: an installation may be under way.",
        "Run this again when the appliance is healthy; if it stays so, call technical support.",
    ]))  # fmt: skip


def _stated_proof(wanted, seen):
    if wanted.kind == SITE:
        return {"version": seen.site_version}
    return {"stated_by_a_person": f"Base {seen.base_version}" if wanted.kind == BASE else wanted.name}


def _note_begin(appliance, params, wanted, journal, entry, guid):
    if journal:
        journal.append("step_begun", host=appliance.host, guid=guid, package=wanted.name, kind=wanted.kind, version=wanted.version,
                       keys_waiver=params["keys_waiver"], serves=params["serves"], online_before=_online(appliance, wanted),
                       listed_before=_listed(appliance, wanted, params),
                       soak_hours=entry.soak_hours if entry else None, actuator=params["actuator"])  # fmt: skip


def _settled(appliance, patience, resumed):
    """What the appliance runs, once no installation is under way; None when it is away because of our own one."""
    try:
        seen, installing = read(appliance, check=True)
    except NOT_YET:
        if resumed:
            return None
        raise
    if installing and not resumed:
        wait_until_quiet(appliance, patience)
        seen, installing = read(appliance, check=True)
    return seen


def _online(appliance, wanted):
    """The Jump Clients connected before a site package: what its gate compares with where there is no better count."""
    return appliance.client_counts().get("pinned_client") if wanted.kind == SITE else None


def _listed(appliance, wanted, params):
    """The Jump Clients that the list has before a site package: should fewer be listed later, the gate misses them.

    A node that serves nobody yet is not asked: who takes over notes it then.
    """
    return appliance.listed_jump_clients() if wanted.kind == SITE and params["serves"] else None


def _act(appliance, params, wanted, action, journal):
    """Send the one request. A lost answer decides nothing: the appliance is watched from here on."""
    appliance.asked = True
    try:
        agreement = {"contact": params["contact"] or {}, "accept_eula": params["accept_eula"]}
        if action == "upload":
            appliance.pages.upload(params["file"], **agreement)
        else:
            appliance.pages.press_install(wanted.name, **agreement)
    except ApplianceError as exc:
        if answer_lost(exc):
            appliance.say(f"{wanted.name}: the answer to the request was lost ({type(exc).__name__}); watching the appliance")
            return _note_asked(journal, appliance, wanted)
        appliance.asked = False  # turned down, or never sent: a label, the agreement, the file
        if journal:
            journal.append("step_withdrawn", host=appliance.host, package=wanted.name, kind=wanted.kind, why=exc.said)
        raise
    return _note_asked(journal, appliance, wanted)


def _note_asked(journal, appliance, wanted):
    if journal:
        journal.append("step_asked", host=appliance.host, package=wanted.name)


def _finish(appliance, wanted, patience, journal, result, before, watch, *, asked=False):
    """asked: an earlier run sent the request, so that no sign of it now does not mean that it never began."""
    try:
        proof = await_proof(appliance, wanted, watch, patience)
    except ApplianceError as exc:
        if journal and not (asked and exc.facts.get("outcome") == "not_started"):
            event = "step_withdrawn" if exc.facts.get("outcome") == "not_started" else "step_unproved"
            journal.append(event, host=appliance.host, package=wanted.name, kind=wanted.kind, why=exc.said)
            keep_support_text(journal, exc.facts.get("support_text"))
        raise
    result = dict(result, changed=True, proof=proof, appliance_time=appliance.info().clock,
                  diff=_diff(before, wanted, changed=True))
    return _close(journal, True, wanted, appliance, result)


def _close(journal, begun, wanted, appliance, result):
    """Note the end of a step that was begun, by this run or by one that was cut off."""
    if journal and begun:
        clock = result.get("appliance_time") or appliance.info().clock
        journal.append("step_done", host=appliance.host, package=wanted.name, kind=wanted.kind, version=wanted.version,
                       appliance_time=clock, proof=result["proof"])
    return result


def _check_saved(appliance, params, guid):
    if not params["backup"]:
        raise InvalidInput("Nothing is installed without a backup of this run.", host=appliance.host,
                           remedy="Run the backup module first and give its `metadata` as `backup`.")
    if not params["certificates"] and not params["keys_waiver"]:
        raise InvalidInput("Nothing is installed before the certificates are exported with their keys.", host=appliance.host,
                           remedy="Run certificate_export first and give `certificates`, or say why not in `keys_waiver`.")
    facts = {"guid": guid, "now": appliance.info().clock, "max_age": params["saved_max_age"],
             "host": appliance.host}
    find_again(params["backup"], kind="backup", **facts)
    for path in params["certificates"]:
        find_again(path, kind="certificate", **facts)


def _check_file(params, entry, wanted, host):
    if entry is None or not entry.sha256:
        raise InvalidInput(f"The manifest gives no SHA-256 for {wanted.name!r}, so the file is not uploaded.", host=host,
                           remedy="Add it to `manifest`, from the vendor's download page.")
    try:
        actual = sha256_of(params["file"])
    except OSError as exc:
        raise InvalidInput(f"The package file {params['file']} cannot be read: {exc.strerror}.", host=host) from exc
    if actual != entry.sha256.lower():
        raise InvalidInput(f"The package file {params['file']} is not {wanted.name!r}: its SHA-256 differs. It was not uploaded.",
                           host=host, evidence=f"{actual} instead of {entry.sha256}", remedy="Download it again.")


def _diff(before, wanted, *, changed):
    before = before or {}
    after = dict(before)
    if changed and wanted.kind in ("site", "base"):
        after["version" if wanted.kind == "site" else "base"] = wanted.version
    elif changed:
        after["installed"] = wanted.name
    return {"before": before, "after": after}


OPERATION = Operation(install, OPTIONS, libraries=["bs4"])


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
