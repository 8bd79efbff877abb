# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
import requests
from ansible_collections.bomgar.appliance.plugins.module_utils.api.backup import Backup
from ansible_collections.bomgar.appliance.plugins.module_utils.api.credentials import Legacy
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    InvalidInput,
    NotUnderstood,
    PermissionMissing,
    Unavailable,
    Unreachable,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.http.transport import Transport

URL = "https://a.example.com/api/backup"


def test_a_backup_is_passed_on_in_pieces(answers, transport, account):
    answers.get(URL, body=b"NSB" * 100_000, content_type="application/octet-stream")
    chunks = []
    headers = Backup(transport, account).download(chunks.append)
    assert b"".join(chunks) == b"NSB" * 100_000 and max(map(len, chunks)) <= 65536
    assert headers["Content-Type"] == "application/octet-stream"


def test_a_password_travels_in_the_body(answers, transport, account):
    answers.post(URL, body=b"NSB")
    Backup(transport, account).download(lambda chunk: None, password="canary")
    assert answers.calls[0].request.body == b'{"password": "canary"}'


def test_a_user_backs_up_without_a_file_password(answers, transport):
    answers.post(URL, body=b"NSB")
    backup = Backup(transport, Legacy("ada", "pw"))
    backup.download(lambda chunk: None)
    assert answers.calls[0].request.body == "username=ada&password=pw"
    with pytest.raises(InvalidInput, match="API account"):
        backup.download(lambda chunk: None, password="x")


@pytest.mark.parametrize(("method", "password"), [("GET", None), ("POST", "pw")])
def test_early_lost_connection_is_retried(answers, transport, account, method, password):
    answers.add(method, URL, body=requests.ConnectionError("lost"))
    answers.add(method, URL, body=b"NSB")
    Backup(transport, account).download(lambda chunk: None, password)


@pytest.mark.parametrize(("status", "kind"), [(403, PermissionMissing), (500, Unavailable)])
def test_a_refusal_writes_nothing_and_says_why(answers, transport, account, status, kind):
    answers.get(URL, status=status, json={"message": "because"})
    with pytest.raises(kind, match="because"):
        Backup(transport, account).download(pytest.fail)


def test_a_missing_permission_is_named(answers, transport, account):
    answers.get(URL, status=403, body="no")
    with pytest.raises(PermissionMissing, match="lacks perm_backup"):
        Backup(transport, account).download(pytest.fail)


def test_what_is_not_found_may_be_the_permission(answers, transport, account, recorded):
    answers.get(URL, status=404, body=recorded("pages_instead/document_not_found.html"))
    with pytest.raises(NotUnderstood, match="perm_backup"):
        Backup(transport, account).download(pytest.fail)


def test_a_truncated_backup_fails_without_retry(raw_server, account):
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    server, chunks = raw_server([[head + b"5\r\nhello\r\n"], [head]]), []
    transport = Transport(server.url, ca_path=server.ca_path, sleep=lambda seconds: None)
    with pytest.raises(Unreachable, match="cut short|closed before"):
        Backup(transport, account).download(chunks.append)
    assert (b"".join(chunks), len(server.requests)) == (b"hello", 1)
