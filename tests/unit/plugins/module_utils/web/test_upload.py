# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The body of a form with files is streamed."""

from __future__ import annotations

from ansible_collections.bomgar.appliance.plugins.module_utils.web.upload import MultipartBody


def test_a_body_with_files_knows_its_length(tmp_path):
    path = tmp_path / 'a"b.nss'
    path.write_bytes(b"x" * 200_000)
    body = MultipartBody([("a", "ä")], {"f": str(path)})
    pieces = list(body)
    assert sum(map(len, pieces)) == len(body)
    assert max(map(len, pieces)) <= 65536
    assert b'filename="a%22b.nss"' in b"".join(pieces)
