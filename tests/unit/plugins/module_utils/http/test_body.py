# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The length is compared by us too: urllib3 before 2 takes a short body for a whole one."""

from __future__ import annotations

import io
import itertools
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
        ({"Content-Length": "5", "Content-Encoding": "gzip"}, "GET"),
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
