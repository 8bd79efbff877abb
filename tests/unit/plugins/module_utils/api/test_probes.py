# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.api.probes import check_health, mech_list
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotFound, NotUnderstood, Unavailable

BASE = "https://a.example.com"


@pytest.mark.parametrize(("status", "good"), [(200, True), (500, False)])
def test_the_probe_for_monitors_decides_by_status(answers, transport, status, good):
    answers.get(f"{BASE}/check_health", status=status, body="<p>Some   words</p>\n")
    assert check_health(transport) == (good, "Some words")


@pytest.mark.parametrize(("status", "kind"), [(404, NotFound), (502, Unavailable), (204, NotUnderstood)])
def test_any_other_status_is_neither_good_nor_bad(answers, transport, status, kind):
    answers.get(f"{BASE}/check_health", status=status)
    with pytest.raises(kind):
        check_health(transport)


def test_a_login_page_is_not_healthy(answers, transport, recorded):
    answers.get(f"{BASE}/check_health", body=recorded("pages_instead/login.html"))
    with pytest.raises(NotUnderstood, match="login page"):
        check_health(transport)


@pytest.mark.parametrize(("word", "product"), [("bpam", "pra"), ("ingredi", "rs")])
def test_mechanism_list_shows_the_product(answers, transport, word, product):
    answers.get(f"{BASE}/get_mech_list", json={"mechs": [], "cache": "1", "company": "Example", "product": word})
    assert mech_list(transport) == {"product": product, "company": "Example"}
    assert answers.calls[0].request.params == {"version": "3"}


@pytest.mark.parametrize("body", ["<html>", "{}", "[]", ""])
def test_anything_else_is_no_list_of_mechanisms(answers, transport, body):
    answers.get(f"{BASE}/get_mech_list", body=body)
    with pytest.raises(NotUnderstood):
        mech_list(transport)
