# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Sentences about what is wrong in a world file: the line, the place in the file, and the word that was probably meant."""

from __future__ import annotations

import difflib
from typing import Any

import yaml


def sentence(error: Any, node: Any) -> str:
    """What is wrong and where, from one error of jsonschema."""
    path = list(error.absolute_path)
    if error.validator == "additionalProperties":
        known = list(error.schema["properties"])
        unknown = sorted(set(error.instance) - set(known), key=str)
        return "; ".join(f"{place_in(path + [key], node)}: unknown key {str(key)!r}{did_you_mean(key, known)}" for key in unknown)
    if error.validator == "enum":
        allowed = ", ".join(map(str, error.validator_value))
        return f"{place_in(path, node)}: {error.instance!r} is not one of {allowed}"
    if error.validator == "type" and error.validator_value == "string" and isinstance(error.instance, int | float):
        return f"{place_in(path, node)}: {error.instance!r} is a number to YAML; put it in quotes"
    return f"{place_in(path, node)}: {error.message}"


def did_you_mean(word: str, known: Any) -> str:
    near = difflib.get_close_matches(str(word), [str(key) for key in known], n=1)
    return f" (did you mean {near[0]!r}?)" if near else f" (known: {', '.join(map(str, known))})"


def place_in(path: Any, node: Any) -> str:
    return f"line {_line(path, node)}, {'.'.join(map(str, path)) or 'the whole file'}"


def _line(path: Any, node: Any) -> int:
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
