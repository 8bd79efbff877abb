# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Entries of a journal as values, and what is known by them."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.state import state_of

BASE = {"package": "Base 6.2.0", "kind": "base", "version": "6.2.0"}
SITE = {"package": "Bomgar 19.1.8", "kind": "site", "version": "19.1.8"}
DONE = dict(SITE, appliance_time=1000.0, evidence={"version": "19.1.8"})


def state(*events):
    entries, run = [], 0
    for number, (event, data) in enumerate(events, 1):
        run += event == "run_opened"
        entries.append({"seq": number, "time": f"t{number}", "run": run, "event": event, "data": data})
    return state_of(entries)


def entries(*events):
    return [
        {"seq": number, "run": 1, "time": "2026-03-02T12:00:00Z", "event": event, "data": data}
        for number, (event, data) in enumerate(events, 1)
    ]
