# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The requirements are ranges whose both ends are tested: constraints-lowest.txt and constraints-newest.txt."""

from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[3]


def read(name):
    lines = [line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith("#")]
    return {one.name.lower(): one.specifier for one in map(Requirement, lines)}


def version(specifiers, operator):
    return next((one.version for one in specifiers if one.operator == operator), None)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-simulator.txt"])
def test_requirements_have_tested_lowest_versions(name):
    lowest = read("constraints-lowest.txt")
    for package, specifiers in read(name).items():
        assert {one.operator for one in specifiers} <= {">=", "<"}, f"{package}: a pin does not get along with other collections"
        assert version(specifiers, ">=") == version(lowest[package], "=="), package


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-simulator.txt"])
def test_the_newest_tested_version_is_in_the_range(name):
    newest = read("constraints-newest.txt")
    for package, specifiers in read(name).items():
        assert version(newest[package], "==") in specifiers, package
