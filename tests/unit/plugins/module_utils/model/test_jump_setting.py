# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Numbers and units as pages write them, and what is no installer."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, NotUnderstood, Refused
from ansible_collections.bomgar.appliance.plugins.module_utils.model.console_file import judge
from ansible_collections.bomgar.appliance.plugins.module_utils.model.jump_setting import amount
from ansible_collections.bomgar.appliance.plugins.module_utils.policy import jump_settings as policy
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(("text", "expected"), [
    ("100 MiB/s", (100, "MiB/s")), ("100MiB/s", (100, "MiB/s")), ("12,5 MiB/s", (12.5, "MiB/s")),
    ("10 mebibytes per second", (10, "MiB/s")),
    ("5 MiB pro Sekunde", (5, "MiB/s")), ("5 MB/s", (5, "MB/s")), ("800 KB/s", (800, "KB/s")), ("8 Mbps", (8, "Mbit/s")),
    ("8 Mbit/s", (8, "Mbit/s")), ("10 kbps", (10, "Kbit/s")), ("50/s", (50, "/s")), ("50 per second", (50, "/s")),
    ("50 (pro Sekunde)", (50, "/s")), ("600 per minute", (600, "/min")), ("600 pro Stunde", (600, "/h")), ("20 %", (20, "%")),
    ("50", (50, "")), ("-1", (-1, "")), ("10 clients", (10, "")), ("Unlimited", (None, "")), ("", (None, "")),
])  # fmt: skip
def test_a_number_and_its_unit_are_told_apart(text, expected):
    assert amount(text) == expected


@given(st.text(max_size=30))
def test_any_text_has_a_number_and_a_unit_or_none(text):
    number, unit = amount(text)
    assert (number is None or isinstance(number, (int, float))) and isinstance(unit, str)


def test_a_number_without_end_is_no_crash():
    assert amount("9" * 400)[0] == float("inf")


NONE = dict.fromkeys(("max_concurrent", "bandwidth", "connection_rate", "automatic"))


@pytest.mark.parametrize(("key", "lowest", "highest"), [("max_concurrent", 1, 500), ("connection_rate", 1, 300), ("bandwidth", 0.5, 100)])
def test_the_ranges_are_those_of_the_vendor(key, lowest, highest):
    assert policy.wanted_of({**NONE, key: lowest}) == {key: lowest} and policy.wanted_of({**NONE, key: highest}) == {key: highest}
    for value in (0, highest + 1, -1):
        with pytest.raises(InvalidInput, match=key):
            policy.wanted_of({**NONE, key: value})


def test_each_setting_is_judged_by_itself_when_it_is_put_back():
    before = {"max_concurrent": 50, "bandwidth": "Unlimited", "automatic": "enabled"}
    after = {"max_concurrent": 10, "bandwidth": 5, "automatic": "cycle"}
    found = policy.restoration({"max_concurrent": 10, "bandwidth": 7, "automatic": "enabled"}, before, after)
    assert found.back == {"max_concurrent": 50} and found.theirs == {"bandwidth": 7} and found.unknown == ()
    assert "bandwidth 7 MiB/s" in found.note
    assert policy.restoration(before, before, after).back == {}
    assert policy.unknown_before({}, after) == tuple(after)


def test_another_unit_is_refused_only_for_what_is_wanted():
    shown = {"max_concurrent": "50", "bandwidth": "800 KB/s", "connection_rate": "", "automatic": "cycle"}
    policy.refuse_other_units(shown, ["max_concurrent", "connection_rate", "automatic"])
    with pytest.raises(Refused, match="800 KB/s"):
        policy.refuse_other_units(shown, ["bandwidth"])
    assert policy.values_of(shown) == {"max_concurrent": 50, "bandwidth": "800 KB/s", "connection_rate": None, "automatic": "cycle"}


OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def test_an_installer_is_known_by_its_first_bytes_whatever_it_is_called():
    assert judge(OLE + b"...", 11, "text/html") == "msi"
    assert judge(b"MZ\x90\0", 4, "application/octet-stream") == "other"


@pytest.mark.parametrize(("head", "kind"), [
    (b"", ""), (b"  <!DOCTYPE html><html>", ""), (b"\xef\xbb\xbf<html>", "application/x-msi"), (b"<?xml version='1.0'?>", ""),
    (b"<error>no</error>", ""), (b'{"message": "no"}', ""), (b'[{"a": 1}]', ""), (b"{}", ""), (b"no", "text/plain; charset=utf-8"),
    (b"no", "application/json"),
])  # fmt: skip
def test_a_page_a_text_and_nothing_are_no_installer(head, kind):
    with pytest.raises(NotUnderstood):
        judge(head, len(head), kind)


@given(st.binary(max_size=60), st.text(max_size=12))
def test_any_bytes_are_judged(head, kind):
    try:
        assert judge(head, len(head), kind) in ("msi", "other")
    except NotUnderstood as exc:
        assert str(exc)
