# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Journals as files: what one holds, byte by byte."""

from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal

from tests.support.disk import content
from tests.support.entries import BASE, SITE

NOON = 1_772_452_800.0


def put(path, data):
    with open(path, "wb") as stream:
        stream.write(data)


EVENTS = [
    ("run_opened", {"guid": "ab" * 16}),
    ("step_begun", BASE),
    ("step_done", BASE),
    ("step_begun", SITE),
    ("step_done", dict(SITE, appliance_time=NOON)),
    ("note", {"text": "ünïcödé\nand a second line"}),
]


def written(path):
    book = Journal(path, clock=lambda: NOON)
    for event, data in EVENTS:
        book.append(event, **data)
    return content(path)
