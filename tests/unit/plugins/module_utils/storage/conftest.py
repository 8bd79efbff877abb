# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Umasks under which files and folders must stay private."""

import os

import pytest


@pytest.fixture(params=[0o000, 0o022, 0o777], ids=["umask 000", "umask 022", "umask 777"])
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)
