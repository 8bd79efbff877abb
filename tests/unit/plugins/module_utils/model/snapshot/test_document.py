# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.model.snapshot.document import _sum, read_snapshot, write_snapshot

from tests.support.snapshots import snapshot

GOOD = write_snapshot(snapshot())


def sealed(**changed):
    """The bytes of a snapshot with other content and the right sum."""
    content = {name: value for name, value in json.loads(GOOD).items() if name != "sum"} | changed
    return json.dumps({**content, "sum": _sum(content)}).encode()


def test_a_snapshot_is_read_as_it_was_written():
    assert read_snapshot(GOOD, "/x").areas == snapshot().areas
    assert (json.loads(GOOD)["format"], json.loads(GOOD)["appliance"]["guid"]) == (1, "aa" * 16)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no whole snapshot"),
        (GOOD[:-200], "no whole snapshot"),
        (b"[]", "no snapshot of this collection"),
        (b'{"kind": "bomgar.appliance comparison"}', "no snapshot of this collection"),
        (sealed(format=2), "format 2; this version of the collection reads format 1"),
        (sealed(format=True), "format True"),
        (GOOD.replace(b"Kiosks", b"Tablet"), "was edited after it was written"),
        (GOOD.replace(b'"sum"', b'"sums"'), "was edited after it was written"),
        (sealed(areas={"teams": {"state": "read"}}), "cannot be understood"),
        (sealed(areas={"teams": None}), "cannot be understood"),
        (sealed(areas=[]), "cannot be understood"),
        (sealed(appliance={"node": "a"}), "cannot be understood"),
        (sealed(clock="noon"), "cannot be understood"),
        (sealed(moment="yesterday"), "cannot be understood"),
        (sealed(when="during"), "cannot be understood"),
    ],
)
def test_another_file_is_refused_with_its_sentence(content, sentence):
    with pytest.raises(NotUnderstood, match="^/x ") as caught:
        read_snapshot(content, "/x")
    assert sentence in caught.value.message and caught.value.remedy


def test_missing_area_of_file_is_unknown():
    found = read_snapshot(sealed(areas={"of_a_later_version": 1}), "/x")
    assert not found.area("teams").is_read
