# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The upgrade settings of Jump Clients on their page: read, changed once and proved by reading again, or told as not put back."""

from __future__ import annotations

import contextlib

from .errors import NOT_YET, ApplianceError, Refused, WaitTimeout, answer_lost
from .policy.jump_settings import WHERE, differences, told, values_of
from .wait import NotYet

_LOST_SECONDS, _LOST_INTERVAL = 120, 10  # how long a Save whose answer was lost is watched


def read(appliance):
    """(texts of the page, values) of the settings."""
    shown = appliance.pages.jump_settings().shown
    return shown, values_of(shown)


def change(appliance, changes):
    """Save these {key: value}, sent once; all values as the page shows them then. An error tells wanted and shown ones."""
    trouble, said = None, ()
    appliance.asked = True
    try:
        said = appliance.pages.press_save_jump_settings(changes)
    except ApplianceError as exc:
        lost = answer_lost(exc)
        appliance.asked = lost or not exc.nothing_sent
        if not (lost or isinstance(exc, Refused)):
            raise
        trouble = exc
    if trouble is not None and answer_lost(trouble):
        return _watched(appliance, changes, trouble)
    return _proved(appliance, changes, said, trouble)


def _proved(appliance, changes, said, trouble):
    """One look decides where the appliance answered."""
    values = read(appliance)[1]
    left = differences(values, changes)
    if not left:
        return values
    evidence = trouble.said if trouble else "; ".join(said)
    raise Refused(f"{WHERE}: Save was pressed, and the page shows {_of(values, left)} where {told(left)} was wanted.", host=appliance.host,
                  evidence=repr(evidence[:300]) if evidence else "", remedy="Set it by hand, or correct the value.",
                  facts={"outcome": "failed", "settings": values}) from trouble  # fmt: skip


def _watched(appliance, changes, trouble):
    """The answer was lost: it may still be taken, so the page is looked at for a while; it is not sent again."""
    appliance.say(f"Save: the answer was lost ({type(trouble).__name__}); reading the page again")
    last = {}

    def look():
        last.update(read(appliance)[1])
        left = differences(last, changes)
        return NotYet(_of(last, left)) if left else dict(last)

    try:
        return appliance.wait_until(look, what=f"{told(changes)} on {WHERE}, after the answer to Save was lost", timeout=_LOST_SECONDS,
                                    interval=_LOST_INTERVAL, not_yet=NOT_YET,
                                    remedy="Look at the page, then run this again: it reads it and decides anew.")  # fmt: skip
    except WaitTimeout as exc:
        exc.facts.update(outcome="unknown", settings=last)
        raise


def _of(values, keys):
    return told({key: values.get(key) for key in keys})


def kept(exc, journal, host, before):
    """The error of a restoration that failed, which lists what was not put back; noted in the journal, if there is one to write."""
    if journal:
        with contextlib.suppress(ApplianceError):  # the first error is the one to tell
            journal.append("jump_settings_kept", host=host, why=exc.said)
    exc.message = f"Jump Client settings that were not put back: {told(before)}. {exc.message}"
    exc.remedy = f"Put them back under {WHERE}, or run this again. {exc.remedy}".strip()
    exc.facts["kept"] = dict(before)
    return exc
