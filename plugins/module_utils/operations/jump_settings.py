# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the upgrade settings of Jump Clients on their page, and changes them once, verified by reading again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import NOT_YET, ApplianceError, Refused, WaitTimeout
from ..model.plain_text import cut
from ..policy.jump_settings import WHERE, describe, differences, read_values
from ..storage.journal import Journal
from ..wait import NotYet
from .identity import Same
from .once import send_once
from .port import Appliance

_LOST_SECONDS, _LOST_INTERVAL = 120, 10  # how long the page is read after the response to Save was lost


def read(appliance: Appliance) -> tuple[dict[str, str | None], dict[str, Any]]:
    """(texts of the page, values) of the settings."""
    shown = appliance.pages.jump_settings().shown
    return shown, read_values(shown)


def change(appliance: Appliance, changes: dict[str, Any], before: dict[str, Any], same: Same) -> dict[str, Any]:
    """Send Save once with these {key: value}; the values that the page shows then. An error names the wanted and the shown values.

    before: the values that the page showed when the change was decided; same: identity.Same of the appliance.
    """
    refusal: Refused | None = None
    sent = None
    try:
        save = appliance.pages.save_jump_settings
        sent = send_once(appliance, lambda ready: save(changes, before, ready), "Save", check=same.check)
    except Refused as exc:
        if exc.nothing_sent or not appliance.request_sent:
            raise
        refusal = exc
    if sent is not None and sent.lost:
        return _wait_for_change(appliance, changes)
    return _verify(appliance, changes, sent.result if sent else (), refusal)


def _verify(appliance: Appliance, changes: dict[str, Any], notices: Iterable[str], refusal: Refused | None) -> dict[str, Any]:
    """The values after a response; one read decides."""
    values = read(appliance)[1]
    left = differences(values, changes)
    if not left:
        return values
    evidence = refusal.summary if refusal else "; ".join(notices)
    raise Refused(
        f"{WHERE} did not save the settings: the page shows {_of(values, left)} instead of {describe(left)}.",
        host=appliance.host,
        evidence=repr(cut(evidence, 300)) if evidence else "",
        remedy="Set it by hand, or correct the value.",
        facts={"outcome": "failed", "settings": values},
    ) from refusal


def _wait_for_change(appliance: Appliance, changes: dict[str, Any]) -> dict[str, Any]:
    """The response was lost, and the change can still come: read the page for a while, and do not send it again."""
    last: dict[str, Any] = {}

    def probe() -> Any:
        last.update(read(appliance)[1])
        left = differences(last, changes)
        return NotYet(_of(last, left)) if left else dict(last)

    try:
        return appliance.wait_until(
            probe,
            what=f"{describe(changes)} on {WHERE}, after the response to Save was lost",
            timeout=_LOST_SECONDS,
            interval=_LOST_INTERVAL,
            not_yet=NOT_YET,
            remedy="Check the page, then run this again: it reads the page and decides again.",
        )
    except WaitTimeout as exc:
        exc.facts.update(outcome="unknown", settings=last)
        raise


def _of(values: Mapping[str, Any], keys: Iterable[str]) -> str:
    return describe({key: values.get(key) for key in keys})


def add_unrestored(exc: ApplianceError, journal: Journal | None, host: str, before: dict[str, Any]) -> ApplianceError:
    """The error of a failed restoration, with the settings that were not restored; also written to the journal, if there is one."""
    if journal:
        with contextlib.suppress(ApplianceError):  # the first error is the one to report
            journal.append("jump_settings_unrestored", host=host, why=exc.summary)
    exc.message = f"These Jump Client settings were not restored: {describe(before)}. {exc.message}"
    exc.remedy = f"Restore them under {WHERE}, or run this again. {exc.remedy}".strip()
    exc.facts["unrestored"] = dict(before)
    return exc
