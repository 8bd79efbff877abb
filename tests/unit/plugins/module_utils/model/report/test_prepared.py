# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The preparation in the report of an upgrade, which does not begin with it."""

import json

import jsonschema
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.html.page import page

from tests.support import stories
from tests.support.ansible import ROOT
from tests.support.reports import made

FOUND = {
    "ready": ["the backup of a: /srv/a.nsb"],
    "left": ["step 2: install Base"],
    "person": ["Approve <it>"],
    "failed": [],
    "until": "2026-03-02T08:00:00+00:00",
    "plan": "sha256:12",
    "seconds": 3600,
}


def prepared(story):
    return story.add("run_opened", purpose="prepare").add("prepared", preparation=FOUND).add("run_ended", 60, state="prepared")


def test_a_report_without_a_preparation_has_no_section():
    report = made(stories.finished())
    assert "preparation" not in report and b'id="preparation"' not in page(report, language="en", local=lambda moment: moment)


def test_upgrade_begins_after_last_preparation():
    story = stories.Story()
    prepared(story)
    at, first = story.entries[1]["time"], story.entries[0]["time"]
    assert made(story)["upgrade"]["begun"] == first and made(story)["state"] == "prepared"
    story.add("run_opened", 86400).add("step_begun", package="Base 6.2.0", kind="base", host="a")
    report = made(story)
    assert report["upgrade"]["begun"] == story.entries[3]["time"]
    assert report["preparation"] == {**FOUND, "at": at}
    jsonschema.validate(report, json.loads((ROOT / "docs/schemas/report.schema.json").read_text()))


def test_the_page_shows_it_in_both_languages():
    story = stories.Story()
    report = made(prepared(story))
    shown = {one: page(report, language=one, local=lambda moment: moment).decode() for one in ("en", "de")}
    assert "Left to a person" in shown["en"] and "Bleibt einer Person" in shown["de"] and "Approve &lt;it&gt;" in shown["en"]
    assert "Not ready" not in shown["en"]


def test_preparation_begins_the_next_report():
    story = stories.finished()
    prepared(story)
    report = made(story)
    assert report["state"] == "prepared" and len(report["runs"]) == 1 and report["preparation"]["plan"] == "sha256:12"
