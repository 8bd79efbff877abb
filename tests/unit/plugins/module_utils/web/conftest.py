# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A site made of invented pages: it serves what a test laid out and records what was sent."""

from __future__ import annotations

import pathlib
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.secret_cache import MemoryCache
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import Browser
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.page import Page
from ansible_collections.bomgar.appliance.plugins.module_utils.web.labels import Labels

from tests.support.visits import KINDS, WORLD, Visit

PAGES = pathlib.Path(__file__).parents[3] / "fixtures" / "pages"
BASE = "https://a.example.com"


@dataclass
class Answer:
    status: int = 200
    text: str = ""
    headers: dict = field(default_factory=dict)
    cookies: dict = field(default_factory=dict)
    body: bytes = b""
    url: str = ""
    request: str = ""

    @property
    def content_type(self):
        return self.headers.get("Content-Type", "text/html").split(";")[0]


@dataclass
class StreamedResponse(Answer):
    def iter_chunks(self):
        yield from (self.body[i : i + 1000] for i in range(0, len(self.body), 1000))

    def peek(self):
        return self.body[:1000], self


@dataclass
class Sent:
    """One request: path without its query, query and form as dicts (the last value wins), pairs as a list."""

    method: str
    path: str
    query: dict
    pairs: list
    headers: dict
    cookies: dict
    raw: bytes

    @property
    def form(self):
        return dict(self.pairs)


class Site:
    """Transport and appliance in one. lay(method, path, *answers): the answers are given in turn, each once.

    serve(method, path, answer) answers as often as asked. Requests that nothing was laid for fail; unused() are left.
    """

    host, base, timeout = "a.example.com", BASE, 30

    def __init__(self):
        self.sent, self._laid, self._served = [], {}, {}

    def lay(self, method, path, *answers):
        self._laid.setdefault((method, path), []).extend(answers)
        return self

    def serve(self, method, path, answer):
        self._served[(method, path)] = answer
        return self

    def request(self, method, path, *, repeatable=None, data=None, headers=None, cookies=None, stream=False, follow=False, timeout=None):
        assert path.startswith("/"), path
        assert follow
        parts = urlsplit(path)
        raw = data.encode() if isinstance(data, str) else b"".join(data) if data is not None else b""
        pairs = parse_qsl(raw.decode("latin-1"), keep_blank_values=True) if isinstance(data, str) else []
        sent = Sent(method, parts.path, dict(parse_qsl(parts.query)), pairs, headers or {}, cookies or {}, raw)
        self.sent.append(sent)
        answer = self._answer(method, path, parts.path)
        if isinstance(answer, Exception):
            raise answer
        if callable(answer):
            answer = answer(sent)
        answer.url = answer.url or BASE + path
        if stream and answer.status == 200:
            return StreamedResponse(
                answer.status, answer.text, answer.headers, answer.cookies, answer.body or answer.text.encode(), answer.url
            )
        return answer

    def _answer(self, method, path, bare):
        for key in ((method, path), (method, bare)):
            if self._laid.get(key):
                return self._laid[key].pop(0)
            if key in self._served:
                return self._served[key]
        raise AssertionError(f"unexpected request: {method} {path}")

    @property
    def unused(self):
        return [key for key, answers in self._laid.items() if answers]

    @property
    def trail(self):
        return [f"{one.method} {one.path}" for one in self.sent]


def read(name):
    text = (PAGES / name).read_text(encoding="utf-8")
    menu = PAGES / name.split("/")[0] / "menu.inc"
    return text.replace("{{menu}}", menu.read_text(encoding="utf-8").strip()) if menu.exists() else text


@pytest.fixture
def html():
    """html('cards/updates.html') -> the text of an invented page."""
    return read


@pytest.fixture
def page():
    """page('cards/updates.html') or page('<html>...') -> Page."""

    def make(name, url=BASE + "/appliance/page"):
        return Page(url, 200, name if "<" in name else read(name))

    return make


@pytest.fixture
def shown():
    """shown('cards/updates.html', cookies=...) -> an answer with that page."""

    def make(name, url="", **more):
        text = name if "<" in name else read(name)
        return Answer(text=text, url=BASE + url if url else "", headers={"Content-Type": "text/html"}, **more)

    return make


@pytest.fixture
def file_answer():
    def make(body, content_type="application/octet-stream", disposition=""):
        headers = {"Content-Type": content_type, **({"Content-Disposition": disposition} if disposition else {})}
        return Answer(body=body, headers=headers)

    return make


@pytest.fixture
def status():
    def make(code, text="<html><body>no</body></html>"):
        return Answer(status=code, text=text, headers={"Content-Type": "text/html"})

    return make


@pytest.fixture
def site():
    one = Site()
    yield one
    assert one.unused == [], "laid out but never asked for"


@pytest.fixture
def cache():
    return MemoryCache()


@pytest.fixture
def saved():
    return {}


@pytest.fixture
def browse(site, cache, saved):
    """browse(area='appliance', labels={...}) -> Browser on the site; pages it did not understand land in `saved`."""

    def save_page(name, text):
        saved[name] = text
        return f"/state/{name}.html"

    def make(area="appliance", overrides=None, **options):
        options.setdefault("save_page", save_page)
        return Browser(site, Labels(overrides), cache, area=area, username="admin", password="s3cret&pass", **options)

    return make


@pytest.fixture
def labels():
    return Labels()


@pytest.fixture
def at_updates(site, browse, shown, cache):
    """at_updates(page) -> browser that is signed in and knows the address of Updates, which shows `page`."""

    def make(*pages, **options):
        browser = browse(**options)
        browser._session.cookies = {"s": "1"}
        browser.remember("updates", "https://a.example.com/appliance/up")
        site.lay("GET", "/appliance/up", *[shown(page) for page in pages])
        return browser

    return make


@pytest.fixture(params=KINDS, ids="-".join)
def kind(request):
    """The layout and the language of a simulated appliance."""
    return request.param


@pytest.fixture
def visit(kind):
    """visit(base='6.0.2', more=', login_agreement: x') -> Visit"""
    testing = pytest.importorskip("simulator.testing", reason="the simulator is not part of an installed collection")
    running = []

    def start(*, more="", base="6.0.2", version="21.1.2", named="true", **options):
        world = WORLD.format(layout=kind[0], language=kind[1], more=more, base=base, version=version, named=named)
        running.append(testing.Running(world))
        return Visit(running[-1], **options)

    yield start
    for one in running:
        one.stop()
