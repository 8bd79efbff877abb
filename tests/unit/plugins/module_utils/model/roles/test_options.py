# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Values that an argument spec accepts and no upgrade can use are refused by name before it begins."""

import math

import pytest
import yaml
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.model.roles.options import convert
from ansible_collections.bomgar.appliance.plugins.module_utils.model.roles.ranges import range_of
from ansible_collections.bomgar.appliance.plugins.plugin_utils.role_specs import ROLES

OPTIONS = {name: option for points in ROLES.values() for options in points.values() for name, option in options.items()}
NUMBERS = sorted(name for name, option in OPTIONS.items() if option.get("type") in ("int", "float"))


def converted(name, value):
    return convert(name, OPTIONS[name], value, yaml.safe_load)


@pytest.mark.parametrize("name", NUMBERS)
def test_each_range_includes_its_default(name):
    lowest, highest = range_of(name)
    default = OPTIONS[name].get("default")
    assert default is None or isinstance(default, str) or lowest <= default <= highest  # text: a template, converted when it is read
    for absurd in (lowest - 1, str(highest + 1), math.inf, math.nan, "1_0", True, [1]):
        with pytest.raises(InvalidInput, match=name):
            converted(name, absurd)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("upgrade_jump_client_settings", {"max_concurent": 20}),
        ("upgrade_jump_client_settings", {"max_concurrent": "many"}),
        ("install_contact", {"nmae": "Ada"}),
        ("upgrade_interim", {"min_seconds": "soon"}),
        ("upgrade_manifest", {"packages": [{"name": "Base 6.10.0", "version": 6.1}]}),
        ("upgrade_manifest", {"package": []}),
    ],
)
def test_what_is_wrong_inside_a_dictionary_is_refused(name, value):
    with pytest.raises(InvalidInput, match=f"{name}|{next(iter(value))}"):
        converted(name, value)


def test_a_dictionary_keeps_its_keys_in_their_types():
    assert converted("upgrade_jump_client_settings", '{"max_concurrent": "20", "bandwidth": 1}') == {"max_concurrent": 20, "bandwidth": 1.0}
    assert converted("upgrade_interim", {}) == {}
