# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.api.configuration import Configuration
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    InvalidInput,
    NotFound,
    NotUnderstood,
    PermissionMissing,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.client import read_jump_client, read_jumpoint

BASE = "https://a.example.com/api/config/v1"


@pytest.fixture
def configuration(transport, account):
    return Configuration(transport, account)


def rows(first, last):
    return [{"id": number} for number in range(first, last + 1)]


def page(answers, content, path="jump-client", **headers):
    names = {"current": "Current-Page", "last": "Last-Page", "total": "Total"}
    sent = {f"X-BT-Pagination-{names[key]}": str(value) for key, value in headers.items() if key in names}
    if "link" in headers:
        sent["Link"] = headers["link"]
    answers.get(f"{BASE}/{path}", json=content, headers=sent)


def test_a_list_is_read_page_by_page(answers, configuration):
    page(answers, rows(1, 100), current=1, last=3)
    page(answers, rows(101, 200), current=2, last=3)
    page(answers, rows(201, 205), current=3, last=3)
    assert [row["id"] for row in configuration.jump_clients(connection_type="passive")] == list(range(1, 206))
    assert [call.request.params["current_page"] for call in answers.calls] == ["1", "2", "3"]
    assert answers.calls[0].request.params == {"connection_type": "passive", "per_page": "100", "current_page": "1"}


def test_a_page_is_requested_when_needed(answers, configuration):
    page(answers, rows(1, 100), current=1, last=2)
    assert next(configuration.jump_clients())["id"] == 1


def test_a_full_last_page_needs_no_further_request(answers, configuration):
    page(answers, rows(1, 100), current=1, last=1)
    assert len(list(configuration.jump_clients())) == 100


def test_links_are_enough(answers, configuration):
    page(answers, rows(1, 100), link='<https://a/x?current_page=2>; rel="next", <https://a/x>; rel="first"')
    page(answers, rows(101, 200), link='<https://a/x>; rel="first"; title="next"')
    assert len(list(configuration.jump_clients())) == 200


@pytest.mark.parametrize("relation", ['"last next"', '"next last"', "next", '"Next"'])
def test_a_link_may_have_several_relations(answers, configuration, relation):
    page(answers, rows(1, 100), link=f"<https://a/x?rel=first>; rel={relation}, <https://a/x>; rel=first")
    page(answers, rows(101, 101), link='<https://a/x>; rel="first previous"; title="next"')
    assert len(list(configuration.jump_clients())) == 101


def test_without_headers_a_short_page_is_the_last(answers, configuration):
    page(answers, rows(1, 100))
    page(answers, rows(101, 130))
    assert len(list(configuration.jump_clients())) == 130


def test_a_moved_row_is_returned_once(answers, configuration):
    page(answers, rows(1, 100), current=1, last=2)
    page(answers, rows(100, 110), current=2, last=2)
    assert [row["id"] for row in configuration.jump_clients()] == list(range(1, 111))


def test_a_server_that_ignores_the_page_is_refused(answers, configuration):
    page(answers, rows(1, 100))
    page(answers, rows(1, 100))
    with pytest.raises(NotUnderstood, match="returned another page than page 2"):
        list(configuration.jump_clients())


def test_a_server_that_reports_another_page_is_refused(answers, configuration):
    page(answers, rows(1, 100), current=1, last=9)
    page(answers, rows(101, 200), current=1, last=9)
    with pytest.raises(NotUnderstood, match="returned another page than page 2"):
        list(configuration.jump_clients())


def test_an_empty_list_is_empty(answers, configuration):
    page(answers, [], "jumpoint", current=1, last=1, total=0)
    assert list(configuration.rows("jumpoints")) == []


def test_the_other_lists_have_their_addresses(answers, configuration):
    page(answers, [{"installer_id": "a"}, {"installer_id": "b"}], "jump-client/installer")
    page(answers, [{"name": "robot"}], "api-account")
    assert len(list(configuration.rows("installers"))) == 2
    assert list(configuration.rows("api_accounts")) == [{"name": "robot"}]


def test_a_count_costs_one_small_request(answers, configuration):
    page(answers, rows(1, 5), current=1, last=20_000, total=100_000)
    assert configuration.count("jump-client", connection_type="active") == 100_000
    assert answers.calls[0].request.params["per_page"] == "5"


