# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The length is compared by us too: urllib3 before 2 takes a short body for a whole one."""

from __future__ import annotations

import gzip
import io
import itertools
import zlib
from types import SimpleNamespace

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood, Unreachable
from ansible_collections.bomgar.appliance.plugins.module_utils.http.body import read_chunks

MESSAGE = {"request": "GET /x", "host": "a.example.com", "remedy": "Wait."}


class OldRaw:
    """urllib3 before 2: read(n) only, and no look at the announced length."""

    def __init__(self, body):
        self.read = io.BytesIO(body).read


def read(body, headers, method="GET", raw=OldRaw, max_bytes=1000):
    response = SimpleNamespace(raw=raw(body), headers=headers, request=SimpleNamespace(method=method))
    return list(read_chunks(response, max_bytes=max_bytes, **MESSAGE))


@pytest.mark.parametrize("raw", [OldRaw, io.BytesIO])
def test_a_body_shorter_than_announced_is_no_answer(raw):
    with pytest.raises(Unreachable, match=r"example\.com: GET /x: the answer was cut short: 2 of 5 bytes came. Wait\."):
        read(b"ab", {"Content-Length": "5"}, raw=raw)


@pytest.mark.parametrize(
    ("headers", "method"),
    [
        ({}, "GET"),
        ({"Content-Length": "2"}, "GET"),
        ({"Content-Length": "5"}, "HEAD"),
        ({"Content-Length": "many"}, "GET"),
        ({"Content-Length": "²"}, "GET"),
        ({"Content-Length": "9" * 5000}, "GET"),
    ],
)
def test_a_length_of_other_bytes_is_ignored(headers, method):
    assert read(b"ab", headers, method) == [b"ab"]


def test_an_answer_larger_than_any_is_not_collected():
    class Endless:
        def __init__(self, _body):
            self._parts = itertools.repeat(b"x" * 10)

        def read(self, _size):
            return next(self._parts)

    with pytest.raises(NotUnderstood, match="larger than 25 bytes"):
        read(b"", {}, raw=Endless, max_bytes=25)


@pytest.mark.parametrize(
    ("encoding", "compress"), [("gzip", gzip.compress), (" X-GZIP", gzip.compress), ("deflate", zlib.compress), ("identity", bytes)]
)
@pytest.mark.parametrize("raw", [OldRaw, io.BytesIO])
def test_an_unrequested_encoding_is_removed(encoding, compress, raw):
    sent = compress(b"<html>" * 50_000)
    headers = {"Content-Encoding": encoding, "Content-Length": str(len(sent))}
    assert b"".join(read(sent, headers, raw=raw, max_bytes=300_000)) == b"<html>" * 50_000


def test_an_empty_body_has_no_encoding():
    assert b"".join(read(b"", {"Content-Encoding": "gzip"})) == b""


def test_a_small_body_does_not_fill_the_memory():
    bomb = gzip.compress(b"\0" * 20_000_000)
    with pytest.raises(NotUnderstood, match="larger than 100000 bytes"):
        read(bomb, {"Content-Encoding": "gzip"}, max_bytes=100_000)


def test_compressed_data_without_an_end_is_cut_short():
    with pytest.raises(Unreachable, match="cut short: the gzip data has no end"):
        read(gzip.compress(b"<html>" * 50)[:-9], {"Content-Encoding": "gzip"})


@pytest.mark.parametrize(("encoding", "words"), [("br", "encoded as 'br'"), ("gzip", "not what gzip makes")])
def test_an_encoding_that_cannot_be_removed_is_named(encoding, words):
    with pytest.raises(NotUnderstood, match=words):
        read(b"ab", {"Content-Encoding": encoding})
