# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Files that may be an installer, and files that are none."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.installer_file import verify_installer


@pytest.mark.parametrize("head", [b"MZ\x90\x00", b"#!/bin/sh\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"[Desktop Entry]\n", b"{not json"])
def test_what_may_be_an_installer_is_believed(head):
    assert verify_installer(head, len(head), "application/x-executable", what="it") is None


@pytest.mark.parametrize(
    "head", [b"", b" <!DOCTYPE html>", b"<?xml version='1.0'?>", b"<error xmlns='x'>", b'{"message": "no"}', b"[]", b"<div>wait</div>"]
)
def test_what_is_none_is_refused(head):
    with pytest.raises(NotUnderstood, match="in place of it"):
        verify_installer(head, len(head), "", what="it")
