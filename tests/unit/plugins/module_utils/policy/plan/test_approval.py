# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The plan that a person approves: its hash, its schema, and what differs from it."""

import copy
import json
from pathlib import Path

import jsonschema
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.model.window import read_windows
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.inputs import Policies
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.approval import (
    hash_of,
    plan_differences,
    plan_document,
    read_document,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.site_plan import Request, Times, plan_site

from tests.support.pairs import related

SCHEMA = json.loads((Path(__file__).parents[6] / "docs/schemas/plan.schema.json").read_text())
REQUEST = {"mode": "asynchronous", "target_version": "22.1.4", "target_base": "newest", "optional_packages": "install"}


def plan(memory=(), **times):
    from ansible_collections.bomgar.appliance.plugins.module_utils.model.package import Package

    rows = [Package("Base 6.2.0", "base", "6.2.0", "available"), Package("Bomgar 22.1.4", "site", "22.1.4", "blocked", ("Base 6.2.0",))]
    offers, policies = dict.fromkeys("ab", ("6.0.2", rows)), Policies(data_gap="accept")
    return plan_site(related(), offers, Request("asynchronous", "22.1.4"), memory=dict(memory), policies=policies, times=Times(**times))


DOCUMENT = plan_document(plan(), REQUEST)


def changed(**values):
    document = {**copy.deepcopy(DOCUMENT), **values}
    return {**document, "hash": hash_of(document)}


def test_the_document_fits_its_schema():
    jsonschema.validate(DOCUMENT, SCHEMA)
    windows = read_windows({"list": [{"start": "00:00", "end": "24:00"}]})
    jsonschema.validate(plan_document(plan(windows=windows), REQUEST), SCHEMA)


def test_hash_leaves_out_times_and_syncs():
    """The hash covers no times, no windows and no data syncs."""
    measured = {"measured": [{"action": "install", "kind": "site", "seconds": 60.0}]}
    windows = read_windows({"list": [{"start": "22:00", "end": "05:00"}]})
    sync = {**DOCUMENT["steps"][0], "action": "sync", "title": "synchronize the data"}
    assert plan_document(plan(measured, windows=windows, min_wait=5), REQUEST)["hash"] == DOCUMENT["hash"]
    assert changed(steps=[sync, *DOCUMENT["steps"]])["hash"] == DOCUMENT["hash"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"target": "23.2.1"}, "target: 23.2.1 instead of 22.1.4"),
        ({"mode": "synchronous"}, "mode: synchronous instead of asynchronous"),
        ({"request": {**REQUEST, "optional_packages": "skip"}}, "optional_packages: skip instead of install"),
        ({"packages": {"Base 6.2.0": "a" * 64}}, "the file of Base 6.2.0 has the SHA-256 aaaa"),
        ({"steps": DOCUMENT["steps"][1:]}, "not in the plan any more: break the failover relation on a"),
        ({"steps": [*DOCUMENT["steps"], {**DOCUMENT["steps"][1], "title": "install Hotfix 1"}]}, "new in the plan: install Hotfix 1 on b"),
        ({"steps": DOCUMENT["steps"][::-1]}, "the order of the steps"),
    ],
)
def test_what_differs_changes_the_hash_and_is_named(values, said):
    now = changed(**values)
    assert now["hash"] != DOCUMENT["hash"] and said in "; ".join(plan_differences(DOCUMENT, now))


def test_steps_that_are_done_stay_in_the_document():
    later = plan({"done": 3, "under_way": True})
    shorter = {**plan_document(later, REQUEST)}
    assert shorter["steps"][0]["number"] == 4
    whole = plan_document(later, REQUEST, DOCUMENT)
    assert [step["number"] for step in whole["steps"]][:4] == [1, 2, 3, 4] and whole["steps"][:3] == DOCUMENT["steps"][:3]


def test_an_edited_plan_is_refused(tmp_path):
    assert read_document(json.dumps(DOCUMENT).encode(), "p") == DOCUMENT
    edited = json.dumps({**DOCUMENT, "target": "23.2.1"}).encode()
    with pytest.raises(InvalidInput, match="The plan in p was edited: its hash is sha256:"):
        read_document(edited, "p")
    steps = [{**DOCUMENT["steps"][0], "title": "install nothing"}, *DOCUMENT["steps"][1:]]
    with pytest.raises(InvalidInput, match="the title of step 1 is 'install nothing', which it does not do"):
        read_document(json.dumps({**DOCUMENT, "steps": steps}).encode(), "p")
    for text in (b"", b"[]", b"{}", b'{"hash": 1, "steps": 3}'):
        with pytest.raises(InvalidInput, match="holds no plan"):
            read_document(text, "p")
