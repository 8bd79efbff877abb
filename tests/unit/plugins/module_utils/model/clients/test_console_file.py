# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The format of a console installer."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.console_file import read_format
from hypothesis import given
from hypothesis import strategies as st

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def test_the_first_bytes_decide_the_format():
    assert read_format(OLE + b"...", 11, "text/html") == "msi"
    assert read_format(b"MZ\x90\0", 4, "application/octet-stream") == "other"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", ""),
        (b"  <!DOCTYPE html><html>", ""),
        (b"\xef\xbb\xbf<html>", "application/x-msi"),
        (b"<?xml version='1.0'?>", ""),
        (b"<error>no</error>", ""),
        (b'{"message": "no"}', ""),
        (b'[{"a": 1}]', ""),
        (b"{}", ""),
        (b"no", "text/plain; charset=utf-8"),
        (b"no", "application/json"),
    ],
)
def test_pages_and_texts_are_no_installer(head, kind):
    with pytest.raises(NotUnderstood):
        read_format(head, len(head), kind)


@given(st.binary(max_size=60), st.text(max_size=12))
def test_any_bytes_are_read_or_refused(head, kind):
    try:
        assert read_format(head, len(head), kind) in ("msi", "other")
    except NotUnderstood as exc:
        assert str(exc)
