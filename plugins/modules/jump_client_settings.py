#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: jump_client_settings
short_description: Set how fast Jump Clients upgrade, and put the settings back afterwards
version_added: 0.1.0
description:
  - "Many Jump Clients that upgrade at once can overload the appliance and its network. The vendor lets one limit them on
    C(/login > Jump > Jump Clients), on premises only, and documents no API for it: so the page is filled in, saved once, and read
    again to prove each value."
  - Neither limit touches representative consoles or Support Buttons.
  - With O(journal) what was there before is noted before it is changed, so that O(state=restored) can put it back, in this run or in a
    later one. The settings of a failover pair belong to the site, so another node may serve by then.
  - "What somebody changed meanwhile is left as it is: RV(note) tells it."
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: full}, idempotent: {support: full}}
options:
  max_concurrent:
    description: "C(Maximum number of concurrent Jump Client upgrades), 1 to 500. Not touched when not given, as the others."
    type: int
  bandwidth:
    description: "C(Maximum bandwidth of concurrent Jump Client upgrades) in MiB/s, up to 100."
    type: float
  connection_rate:
    description: "C(Global connection rate for Jump Clients) in connections a second, 1 to 300."
    type: int
  automatic:
    description:
      - "Automatic Jump Client upgrades: V(disabled) permanently, enabled for the current upgrade V(cycle), or permanently V(enabled)."
    type: str
    choices: [disabled, cycle, enabled]
  state:
    description:
      - V(present) sets what is given. V(restored) puts back what O(journal) has recorded; nothing if nothing is.
    type: str
    choices: [present, restored]
    default: present
  actuator:
    description:
      - V(web) uses the page, V(operator) says what a person has to set, until O(confirmed) states that they did.
    type: str
    choices: [web, operator]
    default: web
  journal:
    description: Journal of the site's upgrade in which the change is noted. Required for O(state=restored).
    type: path
  confirmed:
    description: A person states that the RV(instructions) were followed. Only where there are some.
    type: bool
    default: false
requirements: [beautifulsoup4]
"""

EXAMPLES = r"""
- name: Let the Jump Clients come one after the other
  bomgar.appliance.jump_client_settings:
    max_concurrent: 20
    bandwidth: 10
    automatic: cycle
    journal: /srv/upgrades/support.example.com/journal.jsonl

- name: Put back what was there, even after a failure
  bomgar.appliance.jump_client_settings:
    state: restored
    journal: /srv/upgrades/support.example.com/journal.jsonl
"""

RETURN = r"""
state: {description: "V(done), or V(operator) when a person has to act first.", returned: success, type: str, sample: done}
settings:
  description:
    - The settings as they were read last from C(/login > Jump > Jump Clients), empty if the page was not read.
    - C(max_concurrent) and C(connection_rate) (a second) are numbers, C(bandwidth) a number of MiB/s; a text where the page has no
      number or another unit, null where it shows nothing. C(automatic) is one of V(disabled), V(cycle), V(enabled).
  returned: success
  type: dict
  sample: {max_concurrent: 20, bandwidth: 10, connection_rate: 50, automatic: cycle}
before:
  description: What was changed (or would be), as it was; with O(actuator=operator) only the person knows it.
  returned: success
  type: dict
  sample: {max_concurrent: 50, bandwidth: 100}
instructions: {description: What the person has to do., returned: "when RV(state=operator)", type: list, elements: str}
note: {description: What somebody should know of it; empty for nothing., returned: success, type: str, sample: ""}
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
from ..module_utils.errors import ApplianceError
from ..module_utils.journal import Journal
from ..module_utils.jump_settings import change, kept, read
from ..module_utils.model.jump_setting import STATES
from ..module_utils.module import Operation, run
from ..module_utils.policy.jump_settings import as_text, differences, refuse_other_units, restoration, told, unknown_before, wanted_of

OPTIONS = {
    "max_concurrent": {"type": "int"},
    "bandwidth": {"type": "float"},
    "connection_rate": {"type": "int"},
    "automatic": {"type": "str", "choices": list(STATES)},
    "state": {"type": "str", "choices": ["present", "restored"], "default": "present"},
    "actuator": {"type": "str", "choices": ["web", "operator"], "default": "web"},
    "journal": {"type": "path"},
    "confirmed": {"type": "bool", "default": False},
}
_BY_PERSON = "Before: as noted by the person."