def test_a_count_without_header_needs_a_short_list(answers, configuration):
    page(answers, rows(1, 4))
    page(answers, rows(1, 5))
    assert configuration.count("jump-client") == 4
    with pytest.raises(NotUnderstood, match="X-BT-Pagination-Total"):
        configuration.count("jump-client")


def test_an_unknown_filter_fails_before_any_request(configuration):
    with pytest.raises(InvalidInput, match="no filter needs_update.*connection_type"):
        configuration.jump_clients(needs_update=True)


def test_a_version_without_this_api_is_not_found(answers, configuration, recorded):
    answers.get(f"{BASE}/jump-client", status=404, body=recorded("pages_instead/document_not_found.html"))
    with pytest.raises(NotFound, match=r"Configuration API came with 21\.1.*perm_configuration"):
        list(configuration.jump_clients())


def test_a_missing_permission_is_named(answers, configuration):
    answers.get(f"{BASE}/jump-client", status=403, json={"message": "Forbidden"})
    with pytest.raises(PermissionMissing, match="lacks perm_configuration") as caught:
        list(configuration.jump_clients())
    assert caught.value.facts == {"permission": "perm_configuration"}


@pytest.mark.parametrize("content", [{"data": []}, [1], "rows"])
def test_list_must_hold_objects(answers, configuration, content):
    page(answers, content)
    with pytest.raises(NotUnderstood, match="list of objects"):
        list(configuration.jump_clients())


def test_an_empty_body_is_said_to_be_empty(answers, configuration):
    answers.get(f"{BASE}/jump-client", body="")
    with pytest.raises(NotUnderstood, match="empty response"):
        list(configuration.jump_clients())


def test_rows_are_read_into_clients_and_jumpoints(answers, configuration, recorded):
    page(answers, json.loads(recorded("configuration/jump_client.json")))
    page(answers, json.loads(recorded("configuration/jumpoint.json")), "jumpoint")
    (client,) = map(read_jump_client, configuration.jump_clients())
    (jumpoint,) = map(read_jumpoint, configuration.rows("jumpoints"))
    assert (client.id, client.needs_update, client.online, jumpoint.connected) == (7, True, True, False)


def read(listing):
    list(listing)
    return listing.read, listing.listed, listing.unread, listing.complete, listing.pages


def test_unchanged_list_leaves_nothing_unread(answers, configuration):
    page(answers, rows(1, 100), current=1, last=2, total=150)
    page(answers, rows(101, 150), current=2, last=2, total=150)
    assert read(configuration.jump_clients()) == (150, 150, 0, True, 2)


def test_rows_missed_in_a_shrinking_list_are_unread(answers, configuration):
    """One of the first page vanished: the first of the second moved up and was never given."""
    page(answers, rows(1, 100), current=1, last=2, total=150)
    page(answers, rows(102, 150), current=2, last=2, total=149)
    assert read(configuration.jump_clients()) == (149, 149, 1, True, 2)


def test_announced_missing_rows_are_unread(answers, configuration):
    page(answers, rows(1, 90), current=1, last=1, total=100)
    assert read(configuration.jump_clients()) == (90, 100, 10, True, 1)


def test_a_moved_row_leaves_nothing_unread(answers, configuration):
    page(answers, rows(1, 100), current=1, last=2, total=150)
    page(answers, rows(100, 150), current=2, last=2, total=150)
    assert read(configuration.jump_clients()) == (150, 150, 0, True, 2)


def test_the_rest_of_a_list_is_unread(answers, configuration):
    page(answers, rows(1, 100), current=1, last=20, total=2000)
    listing = configuration.jump_clients()
    assert len(next(listing.by_page())) == 100
    assert (listing.read, listing.unread, listing.complete) == (100, 1900, False)


def test_a_list_without_total_has_its_read_length(answers, configuration):
    page(answers, rows(1, 30))
    assert read(configuration.jump_clients()) == (30, 30, 0, True, 1)


def test_ids_of_any_type_are_borne(answers, configuration):
    page(answers, [{"id": [1]}, {"id": None}, {}], current=1, last=2)
    page(answers, [{"id": [1]}, {"id": 1.5}], current=2, last=2)
    assert len(list(configuration.jump_clients())) == 5
