# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The argument specs and defaults of all roles, read once in the parent process and inherited by every worker that it forks for a task."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from ..module_utils.options import CONNECTION_OPTIONS, WEB_OPTIONS

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # where libyaml is there, a tenth of the 55 ms that each start of Ansible pays


def _read(path: Path) -> dict[str, dict[str, Any]]:
    """The options of all entry points of a role: {entry point: {option: its spec}}."""
    with open(path, encoding="utf-8") as stream:
        points = yaml.load(stream, LOADER)["argument_specs"]
    return {name: point.get("options", {}) for name, point in points.items()}


ROLES = {path.parts[-3]: _read(path) for path in sorted(Path(__file__).parents[2].glob("roles/*/meta/argument_specs.yml"))}

DEFAULTS = {
    name: value
    for path in sorted(Path(__file__).parents[2].glob("roles/*/defaults/main.yml"))
    for name, value in yaml.load(path.read_text(encoding="utf-8"), LOADER).items()
}

CONNECTIONS = {f"bomgar_{name}": option for name, option in {**CONNECTION_OPTIONS, **WEB_OPTIONS}.items()}

KNOWN = frozenset(name for points in ROLES.values() for options in points.values() for name in options) | frozenset(CONNECTIONS)


def read_yaml(text: str) -> Any:
    """The value of a YAML text. Raises ValueError with one sentence."""
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as exc:
        raise ValueError(str(exc).splitlines()[0]) from exc