def settle(appliance, params, *, check_mode):
    wanted = wanted_of(params)
    journal = Journal(params["journal"]) if params["journal"] else None
    recorded = journal.state()["jump_settings"] if journal else None
    confirmed = params["confirmed"]
    if params["state"] == "restored":
        return _restore(appliance, journal, recorded, params["actuator"], confirmed, check_mode)
    if params["actuator"] == "operator":
        return _set_by_hand(appliance, journal, recorded, wanted, confirmed, check_mode)
    return _set(appliance, journal, wanted, check_mode)


# --- present


def _set(appliance, journal, wanted, check_mode):
    _see_journal(appliance, journal)
    shown, values = read(appliance)
    refuse_other_units(shown, wanted)
    changes = differences(values, wanted)
    appliance.pages.check_jump_settings(changes)
    before = {key: values[key] for key in changes}
    if changes and not check_mode:
        if journal:
            journal.append("jump_settings_changed", host=appliance.host, before=before, after=changes)
        values = change(appliance, changes)
    return _result(values, before, changes)


def _set_by_hand(appliance, journal, recorded, wanted, confirmed, check_mode):
    """What the person did is not seen, so it is believed: once, when the journal has it."""
    known = bool(recorded) and not differences(recorded["after"], wanted)
    if not wanted or known:
        return _result({}, {}, {}, note=_BY_PERSON if known else "")
    if not confirmed:
        return _wanted(operator_steps.set_jump_settings(appliance.host, wanted))
    _see_journal(appliance, journal)
    if journal and not check_mode:
        journal.append("jump_settings_changed", host=appliance.host, before={}, after=wanted)
    return _result({}, {}, {}, note=_BY_PERSON)


# --- restored


def _restore(appliance, journal, recorded, actuator, confirmed, check_mode):
    if recorded is None:
        return _result({}, {}, {})
    before, after = recorded["before"], recorded["after"]
    if actuator == "operator" or unknown_before(before, after):
        return _restore_by_hand(appliance, journal, before, after, confirmed, check_mode)
    try:
        return _put_back(appliance, journal, before, after, check_mode)
    except ApplianceError as exc:
        raise kept(exc, None if check_mode else journal, appliance.host, before) from exc


def _put_back(appliance, journal, before, after, check_mode):
    _see_journal(appliance, journal)
    shown, values = read(appliance)
    refuse_other_units(shown, before)
    found = restoration(values, before, after)
    gone = {key: before[key] for key in found.theirs if values[key] is None}  # not there, or emptied by a person
    appliance.pages.check_jump_settings({**found.back, **gone})
    now = {key: values[key] for key in found.back}
    if not check_mode:
        values = change(appliance, found.back) if found.back else values
        journal.append("jump_settings_restored", host=appliance.host, **({"note": found.note} if found.note else {}))
    return _result(values, now, found.back, note=found.note)


def _restore_by_hand(appliance, journal, before, after, confirmed, check_mode):
    if not confirmed:
        return _wanted(operator_steps.restore_jump_settings(appliance.host, before, after), before=before,
                       note="" if not unknown_before(before, after) else _BY_PERSON)  # fmt: skip
    _see_journal(appliance, journal)
    note = f"As a person states; recorded was: {told(before)}."
    if not check_mode:
        journal.append("jump_settings_restored", host=appliance.host, note=note)
    return _result({}, {}, {}, note=note)


# --- both


def _see_journal(appliance, journal):
    if journal:
        journal.check(appliance.health().guid, appliance.host)


def _result(values, before, changes, note=""):
    return {"changed": bool(changes), "state": "done", "settings": values, "before": before, "note": note,
            "diff": {"before": as_text(before), "after": as_text(changes)}}  # fmt: skip


def _wanted(instructions, before=None, note=""):
    return operator_steps.wanted(instructions, settings={}, before=before or {}, note=note)


OPERATION = Operation(settle, OPTIONS, libraries=["bs4"], required_if=[("state", "restored", ["journal"])])


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
