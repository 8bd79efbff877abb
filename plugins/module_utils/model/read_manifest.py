# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the package manifest from YAML or JSON; each mistake raises InvalidInput that names the place."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable
from typing import Any

from ..errors import InvalidInput
from .manifest import Manifest, ManifestEntry
from .package import BASE, HOTFIX, LICENCE, OTHER, SITE, fold, read_name
from .version import Version

KINDS = (BASE, SITE, LICENCE, HOTFIX, OTHER)

_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_manifest(data: Any, source: str = "the manifest") -> Manifest:
    """Return a Manifest from {'packages': [...]} or the bare list; `source` names the file in errors."""
    if isinstance(data, dict):
        _known_keys(data, ("packages",), source)
        data = data.get("packages")
    if not isinstance(data, (list, tuple)):
        raise InvalidInput(f"{source} holds no list of packages.", remedy="Write `packages:` and one item per package.")
    entries: list[ManifestEntry] = []
    seen: set[str] = set()
    for number, item in enumerate(data):
        entry = _read_entry(item, f"{source}, packages[{number}]")
        if fold(entry.name) in seen:
            raise InvalidInput(f"{source} names {entry.name!r} twice.", remedy="Keep one of the two.")
        seen.add(fold(entry.name))
        entries.append(entry)
    return Manifest(tuple(entries))


def _read_entry(item: Any, where: str) -> ManifestEntry:
    if not isinstance(item, dict):
        raise InvalidInput(f"{where} is not a mapping.", remedy="Write `- name: Base 6.2.0` and its facts below.")
    name = " ".join(_text(item, "name", where).split())
    if not name:
        raise InvalidInput(f"{where} has no name.", remedy="Give the name as the appliance's list shows it.")
    where = f"{where} ({name})"
    _known_keys(item, _KEYS, where)
    kind, version, classified = _kind_and_version(item, name, where)
    base, minimum = _requires_base(item, where)
    return ManifestEntry(
        name=name,
        kind=kind,
        version=version,
        requires=_requires(item, name, where),
        requires_base=base,
        base_is_minimum=minimum,
        supports_upgrade_from=_version(item, "supports_upgrade_from", where),
        sha256=_sha256(item, where),
        file=_text(item, "file", where),
        companions=_companions(item, where),
        release_notes=_text(item, "release_notes", where),
        soak_hours=_soak_hours(item, where),
        rebuilt=_flag(item, "rebuilt", where),
        classified=classified,
    )


_KEYS = (
    "name",
    "kind",
    "version",
    "requires",
    "requires_base",
    "supports_upgrade_from",
    "sha256",
    "file",
    "companions",
    "release_notes",
    "soak_hours",
    "rebuilt",
)


def _known_keys(mapping: dict[Any, Any], known: Iterable[str], where: str) -> None:
    for key in mapping:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else "Known keys: " + ", ".join(known) + "."
            raise InvalidInput(f"{where}: the key {str(key)!r} is unknown.", remedy=hint)


def _text(item: dict[str, Any], key: str, where: str) -> str:
    value = item.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidInput(f"{where}: {key} is not text but {value!r}.", remedy="Put it in quotes.")
    return value.strip()


def _version(item: dict[str, Any], key: str, where: str) -> str | None:
    """Return a version. Raises InvalidInput for a number: YAML reads 24.10 as the number 24.1."""
    text = _text(item, key, where)
    return _check_version(text, key, where) if text else None


def _check_version(text: Any, key: str, where: str) -> str:
    if not isinstance(text, str):
        raise InvalidInput(f"{where}: {key} holds {text!r}, which is not text.", remedy='Put it in quotes: "24.10".')
    try:
        return str(Version(text))
    except InvalidInput as exc:
        raise InvalidInput(f"{where}: {key}: {exc.message}", remedy=exc.remedy) from None


def _kind_and_version(item: dict[str, Any], name: str, where: str) -> tuple[str, str | None, bool]:
    """Return (kind, version, whether the kind is certain)."""
    read_kind, read_version = read_name(name)
    given = _text(item, "kind", where)
    kind = given or read_kind
    if kind not in KINDS:
        raise InvalidInput(f"{where}: {kind!r} is no kind of package.", remedy="Kinds: " + ", ".join(KINDS) + ".")
    version = _version(item, "version", where) or read_version
    if kind in (BASE, SITE) and version is None:
        raise InvalidInput(f"{where}: a {kind} package needs a version.", remedy='Write version: "X.Y.Z".')
    return kind, version, bool(given) or kind != OTHER


def _requires(item: dict[str, Any], name: str, where: str) -> tuple[str, ...] | None:
    value = item.get("requires")
    if value is None:
        return None
    if not isinstance(value, (list, tuple)) or not all(isinstance(part, str) and part.strip() for part in value):
        raise InvalidInput(f"{where}: requires is not a list of package names.", remedy='As in ["Base 6.2.0"].')
    if fold(name) in map(fold, value):
        raise InvalidInput(f"{where} requires itself.", remedy="Remove its own name from `requires`.")
    return tuple(" ".join(part.split()) for part in value)


def _requires_base(item: dict[str, Any], where: str) -> tuple[tuple[str, ...], bool]:
    value = item.get("requires_base")
    if value is None:
        return (), True
    if isinstance(value, (list, tuple)):
        if not value:
            raise InvalidInput(f"{where}: requires_base is an empty list.", remedy="Leave it out, or name a version.")
        return tuple(_check_version(part, "requires_base", where) for part in value), False
    return (_check_version(value, "requires_base", where),), True


def _sha256(item: dict[str, Any], where: str) -> str:
    text = _text(item, "sha256", where).lower()
    if text and not _SHA256.fullmatch(text):
        raise InvalidInput(f"{where}: sha256 is not 64 hexadecimal digits.", remedy="Copy the output of sha256sum.")
    return text


def _companions(item: dict[str, Any], where: str) -> tuple[tuple[str, str], ...]:
    value = item.get("companions")
    if value is None:
        return ()
    if not isinstance(value, dict) or not all(isinstance(part, str) for pair in value.items() for part in pair):
        raise InvalidInput(
            f"{where}: companions is not a mapping of names to versions in quotes.",
            remedy='Write companions: {"Integration client": "1.7.5"}.',
        )
    return tuple(sorted(value.items()))


def _soak_hours(item: dict[str, Any], where: str) -> float | None:
    value = item.get("soak_hours")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or value < 0:
        raise InvalidInput(f"{where}: soak_hours is no number of hours but {value!r}.", remedy="As in 48.")
    return float(value)


def _flag(item: dict[str, Any], key: str, where: str) -> bool:
    value = item.get(key)
    if value is not None and not isinstance(value, bool):
        raise InvalidInput(f"{where}: {key} is neither true nor false but {value!r}.", remedy=f"Write {key}: true, or leave it out.")
    return bool(value)
