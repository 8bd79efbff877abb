# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Installers of Jump Clients by the Configuration API."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.api.installers import Installers
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotFound, NotUnderstood, PermissionMissing, Unavailable

URL = "https://a.example.com/api/config/v1/jump-client/installer"


@pytest.fixture
def installers(transport, account):
    return Installers(transport, account)


def test_a_new_installer_is_requested_once(answers, installers):
    answers.post(URL, status=201, json={"id": 3, "key_info": {}})
    assert installers.create({"name": "London"})["id"] == 3
    assert b"London" in answers.calls[0].request.body


@pytest.mark.parametrize("body", ['["s3cr3t-key"]', '{"encodedInfo": "s3cr3t-key"'])
def test_a_response_with_a_key_is_never_shown(answers, installers, body):
    answers.post(URL, status=201, body=body, content_type="application/json")
    with pytest.raises(NotUnderstood) as caught:
        installers.create({})
    assert "s3cr3t-key" not in str(caught.value) and "s3cr3t-key" not in str(caught.value.facts)


def test_a_refused_creation_names_the_permission(answers, installers):
    answers.post(URL, status=403, json={"message": "no"})
    with pytest.raises(PermissionMissing):
        installers.create({})


def test_a_file_is_written_in_pieces(answers, installers):
    answers.get(f"{URL}/7/windows-64-msi", body=b"MZ" * 9, content_type="application/octet-stream")
    pieces = []
    assert installers.download(7, "windows-64-msi", pieces.append) == "application/octet-stream"
    assert b"".join(pieces) == b"MZ" * 9


def test_unready_file_is_not_found(answers, installers):
    answers.get(f"{URL}/7/linux-64", status=404, json={"message": "none"})
    with pytest.raises(NotFound, match="or not yet"):
        installers.download(7, "linux-64", None)


def test_another_status_is_no_file(answers, installers):
    answers.get(f"{URL}/7/linux-64", status=202, json={"message": "building"})
    with pytest.raises(Unavailable, match="returned no file"):
        installers.download(7, "linux-64", None)
