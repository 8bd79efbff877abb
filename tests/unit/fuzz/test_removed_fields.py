# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A field that is missing in a reply never passes a check that reads it: JSON and XML generations, and the pages of both layouts.

The replies to one preflight are recorded from the simulator. Then each field of each reply is removed in turn, and the same preflight is
made of the replies that are left. A check reads a field if it looks at a value that differs without the field, or with another content.
"""

from __future__ import annotations

import copy
import http.client
import io
import json
import shutil
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
import requests
import urllib3
from ansible_collections.bomgar.appliance.plugins.module_utils.appliance import connect
from ansible_collections.bomgar.appliance.plugins.module_utils.operations import preflight as gathering
from ansible_collections.bomgar.appliance.plugins.modules import preflight
from bs4 import BeautifulSoup
from simulator.testing import Running

from tests.support.appliances import Bench

from ..plugins.modules.test_preflight_clients import LOGIN, world

OPTIONS = {**LOGIN, "checks": ["all", "!clock"]}
HEADERS = ("Content-Type", "Set-Cookie", "Location", "X-BT-Pagination-Total", "X-BT-Pagination-Last-Page", "X-BT-Pagination-Current-Page")
ROWS = "table.info tr, dl > div, div.field, label.tick, table tr:has(> th):has(> td)"  # a label with its value


class Replies(requests.adapters.BaseAdapter):
    """Replies by request, (method, path): those of an inner adapter, which are recorded, or the recorded ones."""

    def __init__(self, recorded=None, inner=None):
        super().__init__()
        self.recorded, self._inner, self._turn = {} if recorded is None else recorded, inner, {}

    def send(self, request, **options):
        key = (request.method, request.path_url)
        if self._inner is not None:
            options["stream"] = True
            reply = self._inner.send(request, **options)
            headers = [(name, value) for name, value in reply.raw.headers.items() if name in HEADERS]
            self.recorded.setdefault(key, []).append((reply.status_code, headers, reply.raw.read(decode_content=True)))
        turn = self._turn[key] = self._turn.get(key, -1) + 1
        known = self.recorded.get(key) or [(404, [], b"")]
        return _response(request, *known[min(turn, len(known) - 1)])

    def close(self):
        return None


class Wired(io.BytesIO):
    def makefile(self, _mode):
        return self


def _response(request, status, headers, body):
    lines = [f"HTTP/1.1 {status} x", *(f"{name}: {value}" for name, value in headers), f"Content-Length: {len(body)}"]
    inside = http.client.HTTPResponse(Wired("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body), method=request.method)
    inside.begin()
    answer = urllib3.HTTPResponse(
        inside, headers=urllib3.HTTPHeaderDict(inside.msg.items()), status=status, preload_content=False, original_response=inside
    )
    return requests.adapters.HTTPAdapter().build_response(request, answer)


class Site:
    """A recorded preflight, to be made again of other replies. before: (facts, {check: result}) of the replies as they came.

    pages: with the accounts for the pages; without them nothing but the APIs is asked, which is much faster.
    """

    def __init__(self, name, folder, pages):
        self._folder, self._number = folder, 0
        with Running(name) as running:
            given = Bench(running, folder).params(preflight.OPERATION, **OPTIONS)
            authority = shutil.copy(given["ca_path"], folder / "ca.pem")
            accounts = {} if pages else dict.fromkeys(("web_username", "web_password", "login_username", "login_password"))
            self._params = {**given, "ca_path": str(authority), **accounts}
            one = connect(self._params)
            recorder = Replies(inner=one._transport._session.get_adapter("https://x"))
            one._transport._session.mount("https://", recorder)
            self._certificate, self._tls = one.certificate(), "TLSv1.3"
            one.tls_version = lambda: self._tls
            self.before, self.recorded = self._look(one), recorder.recorded
            self._now = self.before[0]["info"]["clock"]

    def look(self, key, body):
        """What the preflight finds when all replies to this request have another body."""
        self._number += 1
        one = connect({**self._params, "cache_dir": str(self._folder / f"cache{self._number}")}, sleep=lambda _seconds: None)
        changed = {**self.recorded, key: [(status, headers, body) for status, headers, _body in self.recorded[key]]}
        one._transport._session.mount("https://", Replies(changed))
        one.certificate, one.tls_version = (lambda *_name: self._certificate), (lambda: self._tls)
        with pytest.MonkeyPatch.context() as patch:  # the clock that counts where the appliance's is not known
            patch.setattr(gathering, "time", SimpleNamespace(time=lambda: self._now))
            return self._look(one)

    def _look(self, one):
        seen, decide = [], preflight.run_preflight

        def watched(facts, *given):
            seen.append(json.loads(json.dumps(facts, default=str)))
            return decide(facts, *given)

        preflight.run_preflight = watched
        try:
            found = preflight.OPERATION.function(one, self._params, check_mode=True)
        finally:
            preflight.run_preflight = decide
        return seen[0], {result["id"]: result for result in found["results"]}

    def readers(self, *others):
        """Ids of the checks that looked at a value which these facts have otherwise."""
        facts, results = self.before
        moved = {path for other in others for path in _differences(facts, other)}
        return [name for name, one in results.items() if any(_inside(path, seen) for path in moved for seen in one["facts_read"])]


def _differences(one, other, path=""):
    if isinstance(one, dict) and isinstance(other, dict):
        for name in {*one, *other} - {"controller_time", "errors"}:
            yield from _differences(one.get(name, "absent"), other.get(name, "absent"), f"{path}.{name}".lstrip("."))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (mine, its) in enumerate(zip(one, other, strict=True)):
            yield from _differences(mine, its, f"{path}.{number}")
    elif one != other:
        yield path


def _inside(path, seen):
    return path == seen or seen.startswith(path + ".")


# --- fields of a reply: (its name, the body without it, the body with other content of it or None)


def json_fields(body):
    document = json.loads(body)
    for path in _paths(document):
        yield ".".join(map(str, path)), _json_with(document, path), _json_with(document, path, other=True)


def _paths(value, path=()):
    children = value.items() if isinstance(value, dict) else list(enumerate(value))[:1] if isinstance(value, list) else ()
    for key, child in children:
        if not isinstance(key, int):
            yield (*path, key)
        yield from _paths(child, (*path, key))


def _json_with(document, path, other=False):
    made = copy.deepcopy(document)
    place = made
    for step in path[:-1]:
        place = place[step]
    value = place.pop(path[-1])
    if other:
        if isinstance(value, (dict, list)) or value is None:
            return None
        place[path[-1]] = (not value) if isinstance(value, bool) else value + 1 if isinstance(value, (int, float)) else f"{value}9"
    return json.dumps(made).encode()


def xml_fields(body):
    for number, element in enumerate(ElementTree.fromstring(body).iter()):
        tag = element.tag.rpartition("}")[2]
        for name in element.attrib:
            yield f"{tag}@{name}", _xml_with(body, number, name), _xml_with(body, number, name, other=True)
        if number and not len(element):
            yield tag, _xml_with(body, number), _xml_with(body, number, other=True)


def _xml_with(body, number, attribute="", other=False):
    root = ElementTree.fromstring(body)
    element = list(root.iter())[number]
    if attribute and other:
        element.set(attribute, element.get(attribute) + "9")
    elif attribute:
        del element.attrib[attribute]
    elif other:
        element.text = {"0": "1", "1": "0"}.get((element.text or "").strip(), (element.text or "") + "9")
    else:
        next(parent for parent in root.iter() if element in list(parent)).remove(element)
    return ElementTree.tostring(root)


def page_fields(body):
    page = BeautifulSoup(body, "html.parser")
    for number, row in enumerate(page.select(ROWS)):
        made = BeautifulSoup(body, "html.parser")
        made.select(ROWS)[number].decompose()
        yield " ".join(row.get_text(" ").split())[:60] or f"row {number}", str(made).encode(), None


def fields(key, replies, pages):
    status, headers, body = replies[-1]
    kind = dict(headers).get("Content-Type", "")
    if key[1].startswith("/oauth2") or status != 200 or not body or ("html" in kind) != pages:
        return
    yield from json_fields(body) if "json" in kind else xml_fields(body) if "xml" in kind else page_fields(body)


# (check, field): why the check may pass without the field.
SPARE = {
    ("certificate", "timestamp"): "then the clock of this machine counts",
    **{
        (check, f"0.{field}"): "a client that never connected has none; what decides is needs_update"
        for check in ("clients_followed", "jump_client_load")
        for field in ("last_connect_timestamp", "last_disconnect_timestamp")
    },
}
WORLDS = {
    "xml": world("classic"),
    "modern pages": world("modern", "de"),
    "json": "json_generation",
    "old xml": "old_xml",
}


@pytest.mark.parametrize(("name", "pages"), [("xml", False), ("json", False), ("old xml", False), ("xml", True), ("modern pages", True)])
def test_removed_field_passes_no_check(name, pages, tmp_path):
    given = WORLDS[name]
    if "\n" in given:
        (tmp_path / "world.yml").write_text(given)
    site, wrong, tried, read = Site(str(tmp_path / "world.yml") if "\n" in given else given, tmp_path, pages), [], 0, set()
    for key, replies in site.recorded.items():
        for field, without, other in fields(key, replies, pages):
            facts, results = site.look(key, without)
            changed = [facts]
            if other is not None:
                altered = site.look(key, other)[0]
                changed += [altered] if set(altered["errors"]) <= set(site.before[0]["errors"]) else []
            readers, tried = site.readers(*changed), tried + 1
            read |= {(field, one) for one in readers}
            wrong += [
                (key[1], field, one, results[one]["message"])
                for one in readers
                if results[one]["kind"] == "pass" and (one, field) not in SPARE
            ]
    print(f"\n{name}: {tried} fields, {len(read)} pairs of a field and a check that reads it")
    assert wrong == []
    assert tried > 10 and len(read) > 5
