# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import json

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.strict_json import DEEPEST, read_json


def test_json_is_read():
    assert read_json(b'\xef\xbb\xbf{"a": [1, 2.5, null]}') == {"a": [1, 2.5, None]}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "NaN",
        "[Infinity]",
        "1e999",
        "9" * 41,
        '"\\ud800"',
        "[" * (DEEPEST + 2) + "]" * (DEEPEST + 2),
        "[" * 100_000,
        b"\xff",
        "{'a': 1}",
    ],
)
def test_unusual_json_is_refused(content):
    with pytest.raises(ValueError):
        read_json(content)


def test_the_deepest_value_is_read():
    value = 1
    for _level in range(DEEPEST - 1):
        value = [value]
    assert read_json(json.dumps(value)) == value
