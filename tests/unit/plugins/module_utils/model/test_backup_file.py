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
from ansible_collections.bomgar.appliance.plugins.module_utils.model.backup_file import judge

GOOD = b"NSB\x00\x01" + os.urandom(4000)


@pytest.mark.parametrize("head", [GOOD, b"PK\x03\x04" + GOOD, b"\x1f\x8b\x08" + GOOD, b"Salted__" + GOOD])
def test_bytes_of_a_sane_size_may_be_a_backup(head):
    judge(head[:4096], 500_000, "application/octet-stream")


def test_a_large_text_that_is_no_page_may_be_a_backup_because_the_format_is_unknown():
    judge(b"-- dump\nINSERT ...\n" * 200, 500_000)


@pytest.mark.parametrize(("head", "error", "words"), [
    (b"Invalid credentials", AccessDenied, "Invalid credentials"),
    (b"Invalid credentials\r\n", AccessDenied, "account"),
    (b"Something odd happened", Refused, "odd"),
    (b'<?xml version="1.0"?>\n\n<error xmlns="http://www.bomgar.com/x">Invalid action</error>', Refused,
     "Invalid action"),
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
])
def test_what_is_sent_in_its_place_is_named(head, error, words):
    with pytest.raises(error, match=words) as caught:
        judge(head, len(head), "application/octet-stream", host="a.example.com")
    assert str(caught.value).startswith("a.example.com: ")


@pytest.mark.parametrize("head", [b"<!DOCTYPE html>" + b"<p>long page</p>" * 500, b'{"rows": [' + b"1," * 4000])
def test_a_long_page_or_long_json_is_no_backup_either(head):
    with pytest.raises(NotUnderstood):
        judge(head[:4096], len(head), "application/octet-stream")


@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "application/json", "text/xml"])
def test_a_content_type_that_no_backup_has_is_believed(content_type):
    with pytest.raises(NotUnderstood, match="came as"):
        judge(GOOD, 500_000, content_type)


def test_the_least_size_can_be_changed():
    judge(GOOD[:100], 100, minimum=100)
    with pytest.raises(NotUnderstood, match="at least 101"):
        judge(GOOD[:100], 100, minimum=101)
