# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is no backup, whatever its status said."""

from __future__ import annotations

import os

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    AccessDenied,
    NotUnderstood,
    PermissionMissing,
    Refused,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.model.backup_file import verify_backup

GOOD = b"NSB\x00\x01" + os.urandom(4000)


@pytest.mark.parametrize("head", [GOOD, b"PK\x03\x04" + GOOD, b"\x1f\x8b\x08" + GOOD, b"Salted__" + GOOD])
def test_binary_files_may_be_a_backup(head):
    verify_backup(head[:4096], 500_000)


def test_a_large_text_may_be_a_backup():
    verify_backup(b"-- dump\nINSERT ...\n" * 200, 500_000)


@pytest.mark.parametrize(
    ("head", "error", "words"),
    [
        (b"Invalid credentials", AccessDenied, "Invalid credentials"),
        (b"Invalid credentials\r\n", AccessDenied, "account"),
        (b"Something odd happened", Refused, "odd"),
        (b'<?xml version="1.0"?>\n\n<error xmlns="http://www.bomgar.com/x">Invalid action</error>', Refused, "Invalid action"),
        (b'<?xml version="1.0"?><error>You do not have permission</error>', PermissionMissing, "perm_backup"),
        (b'{"error":"access_denied","message":"The resource owner denied"}', AccessDenied, "access_denied"),
        (b'\xef\xbb\xbf{"message": "no"}', NotUnderstood, "JSON"),
        (b'["x"]', NotUnderstood, "JSON"),
        (b"<!DOCTYPE html><html><body>Document Not Found</body></html>", NotUnderstood, "Document Not Found"),
        (b"<html><form><input type='password' name=p></form>", AccessDenied, "web page"),
        (b"  \n<!-- x --><HTML><BODY>hello</BODY></HTML>", NotUnderstood, "hello"),
        (b"", NotUnderstood, "empty"),
        (b"\x00\x01", NotUnderstood, "only 2 bytes"),
        (b"N\xc3", NotUnderstood, "2 bytes"),
    ],
)
def test_what_is_sent_in_its_place_is_named(head, error, words):
    with pytest.raises(error, match=words) as caught:
        verify_backup(head, len(head), host="a.example.com")
    assert str(caught.value).startswith("a.example.com: ")


@pytest.mark.parametrize("head", [b"<!DOCTYPE html>" + b"<p>long page</p>" * 500, b'{"rows": [' + b"1," * 4000])
def test_long_pages_and_json_are_no_backup(head):
    with pytest.raises(NotUnderstood):
        verify_backup(head[:4096], len(head))


def test_the_least_size_can_be_changed():
    verify_backup(GOOD[:100], 100, minimum=100)
    with pytest.raises(NotUnderstood, match="at least 101"):
        verify_backup(GOOD[:100], 100, minimum=101)
