# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""World files: read, check against schema.yaml, fill in what was left out.

load() -> World. Everything wrong with a file is one WorldError whose sentences name the line, the
place in the file and, for a misspelt key, the key that was probably meant.
"""

import copy
import difflib
import functools
import ipaddress
import math
import pathlib
import time

import jsonschema
import yaml

from . import naming
from .clock import to_epoch

HERE = pathlib.Path(__file__).parent
SHIPPED = HERE / "worlds"


class WorldError(Exception):
    """A world file that cannot be used; the text is for the person who wrote it."""


class World(dict):
    """A checked world: a dict as README.md describes it, every default filled in."""

    @property
    def start(self):
        """The virtual date at which it begins, seconds since 1970."""
        text = self["clock"]["start"]
        return math.floor(time.time()) if text == "now" else to_epoch(text)


def shipped():
    """The names of the worlds that come with the simulator."""
    return sorted(path.stem for path in SHIPPED.glob("*.yml"))


def load(source):
    """A World from the path of a file or the name of a shipped world. Raises WorldError."""
    path = pathlib.Path(source)
    return parse(path.read_text(encoding="utf-8"), str(source)) if path.is_file() else load_shipped(source)


def load_shipped(name):
    """One of the worlds that come with the simulator. Raises WorldError."""
    if str(name) not in shipped():
        raise WorldError(f"no world file and no shipped world is called {str(name)!r}{_meant(name, shipped())}")
    return parse((SHIPPED / f"{name}.yml").read_text(encoding="utf-8"), str(name))


def parse(text, source="world"):
    """A World from YAML text. Raises WorldError."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise WorldError(f"{source}{where}: not YAML: {getattr(exc, 'problem', None) or exc}") from exc
    problems = [_sentence(error, node) for error in _validator().iter_errors(data)]
    if not problems:
        data = _filled(_schema(), copy.deepcopy(data))
        problems = _cross_checks(data, node)
    if problems:
        raise WorldError(f"{source}: " + "; ".join(problems))
    return World(naming.named(data))


def check(part, value):
    """Is this a good value for a part of the schema ('storage', 'permissions' ...)? Raises WorldError."""
    schema = {**_schema()["$defs"][part], "$defs": _schema()["$defs"]}
    problems = [_sentence(error, None) for error in jsonschema.Draft202012Validator(schema).iter_errors(value)]
    if problems:
        raise WorldError("; ".join(problems))


@functools.cache
def _schema():
    return yaml.safe_load((HERE / "schema.yaml").read_text(encoding="utf-8"))


@functools.cache
def _validator():
    return jsonschema.Draft202012Validator(_schema())


def _resolve(schema):
    """Follow a local reference; keys beside it win."""
    if "$ref" not in schema:
        return schema
    target = _schema()["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    return {**target, **{key: value for key, value in schema.items() if key != "$ref"}}


def _filled(schema, value):
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


def _sentence(error, node):
    """What is wrong and where, from one error of jsonschema."""
    path = list(error.absolute_path)
    if error.validator == "additionalProperties":
        known = list(error.schema["properties"])
        unknown = sorted(set(error.instance) - set(known), key=str)
        return "; ".join(f"{_place(path + [key], node)}: unknown key {str(key)!r}{_meant(key, known)}" for key in unknown)
    if error.validator == "enum":
        allowed = ", ".join(map(str, error.validator_value))
        return f"{_place(path, node)}: {error.instance!r} is not one of {allowed}"
    if error.validator == "type" and error.validator_value == "string" and isinstance(error.instance, int | float):
        return f"{_place(path, node)}: {error.instance!r} is a number to YAML; put it in quotes"
    return f"{_place(path, node)}: {error.message}"


def _meant(word, known):
    near = difflib.get_close_matches(str(word), [str(key) for key in known], n=1)
    return f" (did you mean {near[0]!r}?)" if near else f" (known: {', '.join(map(str, known))})"


def _place(path, node):
    return f"line {_line(path, node)}, {'.'.join(map(str, path)) or 'the whole file'}"


def _line(path, node):
    """The line on which the thing at this path is written, from 1."""
    line = 1 if node is None else node.start_mark.line + 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def _cross_checks(data, node):
    """What a schema cannot say: references between packages, unique names, a start that is a date."""
    problems = []
    ids = [package["id"] for package in data["packages"]]
    for index, package in enumerate(data["packages"]):
        for key in ("requires", "after"):
            for name in package[key]:
                if name not in ids:
                    place = _place(["packages", index, key], node)
                    problems.append(f"{place}: no package has the id {name!r}{_meant(name, ids)}")
        if package["kind"] in ("base", "site") and "version" not in package:
            problems.append(f"{_place(['packages', index], node)}: a {package['kind']} package needs a version")
    named = {"packages": ids, **{key: [one["name"] for one in data[key]] for key in ("appliances", "pairs")}}
    for key, names in named.items():
        for name in sorted({name for name in names if names.count(name) > 1}):
            problems.append(f"{_place([key], node)}: {name!r} is there twice")
    problems += _pair_problems(data, node)
    return problems + [f"{_place(path, node)}: {_at(data, path)!r} is {text}" for path, text in _unreadable(data)]


def _pair_problems(data, node):
    """Pairs are made of appliances that exist, each in one pair at most."""
    names, used = [box["name"] for box in data["appliances"]], []
    for index, pair in enumerate(data["pairs"]):
        place = _place(["pairs", index, "nodes"], node)
        for name in pair["nodes"]:
            if name not in names:
                yield f"{place}: no appliance is called {name!r}{_meant(name, names)}"
            elif name in used:
                yield f"{place}: {name!r} is in another pair already"
            used.append(name)


def _unreadable(data):
    """(path, what it is not) of values that only their reader can judge."""
    readers = [(["clock", "start"], _read_start, "neither a date nor 'now'")]
    for index, account in enumerate(data["accounts"]["api"]):
        for place in range(len(account["allow_list"])):
            path = ["accounts", "api", index, "allow_list", place]
            readers.append((path, functools.partial(ipaddress.ip_network, strict=False), "no network address"))
    readers.append((["clients", "jump_clients", "name_pattern"], lambda text: text.format(n=1), "no pattern with {n}"))
    for path, read, text in readers:
        try:
            read(_at(data, path))
        except (ValueError, KeyError, IndexError):
            yield path, text


def _at(data, path):
    return functools.reduce(lambda value, step: value[step], path, data)


def _read_start(text):
    return 0 if text == "now" else to_epoch(text)
