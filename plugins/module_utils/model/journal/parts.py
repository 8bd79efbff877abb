# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The state of an upgrade as frozen values, and the builder that reads entries into them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

Entry = Mapping[str, Any]  # of a journal, with the keys of storage/journal.py
Data = Mapping[str, Any]  # what an entry says of its event


@dataclass(frozen=True)
class PairState:
    """What is remembered of a pair.

    actions:       what was done to it, the oldest first: {action, node, begun, ended, appliance_time, run, data}
    first_done_at: the clock when the first node had the present hop and served with it; None before and after
    acknowledged:  what people acknowledged since the pair was last whole
    broken:        whether the relation was broken for the present hop and nothing was installed since
    moving:        the node whose take-over or swap has begun and is not verified, '' for none
    unsynced:      whether a data sync is due: something was installed, a client setting restored, or nobody knows, since the last one
                   that was verified
    sync_since:    the primary's clock when the sync that is due began; None before
    split:         whether we broke the relation and did not establish it since: then each node has a role of its own
    served_by:     the node that was seen to serve, or was made to, last; '' if unknown
    """

    actions: list = field(default_factory=list)
    first_done_at: float | None = None
    acknowledged: list = field(default_factory=list)
    broken: bool = False
    moving: str = ""
    unsynced: bool = False
    sync_since: float | None = None
    split: bool = False
    served_by: str = ""


@dataclass(frozen=True)
class VersionState:
    """What is remembered of the versions.

    software:  {GUID: {version, build, serves}} as read or verified last
    served:    {version, build, guid} that the clients meet, None while nobody has read it
    catch_up:  what clients have to catch up with: {package, version, build, start, since, first_seen, declared, online_before,
               listed_before, soak_hours, waited, readings}, times in seconds on the appliance's clock; start: how `since` is known
               (of version_history); declared: {by, why, when} or None; waited: how many readings found it closed; readings: what they
               measured [{at, online, listed, done, of}], as far as they did; or None
    catch_ups: all of them, as above and with `passed` (controller's time), the oldest first
    """

    software: dict = field(default_factory=dict)
    served: dict | None = None
    catch_up: dict | None = None
    catch_ups: list = field(default_factory=list)


@dataclass(frozen=True)
class ClientState:
    """What is remembered of the clients of one upgrade.

    counted:       {before, after}: the recorded counts, or None
    installers:    the Jump Client installers that were valid before the upgrade, as the Configuration API lists them
    made:          those that were made in their place: {old, installer_id, name, jump_group_id}
    downloads:     their files: {installer_id, platform, path, sha256}
    consoles:      saved console installers: {which: 'present' or 'next', path, sha256}
    confirmed:     what people confirmed of the aftercare
    stragglers:    the Jump Clients that had not caught up when the catch-up opened, [{name, ...}]
    drains:        how each drain ended: {host, state, ...}
    jump_settings: what is changed and not restored yet: {host, before, after, time, why}; None if nothing is.
                   before: as they were before the first change.
    """

    counted: dict = field(default_factory=lambda: {"before": None, "after": None})
    installers: list = field(default_factory=list)
    made: list = field(default_factory=list)
    downloads: list = field(default_factory=list)
    consoles: list = field(default_factory=list)
    confirmed: list = field(default_factory=list)
    stragglers: list = field(default_factory=list)
    drains: list = field(default_factory=list)
    jump_settings: dict | None = None


@dataclass(frozen=True)
class State:
    """The state of an upgrade.

    guid:         of the appliance it is about, '' while unknown; of a pair, that of the first entry
    guids:        of the pair it is about; empty for an appliance that stands alone
    origin:       the node that was primary when the present upgrade began, '' if unknown
    runs:         how many were opened
    open_step:    the data of the step that was begun and is neither done, withdrawn nor released, with `begun`
                  (controller's time), `sent` (whether the request was sent), `unverified` (bool) and `why`; or None
    plan:         the upgrade that is under way: {request (policy.plan.request), lines, time}; None before one, and after its end
    under_way:    whether anything was begun since the last upgrade reached its target
    done:         how many steps of the upgrade that is under way are done: installations, actions, catch-ups that opened, an interim that
                  was acknowledged, settings that were restored and not changed again
    restored:     whether such settings are among them: the end of a run that failed restores them too, and the next run changes them again
    backups, certificates: data of what was saved, the oldest first
    history:      steps, the oldest first: {package, kind, version, host, begun, ended, state, why, evidence, run}
    decisions:    {what: {value, default, by, time}}: what differs from its default in the upgrade that is under way, or in the last one
    snapshots:    {node: {path, sha256}} of the snapshots from before the upgrade that is under way, or that is about to begin
    measured:     how long steps took that one run began and verified, the oldest first: {action, kind, seconds}
    """

    guid: str = ""
    guids: list = field(default_factory=list)
    origin: str = ""
    runs: int = 0
    open_step: dict | None = None
    plan: dict | None = None
    under_way: bool = False
    done: int = 0
    restored: bool = False
    backups: list = field(default_factory=list)
    certificates: list = field(default_factory=list)
    history: list = field(default_factory=list)
    decisions: dict = field(default_factory=dict)
    snapshots: dict = field(default_factory=dict)
    measured: list = field(default_factory=list)
    pair: PairState = field(default_factory=PairState)
    versions: VersionState = field(default_factory=VersionState)
    clients: ClientState = field(default_factory=ClientState)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


_PARTS = {"pair": PairState, "versions": VersionState, "clients": ClientState}


class Building:
    """A State while entries are read into it: the names of all its parts as attributes of one object.

    unserved: {GUID: what is known of a version that does not serve yet}; before_action: what the last action changed when it began.
    """

    if TYPE_CHECKING:  # the names of the parts, which __init__ sets

        def __getattr__(self, name: str) -> Any:
            pass

        def __setattr__(self, name: str, value: Any) -> None:
            pass

    def __init__(self) -> None:
        for part in (State(), *(kind() for kind in _PARTS.values())):
            self.set(**{one.name: getattr(part, one.name) for one in fields(part) if one.name not in _PARTS})
        self.set(unserved={}, before_action={})

    def set(self, **values: Any) -> None:
        """Change several names at once."""
        for name, value in values.items():
            setattr(self, name, value)

    def measure(self, measured: dict[str, Any] | None) -> None:
        """Add how long a step took, unless that is None."""
        self.measured += [] if measured is None else [measured]

    def built(self) -> State:
        """The State."""
        parts = {name: self._part(kind) for name, kind in _PARTS.items()}
        return State(**{**self._values(State), **parts, "done": self.done + self.restored})

    def _part(self, kind: type[Any]) -> Any:
        return kind(**self._values(kind))

    def _values(self, kind: type[Any]) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(kind) if one.name not in _PARTS}
