# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Markup that nobody sees changes nothing of what is read: pages that are known, wrapped at random as other appliances wrap theirs."""

from __future__ import annotations

import random
import re
from functools import cache
from types import SimpleNamespace

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.http.transport import Transport
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.secret_cache import MemoryCache
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import basics as appliance_basics
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import certificates as appliance_certificates
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import storage as appliance_storage
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import updates as appliance_updates
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance.package_rows import find_rows
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance.progress import read_progress
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance.updates import package_of
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import Browser
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.facts import pick, read_facts
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.markup import parse
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.page import Page
from ansible_collections.bomgar.appliance.plugins.module_utils.web.labels import Labels
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import failover as login_failover
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import jump_clients as login_jump_clients
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import status as login_status
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from simulator.testing import Running

from .appliance.test_package_rows import FRAME, LISTS
from .conftest import BASE, read

LABELS = Labels(None)
EXAMPLES = 12
INLINE = [
    "<font face=Arial size=2>{}</font>",
    "<span>{}</span>",
    "<tt>{}</tt>",
    "<font color='#003366'><span>{}</span></font>",
    "{}<!-- x -->",
    "<!-- 1 -->{}",
    "{}<script>var a = 1;</script>",
    "&nbsp;{}&nbsp;",
    "\n  {}\n",
    "{}<span></span>",
    "{}<img src=dot.gif width=1 alt=''>",
]
BLOCK = [
    "<div>{}</div>",
    "<table border=0 cellpadding=2><tr><td>{}</td></tr></table>",
    "<center>{}</center>",
    "<div><div>{}</div></div>",
    "<table width=100%><tbody><tr><td width=5>&nbsp;</td><td valign=top>{}</td><td></td></tr></tbody></table>",
    "<table><tr><td><table><tr><td><font size=2>{}</font></td></tr></table></td></tr></table>",
]
CELLS = ["td", "th", "dd", "dt", "li"]
OUTSIDE = ["<table width=100%><tr><td>{}</td></tr></table>", "<div align=center>{}</div>", "<center><div>{}</div></center>"]


def disguised(html, seed):
    """The page with random markup around its texts, its cells and its whole; with upper-case tags and without end tags."""
    luck, soup = random.Random(seed), BeautifulSoup(str(parse(html)), "html.parser")
    for text in list(soup.find_all(string=True)):
        if type(text).__name__ == "NavigableString" and text.strip() and _is_free(text) and luck.random() < 0.3:
            _put(text, luck.choice(INLINE), luck)
    for cell in soup.find_all(CELLS):
        if cell.contents and cell.find_parent("nav") is None and luck.random() < 0.3:
            inside = cell.decode_contents()
            cell.clear()
            cell.append(BeautifulSoup(luck.choice(BLOCK).replace("{}", inside), "html.parser"))
        if luck.random() < 0.3:
            cell["align"] = "left"
    for table in soup.find_all("table"):
        _spread(soup, table, luck)
    for control in soup.find_all(["button", "input", "form", "a", "h1", "h2", "h3"]):
        if control.find_parent(["nav", "select", "label"]) is None and luck.random() < 0.2:
            control.replace_with(BeautifulSoup(luck.choice(BLOCK).replace("{}", str(control)), "html.parser"))
    body = soup.find("body")
    if body is not None and luck.random() < 0.3:
        inside = body.decode_contents()
        body.clear()
        body.append(BeautifulSoup(luck.choice(OUTSIDE).replace("{}", inside), "html.parser"))
    return _sloppy(str(soup), luck)


