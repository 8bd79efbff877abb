# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which names of variables are mistakes. Pure; looks at names only, never at values.

A misspelled variable has no effect, so an upgrade would run with a default that nobody wanted. Names with the collection's own prefixes
must be known. `backup_`, `install_` and `verify_` are words that other people's variables begin with too: such a name is refused
only when it is nearly one of the role that is run.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

# What only this collection's variables begin with.
OWN_PREFIXES = ("upgrade_", "bomgar_", "catch_up_", "drain_", "preflight_", "failover_", "aftercare_", "window_", "rehearse_")
_NEAR, _NEAR_PREFIX = 0.85, 0.75

# What the roles leave for the tasks after them.
RESULTS = frozenset(
    {
        "upgrade_state",
        "preflight_results",
        "backup_state",
        "backup_metadata",
        "backup_certificate_metadata",
        "backup_appliance_time",
        "install_result",
        "catch_up_result",
        "drain_result",
        "window_result",
        "failover_state",
        "failover_result",
        "failover_public",
        "verify_appliance",
        "verify_clients",
        "aftercare_result",
        "report_result",
        "status_result",
        "fleet_result",
        "fleet_report",
        "status_table",
        "rehearse_result",
        "prepare_state",
        "prepare_result",
        "snapshot_result",
        "snapshot_comparison",
        "simulator_ready",
    }
)
# What only the playbooks know, and the name of the person who answers for a run.
OF_PLAYBOOKS = frozenset({"bomgar_serial", "bomgar_python", "bomgar_person"})


def mistakes(names: Iterable[str], known: Iterable[str], of_role: Collection[str]) -> list[tuple[str, str]]:
    """Return [(name, nearest known name or '')] of the names that are mistakes.

    known:   every variable of the collection
    of_role: the variables of the role that is run
    """
    known = frozenset(known) | RESULTS | OF_PLAYBOOKS
    strange = sorted(name for name in names if isinstance(name, str) and name not in known and not name.startswith("_"))
    found = ((name, _nearest_name(name, known, of_role)) for name in strange)
    return [(name, near) for name, near in found if near is not None]


def _nearest_name(name: str, known: Collection[str], of_role: Collection[str]) -> str | None:
    """Return None for a name of somebody else; for a misspelled name the nearest one, '' if none is near."""
    plain = name.lower().replace("-", "_")
    if plain in known:
        return plain
    if plain.startswith(OWN_PREFIXES):
        return _of_another_role(plain, known) or _nearest(plain, known, 0.6) or ""
    near = _nearest(plain, of_role, _NEAR)
    return near if near and _same_first_word(plain, near) else _with_another_prefix(plain, known)


def _same_first_word(name: str, known: str) -> bool:
    """Whether the first words are nearly the same: vault_certificate_passphrase is a name of the user's own, bakcup_... is a mistake."""
    first, other = (one.partition("_")[0] for one in (name, known))
    return difflib.SequenceMatcher(None, first, other).ratio() >= _NEAR_PREFIX


def _nearest(name: str, known: Collection[str], cutoff: float) -> str | None:
    return next(iter(difflib.get_close_matches(name, sorted(known), n=1, cutoff=cutoff)), None)


def _of_another_role(name: str, known: Collection[str]) -> str | None:
    """The one known name that ends as this one, as catch_up_threshold for drain_threshold; None where there is none, or more than one."""
    prefix = next(prefix for prefix in OWN_PREFIXES if name.startswith(prefix))
    same = [one for one in known if one.endswith("_" + name[len(prefix) :])]
    return same[0] if len(same) == 1 else None


def _with_another_prefix(name: str, known: Collection[str]) -> str | None:
    """Return the known name that this one is but for a misspelled prefix, as in upgarde_mode; None where there is none."""
    for prefix in OWN_PREFIXES:
        head, rest = name[: name.find("_") + 1], name[name.find("_") + 1 :]
        similar = difflib.SequenceMatcher(None, head, prefix).ratio() >= _NEAR_PREFIX
        if similar and rest and prefix + rest in known:
            return prefix + rest
    return None


def sentence(name: str, near: str) -> str:
    """Return the sentence about one mistake."""
    if near:
        return f"{name} is unknown: did you mean {near}?"
    return f"{name} is unknown. Names with this prefix belong to bomgar.appliance: correct the name, or give yours another prefix."
