# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Installs one package: reads, decides, sends one request and verifies the result."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, cast

from ..errors import ApplianceError
from ..model.read_manifest import read_manifest
from ..policy.install import Seen, decide, deviations, diff, is_installed, wanted_package
from ..storage.journal import Journal
from .final_check import FinalCheck
from .install import verify_installed
from .install_by_hand import install_by_hand
from .install_inputs import check_file, check_saved
from .install_limits import InstallLimits
from .install_step import InstallStep
from .install_watch import InstallWatch
from .once import Sent, send_once
from .port import Appliance
from .read_software import read_settled_software
from .window import StepWindow, WindowClosed, note_waiting


def install(appliance: Appliance, params: dict[str, Any], *, decisions: Mapping[str, Any], check_mode: bool) -> dict[str, Any]:
    """The result of the module. decisions: the options that differ from their defaults, for the journal."""
    return _Installation(appliance, params, decisions, check_mode).run()


class _Installation:
    """One call of the module, for one package on one appliance."""

    def __init__(self, appliance: Appliance, params: dict[str, Any], decisions: Mapping[str, Any], check_mode: bool) -> None:
        self._appliance, self._params, self._decisions, self._check_mode = appliance, params, decisions, check_mode
        self._manifest = read_manifest(params["manifest"]) if params["manifest"] is not None else None
        self._entry = self._manifest.find(params["package"]) if self._manifest else None
        self._package = wanted_package(params["package"], self._entry)
        self._step = InstallStep(Journal(params["journal"]) if params["journal"] else None, appliance, self._package)
        self._window = StepWindow(params["windows"], params["window_seconds"], f"install {self._package.name}")
        self._limits = InstallLimits(params["wait_timeout"], params["poll_interval"], params["start_timeout"], params["stable"])
        self._result = {"changed": False, "package": self._package.name, "kind": self._package.kind, "state": "installed", "evidence": {}}

    def run(self) -> dict[str, Any]:
        """The result as a dictionary; raises ApplianceError if the installation fails or cannot be verified."""
        if self._params["method"] == "manual":
            return self._by_hand()
        self._appliance.request_sent = self._step.sent
        seen = read_settled_software(self._appliance, self._limits, away=self._step.sent)
        if seen:
            self._step.check(seen.guid)
        if self._step.sent and not (seen and is_installed(self._package, seen)):
            return self._predicted(seen) if self._check_mode else self._verified(InstallWatch(self._appliance, self._package, seen))
        seen = cast(Seen, seen)  # None only after a request
        action = decide(
            self._package, seen, offline=bool(self._params["file"]), host=self._appliance.host, done_before=self._step.done_before
        )
        if action == "nothing":
            return self._unchanged(seen)
        if self._step.open and not self._params["backup"]:
            return self._not_started()
        return self._installed(seen, uploads=action == "upload")

    def _by_hand(self) -> dict[str, Any]:
        self._appliance.request_sent = self._step.open
        return install_by_hand(
            self._appliance,
            self._params,
            self._package,
            self._manifest,
            self._step,
            self._result,
            check_mode=self._check_mode,
            begin=self._begin,
        )

    def _unchanged(self, seen: Seen) -> dict[str, Any]:
        if self._step.open and not self._check_mode:
            self._step.done({}, self._appliance.info().clock, guid=seen.guid, software=seen.software)
        return dict(self._result, diff=diff(_versions(seen), self._package, changed=False))

    def _not_started(self) -> dict[str, Any]:
        """An earlier run began the step and sent no request, because the journal records a request before it is sent."""
        if not self._check_mode:
            self._step.withdraw("The run that began it ended before its request was sent.")
        return dict(self._result, state="not_started")

    def _installed(self, seen: Seen, *, uploads: bool) -> dict[str, Any]:
        if uploads:
            check_file(self._params, self._entry, self._package, self._appliance.host)
        waiting = self._window.waiting(self._clock)
        if waiting:
            return self._waits(waiting)
        final = FinalCheck(self._appliance, self._params, self._package, seen, self._step.journal)
        if self._check_mode:
            final.check(write=False)
            return self._predicted(seen)
        saved = check_saved(self._appliance, self._params, seen.guid)
        progress = self._appliance.pages.progress()
        watch = InstallWatch(self._appliance, self._package, seen, progress.text if progress.failed else "")
        if not self._step.open:
            self._begin(seen, saved, uploads)
        try:
            sent = self._send(seen.guid, final, uploads)
        except WindowClosed as closed:
            return self._waits(closed.result)
        return self._verified(watch, answered=sent.lost is None)

    def _clock(self) -> float:
        return self._appliance.info().clock

    def _waits(self, waiting: Mapping[str, Any]) -> dict[str, Any]:
        """The result outside of the maintenance window: nothing was sent."""
        if self._step.journal and not self._check_mode:
            note_waiting(self._step.journal, waiting, what=f"install {self._package.name}", host=self._appliance.host)
        return {**self._result, **waiting}

    def _predicted(self, seen: Seen | None) -> dict[str, Any]:
        return dict(self._result, changed=True, diff=diff(_versions(seen), self._package, changed=True))

    def _begin(self, seen: Seen, saved: Mapping[str, Any], uploads: bool) -> None:
        """Record that the step begins. saved: SHA-256 of backup and keys. uploads: the file was just compared with the manifest."""
        file, entry = self._params["file"], self._entry
        upload = {"path": file, "sha256": (entry.sha256 if entry else "").lower(), "bytes": os.path.getsize(file)} if uploads else {}
        self._step.begin(
            self._params["serves"],
            guid=seen.guid,
            software=seen.software,
            keys_waiver=self._params["keys_waiver"],
            soak_hours=entry.soak_hours if entry else None,
            method=self._params["method"],
            saved=saved,
            upload=upload,
            not_default=self._decisions,
        )

    def _send(self, guid: str, final: FinalCheck, uploads: bool) -> Sent:
        """Send the one request. Directly before it, everything is read again and the journal records the request."""
        given = {"contact": self._params["contact"] or {}, "accept_eula": self._params["accept_eula"], "guid": guid}

        def check() -> None:
            final.check()
            self._window.check(self._clock, self._appliance.host)
            self._step.record_request()

        def act(ready: Callable[[], None]) -> Any:
            if uploads:
                return self._appliance.pages.upload(self._params["file"], ready=ready, **given)
            return self._appliance.pages.install_update(self._package.name, ready=ready, **given)

        try:
            return send_once(self._appliance, act, self._package.name, check=check)
        except ApplianceError as exc:
            self._step.withdraw(exc.summary)
            raise

    def _verified(self, watch: InstallWatch, *, answered: bool = False) -> dict[str, Any]:
        """Wait until the result is verified, and record what the appliance runs now, for every kind of package."""
        try:
            evidence = verify_installed(self._appliance, self._package, watch, self._limits, answered=answered, journal=self._step.journal)
        except ApplianceError as exc:
            self._step.unverified(exc)
            raise
        health, clock = self._appliance.health(), self._appliance.info().clock
        runs = {"version": health.version, "build": health.build}
        self._step.done(evidence, clock, guid=health.guid, software=runs)
        change = diff(watch.before, self._package, changed=True)
        warnings = deviations(self._appliance.host, self._package, watch.ran, runs)
        return dict(self._result, changed=True, evidence=evidence, appliance_time=clock, diff=change, warnings=warnings, **runs)


def _versions(seen: Seen | None) -> dict[str, Any] | None:
    return None if seen is None else {"version": seen.site_version, "base": seen.base_version}
