# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Regenerates Jump Client installers, each once, also after an interruption.

The journal has the installers that were listed before the first one was made. A new installer that the journal does not know was made by
a request of which the response was lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..errors import NOT_YET, ApplianceError, NotFound, Unsafe, WaitTimeout, summary_of
from ..model.clients.installer import Installer, creation_fields, differences, read_created, read_installer
from ..model.moments import iso
from ..storage.journal import Journal
from ..wait import NotYet
from .identity import Same
from .once import at_once, send_once
from .port import Appliance

KNOWN = "installers_known"  # in the data of a note
KEY_LOST = "the response had no deployment key, or was lost: for MSI packages make another one in /login > Jump > Jump Clients"
_TIMEOUT, _INTERVAL = 30, 10  # seconds in which an installer must be listed after the response was lost


def wanted(state: Any, groups: Iterable[int], name: str) -> list[tuple[Installer, Any]]:
    """The Installers to regenerate: the recorded ones, and one for each further group; each with the entry of the new one, or None."""
    made = {entry["old"]: entry for entry in state.clients.made}
    recorded = [read_installer(row) for row in state.clients.installers]
    pairs = [(one, made.get(one.old)) for one in recorded]
    covered = {one.group for one in recorded}
    for group in dict.fromkeys(groups):
        if group not in covered:
            entry = next((one for one in state.clients.made if one["old"] == 0 and one.get("jump_group_id") == group), None)
            pairs.append((Installer(0, "", name, group, None, {"jump_group_id": group, "name": name}), entry))
    return pairs


class Maker:
    """listed: the Installers of the appliance; save_key(installer, key) writes a secret key into a file and returns its path
    (key None: the path of the existing file, or '').
    """

    def __init__(
        self, appliance: Appliance, journal: Journal, listed: Sequence[Installer], save_key: Callable[[Installer, Any], str]
    ) -> None:
        self._appliance, self._journal, self._save_key = appliance, journal, save_key
        self._listed, self._known, self._same = listed, _known(journal.read()), Same(appliance)

    def orphan(self, old: Installer) -> Installer | None:
        """The Installer that an earlier run requested in place of this one without a response, or None."""
        return None if self._known is None else self._new_one(old, self._listed)

    def make(self, old: Installer, minutes: int) -> dict[str, Any]:
        """Make the installer once; the data of the journal entry installer_made."""
        orphan = self.orphan(old)
        if orphan:
            return self._recorded(old, orphan)
        self._remember_listed()
        sent = send_once(self._appliance, at_once(lambda: self._created(old, minutes)), f"making {old.label}", check=self._same.check)
        if sent.lost:
            return self._recorded(old, self._found(old, sent.lost))
        return self._recorded(old, sent.result.installer, sent.result.key)

    def _created(self, old: Installer, minutes: int) -> Any:
        return read_created(self._appliance.clients.create_installer(creation_fields(old.row, minutes)), self._appliance.host)

    def _remember_listed(self) -> None:
        if self._known is None:
            self._known = [one.installer_id for one in self._listed]
            self._journal.append("note", text="Jump Client installers are regenerated.", **{KNOWN: self._known})

    def _recorded(self, old: Installer, new: Installer, key: Any = None) -> dict[str, Any]:
        """Write the key to the disk, then the journal entry."""
        path = self._save_key(replace(new, name=old.name, group=old.group), key)
        data = {
            "old": old.old,
            "installer_id": new.installer_id,
            "name": old.name,
            "jump_group_id": old.group,
            "key_file": path,
            "valid_until": iso(new.expires),
            "differs": differences(old.row, new.row),
            "note": "" if path else KEY_LOST,
        }
        self._journal.append("installer_made", **data)
        return data

    def _found(self, old: Installer, exc: ApplianceError) -> Installer:
        """The new installer after a lost response. A person decides unless there is exactly one."""

        def probe() -> Any:
            rows = self._appliance.clients.installers()
            if rows is None:
                raise NotFound("The list of installers is gone.", host=self._appliance.host)
            return self._new_one(old, [read_installer(row, self._appliance.host) for row in rows]) or NotYet("no new installer")

        try:
            return self._appliance.wait_until(probe, what="the list of installers", not_yet=NOT_YET, timeout=_TIMEOUT, interval=_INTERVAL)
        except WaitTimeout:
            raise ApplianceError(
                f"It is unknown whether the Jump Client installer {old.label} was made: {summary_of(exc)} The list has no new one.",
                host=self._appliance.host,
                facts={"outcome": "unknown"},
                remedy="Check /login > Jump > Jump Clients. Run the same command again: it uses the new one if there is one, and "
                "makes it otherwise.",
            ) from exc

    def _new_one(self, old: Installer, listed: Iterable[Installer]) -> Installer | None:
        """The new installer in place of this one; one without a name can be listed under any name."""
        before = {*(self._known or ()), *(one["installer_id"] for one in self._journal.state().clients.made)}
        new = [one for one in listed if one.installer_id not in before and one.group == old.group and old.name in ("", one.name)]
        if len(new) > 1:
            raise Unsafe(
                f"{len(new)} new Jump Client installers can be the new installer {old.label}.",
                host=self._appliance.host,
                facts={"outcome": "unknown" if self._appliance.request_sent else "nothing_done"},
                remedy="In /login > Jump > Jump Clients keep one of them and remove the others, then run the same command again.",
            )
        return new[0] if new else None


def _known(entries: Iterable[Mapping[str, Any]]) -> list[str] | None:
    """The ids that were listed before the first installer of the present upgrade was regenerated; None before that."""
    known: list[str] | None = None
    for entry in entries:
        data = entry["data"]
        if entry["event"] == "clients_counted" and data["moment"] == "before":
            known = None
        elif entry["event"] == "note" and known is None and isinstance(data.get(KNOWN), list):
            known = data[KNOWN]
    return known
