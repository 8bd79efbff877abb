# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.api.command import command
from ansible_collections.bomgar.appliance.plugins.module_utils.api.credentials import Legacy
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Unavailable
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.secret_cache import MemoryCache

INFO = "https://a.example.com/api/command/v2/info"


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def test_json_is_taken_where_the_appliance_has_it(answers, transport, account, recorded):
    answers.get(INFO, body=recorded("command_json/info.json"))
    assert command(transport, account).generation == "json"


def test_the_detection_serves_only_the_first_info(answers, transport, account, recorded):
    for _time in range(2):
        answers.get(INFO, body=recorded("command_json/info.json"))
    chosen = command(transport, account)
    assert chosen.info().product == "pra" and len(answers.calls) == 1
    assert chosen.info().product == "pra" and len(answers.calls) == 2


def test_an_old_response_is_not_the_current_clock(answers, transport, account, recorded):
    answers.get(INFO, body=recorded("command_json/info.json"))
    answers.get(INFO.replace("info", "health"), body=recorded("command_json/health.json"))
    answers.get(INFO, body=recorded("command_json/info.json").replace(b"22:13", b"22:14"))
    chosen = command(transport, account)
    chosen.health()
    assert chosen.info().clock == 1_700_000_060.0


def test_404_means_xml(answers, transport, account, recorded):
    answers.get(INFO, status=404, body=recorded("pages_instead/document_not_found.html"), content_type="text/html")
    assert command(transport, account).generation == "xml"


def test_a_user_with_a_password_means_xml(transport):
    assert command(transport, Legacy("ada", "pw")).generation == "xml"


def test_missing_permission_does_not_try_xml(answers, transport, account):
    answers.get(INFO, status=403, json={"message": "Forbidden"})
    assert command(transport, account).generation == "json"


def test_the_generation_is_cached_for_15_minutes(answers, transport, account, recorded):
    cache, clock = MemoryCache(), Clock()
    answers.get(INFO, status=404, body="")
    answers.get(INFO, body=recorded("command_json/info.json"))
    assert [command(transport, account, cache, clock).generation for _time in range(3)] == ["xml"] * 3
    clock.now += 901
    assert command(transport, account, cache, clock).generation == "json"


def test_nothing_is_cached_during_a_restart(answers, transport, account):
    cache = MemoryCache()
    answers.get(INFO, status=503, body="starting")
    answers.get(INFO, status=200, body="<html><body>Please wait</body></html>")
    answers.get(INFO, status=404, body="")
    with pytest.raises(Unavailable):
        command(transport, account, cache)
    assert command(transport, account, cache).generation == "xml"
    assert command(transport, account, cache).generation == "xml"
