# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Numbers outside of their range are refused by name before anything is sent, in every module."""

from __future__ import annotations

import importlib
import math
import pathlib

import pytest
import yaml
from ansible_collections.bomgar.appliance.plugins.doc_fragments import connection, peer, windows
from ansible_collections.bomgar.appliance.plugins.module_utils import module
from ansible_collections.bomgar.appliance.plugins.module_utils.model import bounds
from ansible_collections.bomgar.appliance.plugins.module_utils.options import CONNECTION_OPTIONS

FOLDER = pathlib.Path(module.__file__).parent.parent / "modules"
ABSURD = (-1, math.nan, math.inf, 10**12)
NO_RANGE = {"since", "appliance_time", "valid_duration", "max_concurrent", "bandwidth", "connection_rate", "expiry"}  # judged elsewhere


def of(name):
    return importlib.import_module(f"ansible_collections.bomgar.appliance.plugins.modules.{name}")


NAMES = sorted(one.stem for one in FOLDER.glob("*.py") if hasattr(of(one.stem), "OPERATION"))


def numbers(options, place=()):
    for name, option in options.items():
        if option.get("type") in ("int", "float"):
            yield (*place, name), option
        yield from numbers(option.get("options", {}), (*place, name))


def placed(place, value):
    for name in reversed(place):
        value = {name: value}
    return value


CASES = [(name, place, option) for name in NAMES for place, option in numbers(of(name).OPTIONS) if place[-1] not in NO_RANGE]


@pytest.mark.parametrize(("name", "place", "option"), CASES, ids=[f"{one[0]}.{'.'.join(one[1])}" for one in CASES])
def test_an_absurd_number_is_refused_by_name(name, place, option):
    lowest, highest = option["range"]
    for value in (*ABSURD, lowest - 1, highest + 1):
        result = of(name).OPERATION.perform(placed(place, value))
        assert (result["failed"], result["error"], result["outcome"]) == (True, "InvalidInput", "nothing_done")
        assert f"`{'.'.join(place)}`" in result["msg"]
    for value in (lowest, highest, option.get("default")):
        bounds.check(of(name).OPTIONS, placed(place, value))


@pytest.mark.parametrize(("name", "place", "option"), CASES, ids=[f"{one[0]}.{'.'.join(one[1])}" for one in CASES])
def test_the_documentation_names_the_range(name, place, option):
    texts = (peer.ModuleDocFragment.DOCUMENTATION, peer.ModuleDocFragment.NODES, windows.ModuleDocFragment.DOCUMENTATION)
    shared = {name: option for text in texts for name, option in yaml.safe_load(text)["options"].items()}
    own = yaml.safe_load(of(name).DOCUMENTATION)["options"]
    options = {name: {**shared.get(name, {}), **own.get(name, {})} for name in (*shared, *own)}
    for inner in place[:-1]:
        options = options[inner]["suboptions"]
    lowest, highest = option["range"]
    assert f"V({lowest}) to V({highest})" in str(options[place[-1]]["description"])


def test_the_request_timeout_has_a_range():
    lowest, highest = CONNECTION_OPTIONS["timeout"]["range"]
    options = yaml.safe_load(connection.ModuleDocFragment.DOCUMENTATION)["options"]
    assert f"V({lowest}) to V({highest})" in str(options["timeout"]["description"])
    result = of("appliance_info").OPERATION.perform({"url": "a.example.com", "timeout": 0})
    assert "`timeout` is 0" in result["msg"]


def test_ansible_gets_no_range():
    spec = module.Operation(None, of("failover_role").OPTIONS).argument_spec()
    assert "range" not in str(spec) and spec["peer"]["options"]["url"]["required"]
