# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The reports of an upgrade that is finished and of one that failed."""

import pytest

from tests.support import stories
from tests.support.reports import made


@pytest.fixture(scope="module")
def finished():
    return made(stories.finished())


@pytest.fixture(scope="module")
def failed():
    return made(stories.failed())
