# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The command line of a run, to copy: as it was given, or for one site of several, without secrets. Pure."""

from __future__ import annotations

import contextlib
import json
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .roles.names import OWN_PREFIXES

_SECRET = re.compile(r"pass|secret|token|key|phrase|webhook|credential", re.IGNORECASE)
_NAME = re.compile(r"(?:^|[\s{,'\"])([A-Za-z_]\w*)['\"]?\s*(?:=|:(?!//))")
_EXTRA = ("-e", "--extra-vars")
_AS_BEFORE = "(as before)"
# Names that a secret has only by a word of _SECRET; another name may hold anything.
_OURS = (*OWN_PREFIXES, "backup_", "demo_", "fleet_", "install_", "prepare_", "report_", "simulator_", "snapshot_", "status_", "verify_")


def shown_command(arguments: Iterable[str]) -> str:
    """The command line, quoted for a shell. Extra variables that may hold a secret are '(as before)'."""
    shown, extra = [], False
    for argument in arguments:
        holds = extra or argument.startswith(("--extra-vars=", "-e")) and argument not in _EXTRA
        shown.append(f"'{_AS_BEFORE}'" if holds and _may_be_secret(argument) else shlex.quote(argument))
        extra = argument in _EXTRA
    return " ".join(shown)


def _may_be_secret(argument: str) -> bool:
    """Whether the value of an extra variable is not shown: its name looks like that of a secret, or is none of this collection."""
    value = argument.removeprefix("--extra-vars=").removeprefix("-e")
    if value.startswith("@"):
        return False
    names = _names(value)
    return bool(_SECRET.search(value)) or not names or any(name != "target" and not name.startswith(_OURS) for name in names)


def _names(value: str) -> list[str]:
    """Of the variables: the keys of a JSON object, or all words before '=' and ':'."""
    with contextlib.suppress(ValueError):
        found = json.loads(value)
        return list(found) if isinstance(found, dict) else []
    return _NAME.findall(value)


def next_command(given: Mapping[str, Any], inventories: Sequence[str], playbook: str, *, limit: str = "", instead: bool = False) -> str:
    """The command that continues.

    given: what the command line of ansible-playbook had, by the names of its options; inventories: what was read; playbook: the one to run
    if the command line has none (a role that `ansible` runs), or, with `instead`, always; limit: the site, '' to keep the given limit.
    """
    own = given.get("args") if not instead and "module_name" not in given else None
    arguments = ["ansible-playbook", *_pairs("-i", inventories), *(own or [playbook])]
    arguments += _pairs("--limit", [limit or str(given.get("subset") or "")])
    arguments += [*_pairs("-e", given.get("extra_vars")), *_pairs("--tags", _chosen(given)), *_pairs("--skip-tags", given.get("skip_tags"))]
    arguments += [*_pairs("--vault-id", given.get("vault_ids")), *_pairs("--vault-password-file", given.get("vault_password_files"))]
    return shown_command([*arguments, *(["--ask-vault-pass"] if given.get("ask_vault_pass") else [])])


def _chosen(given: Mapping[str, Any]) -> list[str]:
    return [tag for tag in given.get("tags") or () if tag != "all"]


def _pairs(option: str, values: Iterable[str] | None) -> Iterator[str]:
    for value in values or ():
        if value:
            yield from (option, str(value))
