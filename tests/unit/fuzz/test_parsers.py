# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Whatever bytes come, each parser understands them or raises one of our errors: never another exception, never for ever.

Each example is a recorded answer that was damaged (bytes changed, cut, doubled; values of another type) or a text of nobody's.
"""

import copy
import json
from pathlib import Path

import pytest
import yaml
from ansible_collections.bomgar.appliance.plugins.module_utils.api.command_json import CommandJson
from ansible_collections.bomgar.appliance.plugins.module_utils.api.command_xml import CommandXml
from ansible_collections.bomgar.appliance.plugins.module_utils.api.configuration import Configuration
from ansible_collections.bomgar.appliance.plugins.module_utils.api.credentials import OAuth
from ansible_collections.bomgar.appliance.plugins.module_utils.api.probes import check_health, mech_list
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError
from ansible_collections.bomgar.appliance.plugins.module_utils.http.response import Response
from ansible_collections.bomgar.appliance.plugins.module_utils.model import backup_file, certificate
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.client import read_jump_client, read_jumpoint
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.filter import client_filter
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.tally import Tally
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal import lines as journal_lines
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal import state as history
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.report import report
from ansible_collections.bomgar.appliance.plugins.module_utils.model.read_manifest import read_manifest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.version import Version, find_version
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import basics as appliance_basics
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import certificates as appliance_certificates
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import storage as appliance_storage
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import updates as appliance_updates
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance.progress import read_progress
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import Browser
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.page import Page
from ansible_collections.bomgar.appliance.plugins.module_utils.web.labels import Labels
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import failover as login_failover
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import jump_clients as login_jump_clients
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import status as login_status
from hypothesis import given, settings
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict
from simulator import world

FIXTURES = Path(__file__).parents[1] / "fixtures"
WORLDS = Path(world.__file__).parent / "worlds"
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just([]), st.just({}))
EXAMPLES = settings(max_examples=120)


def recorded(folder, suffix):
    return [path.read_bytes() for path in sorted((FIXTURES / folder).rglob(f"*.{suffix}"))]


@st.composite
def damaged(draw, samples):
    """Bytes of one of the samples with up to five changes, or bytes of nobody's."""
    content = bytearray(draw(st.sampled_from(samples)))
    for _change in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, max(len(content) - 1, 0)))
        kind = draw(st.sampled_from(("set", "cut", "drop", "double", "insert")))
        length = draw(st.integers(1, 40))
        if kind == "set" and content:
            content[at] = draw(st.integers(0, 255))
        elif kind == "cut":
            del content[at:]
        elif kind == "drop":
            del content[at : at + length]
        elif kind == "double":
            content[at:at] = content[at : at + length]
        else:
            content[at:at] = draw(st.binary(max_size=12))
    return bytes(content)


@st.composite
def retyped(draw, value):
    """The same value of JSON with some of its parts replaced by something of another type, or gone."""
    if draw(st.integers(0, 7)) == 0:
        return draw(SCALARS)
    if isinstance(value, dict):
        return {key: draw(retyped(one)) for key, one in value.items() if draw(st.integers(0, 11))}
    if isinstance(value, list):
        return [draw(retyped(one)) for one in value]
    return value


class Wire:
    """A transport that answers everything with the same."""

    host, base = "a.example.com", "https://a.example.com"

    def __init__(self, body, status=200, content_type="text/html"):
        self.body, self.status, self.content_type = body, status, content_type

    def request(self, method, path, **_more):
        headers = CaseInsensitiveDict({"Content-Type": self.content_type, "X-BT-Pagination-Total": "1"})
        return Response(self.status, headers, self.body, url=self.base + path, host=self.host, request=f"{method} {path}")


class Tokens:
    client_id = "robot"

    def header(self):
        return {"Authorization": "Bearer t"}

    def renew(self, failed):
        return self.header()


ACCOUNT = OAuth(Tokens())


def allowed(*calls):
    """Each call gives something or raises one of ours."""
    for call in calls:
        try:
            call()
        except ApplianceError as exc:
            assert str(exc).strip()


@EXAMPLES
@given(damaged(recorded("command_xml", "xml")), st.sampled_from((200, 404, 500)))
def test_xml_of_the_command_api(body, status):
    api = CommandXml(Wire(body, status, "text/xml"), ACCOUNT)
    allowed(api.info, api.health, api.members, api.client_counts, api.logged_in)


def retyped_json(folder, wrap=lambda one: one):
    values = st.sampled_from(recorded(folder, "json")).map(json.loads)
    return values.flatmap(retyped).map(lambda one: json.dumps(wrap(one)).encode())


@EXAMPLES
@given(st.one_of(damaged(recorded("command_json", "json")), retyped_json("command_json")), st.sampled_from((200, 401, 500)))
def test_json_of_the_command_api(body, status):
    api = CommandJson(Wire(body, status, "application/json"), ACCOUNT)
    allowed(api.info, api.health, api.members, api.client_counts, api.logged_in)


@EXAMPLES
@given(st.one_of(damaged(recorded("configuration", "json")), retyped_json("configuration", lambda one: [one])))
def test_json_of_the_configuration_api(body):
    api, tally = Configuration(Wire(body, 200, "application/json"), ACCOUNT), Tally(now=1_800_000_000.0, seen_within=86400)
    allowed(
        lambda: [read_jump_client(row) for row in api.jump_clients()],
        lambda: [tally.add(row) for row in api.jump_clients()],
        lambda: [read_jumpoint(row) for row in api.rows("jumpoints")],
        lambda: list(api.rows("installers")),
    )


