# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A simulated appliance without a network, and a person who uses its pages by what can be read on them."""

from __future__ import annotations

import copy

import pytest
import yaml
from bs4 import BeautifulSoup
from simulator import pages, world
from simulator.clock import Clock
from simulator.machine import Machine
from simulator.simulation import Simulation
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from tests.simulator.pages.markup import misnested

HTTPS = {"base_url": "https://a.support.example.com"}
WORLD = {
    "schema": 1,
    "name": "pages",
    "product": "rs",
    "clock": {"start": "2024-10-12T14:58:35", "speed": 0},
    "appliances": [{"name": "a", "base": "6.1.0", "version": "22.1.1", "serial": "SN-1"}],
    "packages": [
        {"id": "base-6.2.0", "kind": "base", "version": "6.2.0"},
        {"id": "rs-23.1.1", "kind": "site", "version": "23.1.1", "requires": ["base-6.2.0"], "eula": "Terms <of> use"},
    ],
    "accounts": {
        "appliance": [{"username": "admin", "password": "appliance secret"}],
        "login": [{"username": "chief", "password": "site secret"}],
    },
    "clients": {"jump_clients": {"active": 7}},
}


def folded(text):
    return " ".join(text.split()).rstrip(":").casefold()


class Person:
    """Reads pages and presses what is written on them, in any layout; `page` is what was shown last."""

    def __init__(self, app):
        self._client = Client(app, use_cookies=True)
        self.show(self.get("/appliance/login.ns"))

    def get(self, address):
        return self.show(self._client.get(address, follow_redirects=True, **HTTPS))

    def show(self, response):
        self.response, self.address = response, response.request.path
        html = response.mimetype == "text/html"
        assert not html or misnested(response.text) == [], response.text
        self.page = BeautifulSoup(response.text if html else "", "html.parser")
        return response

    @property
    def text(self):
        return " ".join(self.page.get_text(" ").split())

    @property
    def title(self):
        return self.page.title.string

    def links(self):
        return [" ".join(link.get_text().split()) for link in self.page.find_all("a")]

    def menu(self):
        return [" ".join(link.get_text().split()) for link in self.page.select(".menu a, nav a")]

    def follow(self, *labels):
        for label in labels:
            link = next(link for link in self.page.find_all("a") if folded(link.get_text()) == folded(label))
            self.get(link["href"])
        return self

    def control(self, label):
        """The field with this label: by `for`, around it, aria-label, or at the head of its row."""
        wanted = folded(label)
        for found in self.page.find_all("label"):
            if folded(found.get_text()) == wanted:
                return self.page.find(id=found["for"]) if found.get("for") else found.find("input")
        for found in self.page.find_all(attrs={"aria-label": True}):
            if folded(found["aria-label"]) == wanted:
                return found
        for head in self.page.find_all("th"):
            if folded(head.get_text()) == wanted and head.find_next_sibling("td"):
                return head.find_next_sibling("td").find("input")
        return None

    def type(self, label, value):
        self.control(label)["value"] = value
        return self

    def tick(self, label, on=True):
        box = self.control(label)
        box.attrs.pop("checked", None)
        if on:
            box["checked"] = ""
        return self

    def buttons(self):
        found = self.page.select("input[type=submit], button")
        return [button for button in found if not button.has_attr("disabled")]

    def has_button(self, label):
        return any(
            folded(button.get("value") or "") == folded(label) or folded(button.get_text()) == folded(label) for button in self.buttons()
        )

    def press(self, label, number=0, files=None, leave_out=()):
        """Send the form of the button with this text; `number` counts buttons of the same text."""
        wanted = folded(label)
        same = [b for b in self.buttons() if wanted == folded(b.get_text() if b.name == "button" else b["value"])]
        button = same[number]
        form = button.find_parent("form")
        data = [pair for pair in fields(form) if pair[0] not in leave_out]
        if button.get("name"):
            data.append((button["name"], button.get("value", "")))
        if files:
            picker = form.find("input", type="file")
            data.append((picker["name"], files))
        payload = {}
        for name, value in data:
            payload.setdefault(name, []).append(value)
        return self.show(self._client.post(form["action"], data=payload, follow_redirects=True, **HTTPS))

    def fact(self, label):
        for head in self.page.find_all(["th", "dt"]):
            if folded(head.get_text()) == folded(label):
                return head.find_next_sibling(["td", "dd"]).get_text(strip=True)
        return None


def fields(form):
    """(name, value) of what a browser would send, without buttons and files."""
    for field in form.find_all(["input", "select"]):
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            yield field["name"], chosen["value"]
        elif field["type"] in ("checkbox", "radio"):
            if field.has_attr("checked"):
                yield field["name"], field.get("value", "on")
        elif field["type"] not in ("submit", "file"):
            yield field["name"], field.get("value", "")


class Box:
    """One simulated appliance and its pages."""

    def __init__(self, spec):
        self.world = world.parse(yaml.safe_dump(spec))
        self.clock = Clock(self.world.start, speed=0)
        self.machine = Machine(self.world, self.world["appliances"][0], self.clock)
        self.handle = pages.application(self.world, self.machine)

    def app(self, environ, start_response):
        self.machine.settle()
        response = self.handle(Request(environ)) or Response("not a page", status=404)
        return response(environ, start_response)

    def visitor(self):
        return Person(self.app)

    def later(self, minutes):
        self.clock.advance(60 * minutes)
        self.machine.settle()


class Node(Box):
    """One box of a pair and its pages; `pair` is what is between the two."""

    def __init__(self, simulation, name):
        self.world, self.clock, self.machine = simulation.world, simulation.clock, simulation.machine(name)
        self.pair, self.handle = self.machine.pair, pages.application(self.world, self.machine)


@pytest.fixture(params=["classic", "modern"])
def layout(request):
    return request.param


@pytest.fixture
def box(layout):
    """box(appliance={...}, **world keys) -> a Box in the layout under test."""

    def make(appliance=None, **keys):
        spec = copy.deepcopy({**WORLD, **keys})
        spec["appliances"][0].update({"layout": layout, **(appliance or {})})
        return Box(spec)

    return make


@pytest.fixture
def two(layout):
    """two(pair={...}, **keys of both appliances) -> (a, b), the Nodes of a pair in the layout under test."""

    def make(pair=None, **keys):
        spec = copy.deepcopy(WORLD)
        node = {**spec["appliances"][0], "layout": layout, **keys}
        del node["serial"]
        spec["appliances"] = [{**node, "name": name, "hostname": f"{name}.example.com"} for name in "ab"]
        given = {"name": "support", "nodes": ["a", "b"], "public_hostname": "support.example.com", **(pair or {})}
        simulation = Simulation(world.parse(yaml.safe_dump({**spec, "pairs": [given]})))
        return Node(simulation, "a"), Node(simulation, "b")

    return make


@pytest.fixture
def sign_in():
    """sign_in(box) -> a Person signed in to /appliance in English; area='login' for the site."""

    def enter(box, area="appliance", password=None):
        person = box.visitor()
        person.get(f"/{area}")
        german = box.machine.language == "de"
        name, secret = ("admin", "appliance secret") if area == "appliance" else ("chief", "site secret")
        person.type("Benutzername" if german else "Username", name)
        person.type("Passwort" if german else "Password", password or secret)
        person.press("Anmelden" if german else "Login")
        return person

    return enter
