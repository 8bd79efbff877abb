# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""World files: read, check against schema.yaml, fill in what was left out.

load() -> World. Everything wrong with a file is one WorldError whose sentences name the line, the
place in the file and, for a misspelt key, the key that was probably meant.
"""

from __future__ import annotations

import copy
import functools
import math
import pathlib
import time
from typing import Any

import jsonschema
import yaml

from . import naming
from .clock import to_epoch
from .world_checks import cross_checks
from .world_sentences import did_you_mean, sentence

HERE = pathlib.Path(__file__).parent
SHIPPED = HERE / "worlds"


class WorldError(Exception):
    """A world file that cannot be used; the text is for the person who wrote it."""


class World(dict):
    """A checked world: a dict as README.md describes it, every default filled in."""

    @property
    def start(self) -> float:
        """The virtual date at which it begins, seconds since 1970."""
        text = self["clock"]["start"]
        return math.floor(time.time()) if text == "now" else to_epoch(text)


def shipped() -> list[str]:
    """The names of the worlds that come with the simulator."""
    return sorted(path.stem for path in SHIPPED.glob("*.yml"))


def load(source: Any) -> World:
    """A World from the path of a file or the name of a shipped world. Raises WorldError."""
    path = pathlib.Path(source)
    return parse(path.read_text(encoding="utf-8"), str(source)) if path.is_file() else load_shipped(source)


def load_shipped(name: str) -> World:
    """One of the worlds that come with the simulator. Raises WorldError."""
    if str(name) not in shipped():
        raise WorldError(f"no world file and no shipped world is called {str(name)!r}{did_you_mean(name, shipped())}")
    return parse((SHIPPED / f"{name}.yml").read_text(encoding="utf-8"), str(name))


def parse(text: str, source: str = "world") -> World:
    """A World from YAML text. Raises WorldError."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise WorldError(f"{source}{where}: not YAML: {getattr(exc, 'problem', None) or exc}") from exc
    problems = [sentence(error, node) for error in _validator().iter_errors(data)]
    if not problems:
        data = _filled(_schema(), copy.deepcopy(data))
        problems = cross_checks(data, node)
    if problems:
        raise WorldError(f"{source}: " + "; ".join(problems))
    return World(naming.named(data))


def check(part: Any, value: Any) -> None:
    """Is this a good value for a part of the schema ('storage', 'permissions' ...)? Raises WorldError."""
    schema = {**_schema()["$defs"][part], "$defs": _schema()["$defs"]}
    problems = [sentence(error, None) for error in jsonschema.Draft202012Validator(schema).iter_errors(value)]
    if problems:
        raise WorldError("; ".join(problems))


@functools.cache
def _schema() -> dict[str, Any]:
    return yaml.safe_load((HERE / "schema.yaml").read_text(encoding="utf-8"))


@functools.cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(_schema())


def _resolve(schema: Any) -> dict[str, Any]:
    """Follow a local reference; keys beside it win."""
    if "$ref" not in schema:
        return schema
    target = _schema()["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    return {**target, **{key: value for key, value in schema.items() if key != "$ref"}}


def _filled(schema: Any, value: Any) -> Any:
    """The value with every default of the schema put in, at all depths."""
    schema = _resolve(schema)
    if isinstance(value, dict) and "properties" in schema:
        for key, child in schema["properties"].items():
            child = _resolve(child)
            if key not in value and "default" in child:
                value[key] = copy.deepcopy(child["default"])
            if key in value:
                value[key] = _filled(child, value[key])
    if isinstance(value, list) and "items" in schema:
        return [_filled(schema["items"], item) for item in value]
    return value
