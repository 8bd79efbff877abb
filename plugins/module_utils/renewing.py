# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Makes Jump Client installers again, each once, whatever interrupts it.

The journal keeps which installers were listed before the first one was made: one that appeared since, and that it does not know,
is what a request made whose answer was lost.
"""

from __future__ import annotations

from dataclasses import replace

from .errors import NOT_YET, ApplianceError, NotFound, Unsafe, WaitTimeout, answer_lost, said
from .model.fields import iso
from .model.installer import Installer, differences, fields_of, read_created, read_installer
from .wait import NotYet

KNOWN = "installers_known"  # in the data of a note
KEY_LOST = "no deployment key came with it (or its answer was lost): for MSI packages make another one in /login > Jump > Jump Clients"
_LOOK = {"timeout": 30, "interval": 10}  # seconds for a lost request to show what it did


def wanted(state, groups, name):
    """The Installers to be made again: of the record, and for groups that got none; each with what was made for it, or None."""
    made = {entry["old"]: entry for entry in state["made"]}
    recorded = [read_installer(row) for row in state["installers"]]
    pairs = [(one, made.get(one.old)) for one in recorded]
    covered = {one.group for one in recorded}
    for group in dict.fromkeys(groups):
        if group not in covered:
            entry = next((one for one in state["made"] if one["old"] == 0 and one.get("jump_group_id") == group), None)
            pairs.append((Installer(0, "", name, group, None, {"jump_group_id": group, "name": name}), entry))
    return pairs


class Maker:
    """listed: the Installers that the appliance has; keep_key(installer, key) puts a secret key into a file and returns its path
    (key None: that of the file which is there already, or '')."""

    def __init__(self, appliance, journal, listed, keep_key):
        self._appliance, self._journal, self._keep_key = appliance, journal, keep_key
        self._listed, self._known = listed, _known(journal.read())

    def orphan(self, old):
        """The Installer that an earlier run asked for in place of this one and never saw made, or None."""
        return None if self._known is None else self._new_one(old, self._listed)

    def make(self, old, minutes):
        """The data of installer_made."""
        orphan = self.orphan(old)
        if orphan:
            return self._noted(old, orphan)
        self._remember_listed()
        self._appliance.asked = True
        try:
            created = read_created(self._appliance.create_installer(fields_of(old.row, minutes)), self._appliance.host)
        except ApplianceError as exc:
            if not answer_lost(exc):
                raise
            return self._noted(old, self._found(old, exc))
        return self._noted(old, created.installer, created.key)

    def _remember_listed(self):
        if self._known is None:
            self._known = [one.installer_id for one in self._listed]
            self._journal.append("note", text="Jump Client installers are made again.", **{KNOWN: self._known})

    def _noted(self, old, new, key=None):
        """Its key is on the disk before anybody relies on the journal."""
        path = self._keep_key(replace(new, name=old.name, group=old.group), key)
        data = {
            "old": old.old, "installer_id": new.installer_id, "name": old.name, "jump_group_id": old.group, "key_file": path,
            "valid_until": iso(new.expires), "differs": differences(old.row, new.row), "note": "" if path else KEY_LOST,
        }  # fmt: skip
        self._journal.append("installer_made", **data)
        return data

    def _found(self, old, exc):
        """The one that a lost request made. Anything but exactly one new installer is left to a person."""
        def probe():
            rows = self._appliance.installers()
            if rows is None:
                raise NotFound("The list of installers is gone.", host=self._appliance.host)
            return self._new_one(old, [read_installer(row, self._appliance.host) for row in rows]) or NotYet("no new installer")

        try:
            return self._appliance.wait_until(probe, what="the list of installers", not_yet=NOT_YET, **_LOOK)
        except WaitTimeout:
            raise ApplianceError(
                f"Whether the Jump Client installer {old.label} was made is not known: {said(exc)} No new one is in the list.",
                host=self._appliance.host, facts={"outcome": "unknown"},
                remedy="Look at /login > Jump > Jump Clients. Run the same command again: it takes the new one if there is one, and "
                       "makes it otherwise.",
            ) from exc  # fmt: skip

    def _new_one(self, old, listed):
        """A nameless one may be listed under any name."""
        before = {*self._known, *(one["installer_id"] for one in self._journal.state()["made"])}
        new = [one for one in listed if one.installer_id not in before and one.group == old.group and old.name in ("", one.name)]
        if len(new) > 1:
            raise Unsafe(
                f"{len(new)} new Jump Client installers could be the installer {old.label}.", host=self._appliance.host,
                facts={"outcome": "unknown" if self._appliance.asked else "nothing_done"},
                remedy="In /login > Jump > Jump Clients keep one of them and remove the others, then run the same command again.",
            )  # fmt: skip
        return new[0] if new else None


def _known(entries):
    """The ids that were listed before the first installer of the present upgrade was made again; None before that."""
    known = None
    for entry in entries:
        data = entry["data"]
        if entry["event"] == "clients_counted" and data["moment"] == "before":
            known = None
        elif entry["event"] == "note" and known is None and isinstance(data.get(KNOWN), list):
            known = data[KNOWN]
    return known
