# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.catch_up.declared_start import declared_start, does_apply

GIVEN = {"version": "22.1.4", "since": "2026-03-01", "by": "Ada", "why": "maintenance log"}
FIRST_OF_MARCH = 1772323200.0


def test_nothing_declared_is_none():
    assert declared_start(None) is None


@pytest.mark.parametrize("since", ["2026-03-01", "2026-03-01T00:00:00Z", " 2026-03-01T01:00:00+01:00 "])
def test_days_and_moments_are_read_as_utc(since):
    assert declared_start(dict(GIVEN, since=since)).since == FIRST_OF_MARCH


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"by": " "}, "lacks by"),
        ({"why": None}, "lacks why"),
        ({"version": "twenty"}, "is not a version"),
        ({"since": "yesterday"}, "is not a date"),
    ],
)
def test_incomplete_declarations_are_rejected(changed, message):
    with pytest.raises(InvalidInput, match=message):
        declared_start(dict(GIVEN, **changed))


def test_a_declaration_applies_to_its_version_only():
    declared = declared_start(GIVEN)
    assert does_apply(declared, version="22.1.4", now=FIRST_OF_MARCH)
    assert not does_apply(declared, version="22.2.1", now=FIRST_OF_MARCH)


@pytest.mark.parametrize(("version", "now", "message"), [("22.1.4", 0, "in the future"), ("22.1.3", FIRST_OF_MARCH, "runs 22.1.3")])
def test_impossible_declarations_are_rejected(version, now, message):
    with pytest.raises(InvalidInput, match=message):
        does_apply(declared_start(GIVEN), version=version, now=now)
