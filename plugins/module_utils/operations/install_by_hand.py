# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""An installation by a person: handed over when it is safe, verified by the API and by what the person states. No page is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import NOT_YET, summary_of
from ..model import manual_steps
from ..model.package import BASE, SITE
from ..policy.install import Seen, Wanted, decide, diff, is_installed
from ..storage.who import actor_name, current_actor
from .final_check import FinalCheck
from .install_inputs import check_file, check_saved
from .install_step import InstallStep
from .port import Appliance
from .read_software import read_stated_software


def install_by_hand(
    appliance: Appliance,
    params: dict[str, Any],
    wanted: Wanted,
    manifest: Any,
    step: InstallStep,
    result: dict[str, Any],
    *,
    check_mode: bool,
    begin: Callable[..., None],
) -> dict[str, Any]:
    """The result. begin(seen, saved, uploads) records the step before it is handed over, so that the next run can verify it."""
    try:
        seen, healthy = read_stated_software(appliance, manifest, params["base_version"], params["installed"])
    except NOT_YET as exc:
        if not step.open:
            raise
        return _wait(result, f"The appliance does not respond. {summary_of(exc)}")
    step.check(seen.guid)
    before = {"version": seen.site_version, "base": seen.base_version}
    if is_installed(wanted, seen) and healthy:
        evidence = _evidence(wanted, seen) if step.open else {}
        if step.open and not check_mode:
            step.done(evidence, appliance.info().clock, guid=seen.guid, software=seen.software)
        return dict(result, changed=step.open, evidence=evidence, diff=diff(before, wanted, changed=False))
    if not healthy:
        return _wait(result, "The appliance reports that it is not healthy.")
    entry = manifest.find(wanted.name) if manifest else None
    if params["file"]:
        check_file(params, entry, wanted, appliance.host)
    if not step.open and not check_mode:
        decide(wanted, seen, offline=bool(params["file"]) or manifest is None, host=appliance.host, done_before=False)
        saved = check_saved(appliance, params, seen.guid)
        FinalCheck(appliance, params, wanted, seen, step.journal).check()
        begin(seen, saved, bool(params["file"]))
    steps = manual_steps.install(appliance.host, wanted.name, wanted.kind, params["file"] or "")
    return dict(result, **manual_steps.manual_result(steps), diff=diff(before, wanted, changed=True))


def _wait(result: dict[str, Any], why: str) -> dict[str, Any]:
    """The result that asks the person to wait: an installation can be under way, and a second request must not happen."""
    return dict(
        result,
        **manual_steps.manual_result(
            [
                f"{why} Do not press anything and do not restart: an installation can be under way.",
                "Run this again when the appliance is healthy. If this does not change, call technical support.",
            ]
        ),
    )


def _evidence(wanted: Wanted, seen: Seen) -> dict[str, Any]:
    if wanted.kind == SITE:
        return {"version": seen.site_version}
    return {
        "stated_by_a_person": f"Base {seen.base_version}" if wanted.kind == BASE else wanted.name,
        "person": actor_name(current_actor()),
    }