@EXAMPLES
@given(damaged(recorded("pages", "html") + recorded("pages_instead", "html") + [b"1", b"0"]))
def test_probes_without_an_account(body):
    allowed(lambda: check_health(Wire(body)), lambda: mech_list(Wire(body)))


class Sitting:
    """A browser that is signed in, on a site with one page."""

    area, host = "appliance", "a.example.com"

    def __init__(self, body):
        self.labels, self._html = Labels({}), body.decode("utf-8", "replace")

    def open(self, place, *, fresh=True):
        return Page("https://a.example.com/appliance/x.ns", 200, self._html)

    def press(self, *args, **options):
        return self.open(None)

    follow = send = get = press
    not_understood = Browser.not_understood
    _save_page = None
    _secrets: tuple = ()

    def known_address(self, name):
        return None

    def run_signed_in(self, act):
        return act()

    def remember(self, *args):
        """Nothing is kept."""

    forget = add_secrets = remember


PAGES = recorded("pages", "html") + recorded("pages_instead", "html")


@settings(max_examples=150)
@given(damaged(PAGES))
def test_pages(body):
    sitting = Sitting(body)
    allowed(
        *(
            lambda reader=reader: reader(sitting)
            for reader in (
                appliance_basics.read,
                appliance_storage.read,
                appliance_certificates.list_all,
                appliance_updates.read,
                appliance_updates.progress,
                login_failover.read,
                login_jump_clients.read,
                login_status.read,
            )
        )
    )
    allowed(lambda: read_progress(sitting.open(None)), lambda: sitting.open(None).forms(), lambda: sitting.open(None).forward)


MANIFEST = {
    "packages": [
        {
            "name": "Bomgar 20.2.1",
            "kind": "site",
            "version": "20.2.1",
            "requires": ["Base 6.0.2"],
            "sha256": "ab" * 32,
            "companions": {"Integration Client": "1.7.2"},
            "soak_hours": 48,
            "supports_upgrade_from": "18.1.1",
            "release_notes": "https://example.com",
        },
        "Base 6.0.2",
    ]
}


@EXAMPLES
@given(retyped(MANIFEST))
def test_manifests(data):
    allowed(lambda: read_manifest(data))


def journal_of(*events):
    lines, previous = [], ""
    for number, (event, data) in enumerate(events, 1):
        entry = {
            "schema": journal_lines.SCHEMA,
            "seq": number,
            "time": "2026-03-02T12:00:00+00:00",
            "run": 1,
            "event": event,
            "data": data,
            "previous": previous,
            "who": {},
        }
        previous = journal_lines.checksum(entry)
        lines.append(journal_lines.canonical(dict(entry, sum=previous)))
    return b"\n".join(lines) + b"\n"


STEP = {"package": "Bomgar 20.2.1", "kind": "site", "version": "20.2.1", "host": "a", "guid": "ab"}
EVENTS = (
    ("run_opened", {"guids": ["ab", "cd"], "origin": "a"}),
    ("plan_recorded", {"request": {"mode": "x"}, "lines": ["y"]}),
    ("backup_taken", {"path": "/b", "sha256": "00"}),
    ("step_begun", STEP),
    ("step_sent", STEP),
    ("step_done", dict(STEP, appliance_time=1.0, evidence={"version": "20.2.1"})),
    ("catch_up_waiting", STEP),
    ("catch_up_passed", STEP),
    ("action_begun", {"action": "swap", "node": "a"}),
    ("run_ended", {"state": "reached"}),
)
JOURNAL = journal_of(*EVENTS)


@settings(max_examples=250)
@given(damaged([JOURNAL]))
def test_journals(content):
    def read():
        entries = journal_lines.Content("journal.jsonl", content).entries
        history.state_of(entries)
        report(entries)

    allowed(read)


@settings(max_examples=250)
@given(st.just([list(one) for one in EVENTS]).flatmap(retyped))
def test_journals_with_valid_sums_and_wrong_events(events):
    def read():
        entries = journal_lines.Content("journal.jsonl", content).entries
        history.state_of(entries)
        report(entries)

    try:
        content = journal_of(*events)
    except (TypeError, ValueError):  # nothing that could stand in a file
        return
    allowed(read)


def test_earlier_damaged_line_is_never_accepted():
    for at in range(0, len(JOURNAL) - 300, 7):
        broken = bytearray(JOURNAL)
        broken[at] ^= 1
        with pytest.raises(ApplianceError):
            journal_lines.Content("journal.jsonl", bytes(broken)).check()


SHIPPED = [path.read_bytes() for path in sorted(WORLDS.glob("*.yml"))]


@EXAMPLES
@given(
    st.one_of(
        damaged(SHIPPED),
        st.sampled_from(SHIPPED).map(yaml.safe_load).map(copy.deepcopy).flatmap(retyped).map(lambda one: yaml.safe_dump(one).encode()),
    )
)
def test_worlds(content):
    try:
        world.parse(content.decode("utf-8", "replace"))
    except world.WorldError as exc:
        assert str(exc).strip()


@EXAMPLES
@given(st.text(max_size=40), st.binary(max_size=200))
def test_small_things(text, content):
    allowed(
        lambda: Version(text),
        lambda: find_version(text),
        lambda: client_filter(text)({"name": "x"}),
        lambda: backup_file.verify_backup(content, len(content)),
        lambda: certificate.inspect_p12(content, text, now=0.0),
        lambda: certificate.inspect_der(content, now=0.0),
    )
