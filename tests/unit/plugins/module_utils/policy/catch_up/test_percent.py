# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from fractions import Fraction

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.catch_up.percent import exact, rounded_down, share


@pytest.mark.parametrize(("part", "of", "percent"), [(0, 0, 100), (0, 5, 0), (5, 5, 100), (9, 5, 100), (1, 3, Fraction(100, 3))])
def test_a_share_is_exact_and_at_most_100(part, of, percent):
    assert share(part, of) == percent


@pytest.mark.parametrize(("threshold", "fraction"), [(95, Fraction(95)), (99.9, Fraction(999, 10)), (95.0, Fraction(95))])
def test_a_threshold_is_taken_as_written(threshold, fraction):
    assert exact(threshold) == fraction


def test_percentages_are_rounded_down():
    assert rounded_down(Fraction(94999, 1000)) == 94.99