def _spread(soup, table, luck):
    """A table as old pages lay it out: an empty cell or a colon between label and value, or each row in a table of its own."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    cells = [list(row.find_all(["td", "th"], recursive=False)) for row in rows]
    way = luck.random()
    if all(len(row) == 2 and row[0].name == "td" for row in cells) and not table.find("form") and way < 0.4:
        for row in cells:
            row[0].insert_after(BeautifulSoup(luck.choice(["<td width=5></td>", "<td>&nbsp;</td>", "<td>:</td>"]), "html.parser"))
    elif way > 0.7 and not table.find("th") and all(len(row) > 1 for row in cells):
        for row in rows:
            inside = f"<td><table width=100%><tr>{row.decode_contents()}</tr></table></td>"
            row.clear()
            row.append(BeautifulSoup(inside, "html.parser"))


def _is_free(text):
    return all(parent.name not in ("script", "style", "title", "option", "textarea", "select", "head") for parent in text.parents)


def _put(text, around, luck):
    escaped = str(text).replace("&", "&amp;").replace("<", "&lt;")
    text.replace_with(BeautifulSoup(around.replace("{}", escaped), "html.parser"))


def _sloppy(html, luck):
    if luck.random() < 0.5:
        html = re.sub(r"<(/?)([a-z]+\d?)", lambda match: f"<{match.group(1)}{match.group(2).upper()}", html)
    if luck.random() < 0.5:
        html = re.sub(r"</(?:td|th|tr|li|dd|dt)>(?=\s*(?:<(?:td|th|tr|li|dd|dt)\b|</(?:table|tr|tbody|ul|ol|dl)>))", "", html, flags=re.I)
    if luck.random() < 0.3:
        html = html.replace("><", ">\n<")
    return html


def basics(page):
    facts = read_facts(page)
    found = {key: pick(facts, LABELS, key) for key in ("model", "serial", "system_time", "guid", "hostname")}
    return {**found, "base": appliance_basics._base(facts, LABELS)}


def information(page):
    facts = read_facts(page)
    return login_status._version_text(facts, LABELS), pick(facts, LABELS, "clients_online")


def storage(page):
    return appliance_storage._used(page, LABELS)


def packages(page):
    rows = find_rows(page, LABELS)
    names = [row.name for row in rows]
    found = [package_of(row, names, LABELS) for row in rows]
    return [(one.name, one.kind, one.version, one.state, one.waits_for, _pressed(page, row)) for one, row in zip(found, rows)]


def _pressed(page, row):
    """What the button of a row sends, or which choice it needs."""
    if row.control is None or row.control.kind != "submit":
        return row.control and row.control.target
    if row.choice is None:
        return page.form_of(row.control).submission(row.control).pairs
    return row.choice[2] or row.choice[1].element["value"]


def progress(page):
    found = read_progress(page)
    return found.percent, found.running, found.failed


def failover(page):
    found = login_failover.read_page(page, LABELS)
    return found.related, found.role, found.peer_host, found.peer_status, found.syncing, found.sync_percent, found.controls, found.settings


def certificates(page):
    return [
        (one.row.name, one.row.default, one.box.element.get("value") if one.box else one.control.target)
        for one in appliance_certificates.entries_of(SimpleNamespace(labels=LABELS), page)
    ]


def jump_clients(page):
    return login_jump_clients.settings_shown(page, read_facts(page), LABELS)


READ = {
    "plain/basics.html": basics,
    "tables/basics.html": basics,
    "cards/basics.html": basics,
    "deutsch/basics.html": basics,
    "site/information.html": information,
    "tables/storage.html": storage,
    "cards/storage.html": storage,
    "tables/updates.html": packages,
    "plain/updates.html": packages,
    "cards/updates.html": packages,
    "deutsch/updates.html": packages,
    "tables/progress.html": progress,
    "cards/progress.html": progress,
    "tables/certificates.html": certificates,
    "cards/certificates.html": certificates,
    "site/jump_clients.html": jump_clients,
}
WORLD = """
schema: 1
name: pages
product: rs
appliances:
  - {{name: a, hostname: a.example.com, base: 6.0.2, version: 21.1.2, layout: {layout}, language: {language}}}
  - {{name: b, hostname: b.example.com, base: 6.0.2, version: 21.1.2, layout: {layout}, language: {language}}}
pairs: [{{name: support, nodes: [a, b], public_hostname: support.example.com}}]
packages:
  - {{id: base-6.2.0, kind: base, version: 6.2.0}}
  - {{id: rs-22, name: BeyondTrust 22.1.4, kind: site, version: 22.1.4, requires: [base-6.2.0]}}
  - {{id: licence, name: Licence add-on 200 Jump Clients, kind: licence}}
keep_installed_rows: true
accounts:
  appliance: [{{username: admin, password: appliance-password}}]
  login: [{{username: admin, password: login-password}}]
clients: {{jump_clients: {{active: 7}}}}
certificates: [{{name: site, default: true}}, {{name: old one, days_left: 3}}]
storage: {{percent_used: 61}}
jump_settings: {{max_concurrent: 20, bandwidth: 30, connection_rate: 40, automatic: cycle}}
"""
PLACES = {
    "basics": (appliance_basics.PLACE, basics),
    "storage": (appliance_storage.PLACE, storage),
    "updates": (appliance_updates.PLACE, packages),
    "certificates": (appliance_certificates.PLACE, certificates),
    "information": (login_status.PLACE, information),
    "jump_clients": (login_jump_clients.PLACE, jump_clients),
    "failover": (login_failover.PLACE, failover),
}


@cache
def simulated(layout, language):
    """{place: HTML} of a simulated appliance."""
    found = {}
    with Running(WORLD.format(layout=layout, language=language)) as running:
        transport = Transport(running.url, ca_path=running.ca_file)
        for area, password in (("appliance", "appliance-password"), ("login", "login-password")):
            browser = Browser(transport, LABELS, MemoryCache(), area=area, username="admin", password=password)
            for name, (place, _reader) in PLACES.items():
                if (name in ("information", "jump_clients", "failover")) is (area == "login"):
                    found[name] = (appliance_updates.open_checked(browser) if name == "updates" else browser.open(place)).html
    return found


@pytest.mark.parametrize("name", READ)
@settings(max_examples=EXAMPLES)
@given(seed=st.integers(0, 10**6))
def test_known_page_survives_any_markup(name, seed):
    html = read(name)
    plain, changed = Page(BASE, 200, html), Page(BASE, 200, disguised(html, seed))
    assert READ[name](changed) == READ[name](plain)


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize(("layout", "language"), [("classic", "en"), ("classic", "de"), ("modern", "en"), ("modern", "de")])
@settings(max_examples=EXAMPLES)
@given(seed=st.integers(0, 10**6))
def test_simulator_page_reads_the_same_in_any_markup(layout, language, name, seed):
    html, reader = simulated(layout, language)[name], PLACES[name][1]
    plain = reader(Page(BASE, 200, html))
    assert plain
    assert reader(Page(BASE, 200, disguised(html, seed))) == plain


@pytest.mark.parametrize("name", LISTS)
@settings(max_examples=EXAMPLES)
@given(seed=st.integers(0, 10**6))
def test_packages_read_the_same_in_any_markup(name, seed):
    html = FRAME.format(LISTS[name])
    plain = packages(Page(BASE, 200, html))
    assert plain
    assert packages(Page(BASE, 200, disguised(html, seed))) == plain
