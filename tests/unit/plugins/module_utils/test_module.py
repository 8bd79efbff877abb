# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from ansible_collections.bomgar.appliance.plugins.module_utils import module
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Refused, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.module import Operation


def operation(function, **options):
    return Operation(function, options, appliance=False)


def test_a_result_gets_its_outcome():
    done = operation(lambda params, check_mode, say: {"changed": not check_mode})
    assert done.perform({}) == {"changed": True, "outcome": "done"}
    assert done.perform({}, check_mode=True) == {"changed": False, "outcome": "unchanged"}


def test_an_error_becomes_a_failed_result():
    def refuse(params, check_mode, say):
        raise Unsafe("Not now.", facts={"people": 2})

    result = operation(refuse).perform({})
    assert result == {"failed": True, "msg": "Not now.", "error": "Unsafe", "outcome": "nothing_done", "people": 2}


def test_the_outcome_of_an_error_is_kept():
    def refuse(params, check_mode, say):
        raise Refused("No.", facts={"outcome": "failed"})

    assert operation(refuse).perform({})["outcome"] == "failed"


def test_a_fault_hides_its_text_in_the_message():
    def fail(params, check_mode, say):
        raise KeyError("canary")

    result = operation(fail).perform({})
    assert result["failed"] and result["error"] == "KeyError" and "Nothing was sent" in result["msg"]
    assert "canary" not in result["msg"] and "canary" in result["exception"]


def test_a_number_outside_of_its_range_fails():
    limited = operation(lambda params, check_mode, say: {}, size={"type": "int", "range": (1, 9)})
    assert "1 to 9" in limited.perform({"size": 10})["msg"]


def test_missing_libraries_are_named(monkeypatch):
    monkeypatch.setitem(module.LIBRARIES, "no_such_library", "no-such-package")
    result = Operation(lambda *_args, **_more: {}, {}, appliance=False, libraries=["no_such_library"]).perform({})
    assert result["failed"] and "pip install no-such-package" in result["msg"]


def test_progress_holds_no_secret():
    lines = []
    spoken = operation(lambda params, check_mode, say: say("it is s3cr3t-value") or {}, key={"type": "str", "no_log": True})
    spoken.perform({"key": "s3cr3t-value"}, say=lines.append)
    assert lines == ["it is ********"]


def test_wrong_shapes_of_secret_options_are_named():
    nodes = operation(lambda **_more: {}, nodes={"type": "list", "options": {"password": {"no_log": True}}})
    assert nodes.wrong_shapes({"nodes": ["canary"]}) == ["The option 'nodes' must be a list of dictionaries."]
    assert nodes.wrong_shapes({"nodes": [{}]}) == []
