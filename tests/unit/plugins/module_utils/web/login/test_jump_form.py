# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Jump > Jump Clients in shapes that nobody promised: fields of every kind, units anywhere, several forms, locked fields."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Refused
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import PageNotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import jump_clients as page_of

MENU = '<nav><a href="/login/status">Status</a><a href="/login/jump">Jump</a><a href="/login/logout">Logout</a></nav>'
SAVE = '<button name="do" value="save">Save</button>'
COUNT, BANDWIDTH = "Maximum number of concurrent Jump Client upgrades", "Maximum bandwidth of concurrent Jump Client upgrades"
RATE, AUTOMATIC = "Global connection rate for Jump Clients", "Automatic Jump Client upgrades"


def form(*fields, save=SAVE):
    return f'<form method="post" action="/login/jc"><input type="hidden" name="t" value="tok">{"".join(fields)}{save}</form>'


def text(label, name, value, kind="text", more="", after=""):
    return f'<p><label for="{name}">{label}</label> <input id="{name}" type="{kind}" name="{name}" value="{value}" {more}>{after}</p>'


@pytest.fixture
def at(site, browse, shown):
    """at(html of the page, ...) -> a browser that knows the page; each is given in turn."""

    def make(*bodies, **options):
        browser = browse(area="login", **options)
        browser._session.cookies = {"s": "1"}
        browser.remember("jump_clients", "https://a.example.com/login/jc")
        site.lay("GET", "/login/jc", *[shown(f"<html><body>{MENU}{body}</body></html>") for body in bodies])
        site.serve("POST", "/login/jc", shown(f"<html><body>{MENU}<p class='notice'>Saved.</p></body></html>"))
        return browser

    return make


def sent(site):
    return [one.form for one in site.sent if one.method == "POST"]


@pytest.mark.parametrize(
    ("field", "text_of_it", "value", "expected"),
    [
        (text(BANDWIDTH, "b", "100 MiB/s"), "100 MiB/s", 5, "5 MiB/s"),
        (text(BANDWIDTH, "b", "100"), "100", 5, "5"),
        (text(f"{BANDWIDTH} (MiB/s)", "b", "12,5"), "12,5 MiB/s", 2.5, "2,5"),
        (text(BANDWIDTH, "b", "100", "range", 'min="1" max="100"', "<output>100</output> <i>MiB/s</i>"), "100 MiB/s", 7, "7"),
        (text(BANDWIDTH, "b", "100", "number", "", ' <select name="u"><option>KB/s<option selected>MiB/s</select>'), "100 MiB/s", 7, "7"),
        (f'<label>{BANDWIDTH} <input name="b" value="100"> MiB/s</label>', "100 MiB/s", 7, "7"),
        (text(BANDWIDTH, "b", "-1"), "-1", 7, "7"),
        (text(BANDWIDTH, "b", ""), "", 7, "7"),
        (
            f'<p>{BANDWIDTH}: <select name="b"><option value="0" selected>Unlimited<option value="x5">5 MiB/s<option value="x10">10 MiB/s'
            "</select></p>",
            "Unlimited",
            10,
            "x10",
        ),
        (
            f'<p>{BANDWIDTH}: <select name="b"><option value="0">Unlimited<option value="x5" selected>5 MiB/s</select></p>',
            "5 MiB/s",
            "unlimited",
            "0",
        ),
    ],
)
def test_limit_has_its_unit(site, at, field, text_of_it, value, expected):
    body = form(text(COUNT, "c", "50"), field)
    browser = at(body, body)
    assert page_of.read(browser).shown["bandwidth"] == text_of_it
    assert page_of.save(browser, {"bandwidth": value}) == ("Saved.",)
    (posted,) = sent(site)
    assert (posted["b"], posted["c"], posted["t"], posted["do"]) == (expected, "50", "tok", "save")


@pytest.mark.parametrize("unit", ["KB/s", "Mbit/s", "GiB/s"])
@pytest.mark.parametrize("where", ["in the value", "behind", "in the label", "beside, to choose"])
def test_a_unit_is_seen_wherever_it_stands(site, at, unit, where):
    field = {
        "in the value": text(BANDWIDTH, "b", f"100 {unit}"),
        "behind": text(BANDWIDTH, "b", "100", after=f" {unit}"),
        "in the label": text(f"{BANDWIDTH} ({unit})", "b", "100"),
        "beside, to choose": text(BANDWIDTH, "b", "100", after=f" <select name=u><option>MiB/s<option selected>{unit}</select>"),
    }[where]
    assert page_of.read(at(form(field))).shown["bandwidth"] == f"100 {unit}"


def test_minute_rate_is_no_second_rate(site, at):
    assert page_of.read(at(form(text(f"{RATE} (per minute)", "r", "600")))).shown["connection_rate"] == "600 /min"


RADIOS = (
    '<label><input type="radio" name="a" value="0"> Permanently disabled</label>'
    '<label><input type="radio" name="a" value="1" checked> Enabled for the current upgrade cycle</label>'
    '<label><input type="radio" name="a" value="2"> Permanently enabled</label>'
)
UNINSTALL = (
    '<fieldset><legend>Restrict local uninstall</legend><label><input type="radio" name="u" value="1" checked> Enabled</label>'
    '<label><input type="radio" name="u" value="0"> Disabled</label></fieldset>'
)


@pytest.mark.parametrize(
    "field",
    [
        f"<fieldset><legend>{AUTOMATIC}</legend>{RADIOS}</fieldset>",
        RADIOS,
        f'<p>{AUTOMATIC}: <select name="a"><option value="0">Permanently disabled<option value="1" selected>Enabled for the current upgrade'
        ' cycle<option value="2">Permanently enabled</select></p>',
        f"<fieldset><legend>{AUTOMATIC}</legend>{RADIOS.replace('Permanently d', 'D').replace('Permanently e', 'E')}</fieldset>",
    ],
)
def test_automatic_upgrades_are_radios_or_a_drop_down(site, at, field):
    body = form(UNINSTALL, field)
    browser = at(body, body)
    assert page_of.read(browser).automatic == "cycle"
    page_of.save(browser, {"automatic": "disabled"})
    assert (sent(site)[0]["a"], sent(site)[0]["u"]) == ("0", "1")


def test_plain_on_and_off_needs_its_own_heading(site, at):
    plain = (
        '<label><input type="radio" name="a" value="1"> Enabled</label>'
        '<label><input type="radio" name="a" value="0" checked> Disabled</label>'
    )
    body = form(UNINSTALL, f"<table><tr><th>{AUTOMATIC}</th><td>{plain}</td></tr></table>")
    browser = at(body, body)
    assert page_of.read(browser).automatic == "disabled"
    page_of.save(browser, {"automatic": "enabled"})
    assert (sent(site)[0]["a"], sent(site)[0]["u"]) == ("1", "1")


def test_other_switches_are_not_automatic_upgrades(site, at):
    body = form(text(COUNT, "c", "50"), UNINSTALL)
    browser = at(body, body)
    assert page_of.read(browser).automatic is None
    with pytest.raises(PageNotUnderstood, match="jump_automatic"):
        page_of.save(browser, {"automatic": "disabled"})
    assert sent(site) == []


def test_two_forms_are_each_saved_once(site, at):
    body = form(text(COUNT, "c", "50")) + form(text(RATE, "r", "50"))
    page_of.save(at(body, body), {"max_concurrent": 10, "connection_rate": 20})
    assert [{name: one[name] for name in ("c", "r") if name in one} for one in sent(site)] == [{"c": "10"}, {"r": "20"}]


def test_what_the_page_shows_already_is_not_sent(site, at):
    page_of.save(at(form(text(COUNT, "c", "50"))), {"max_concurrent": 50})
    assert sent(site) == []


def test_a_save_that_a_script_enables_is_pressed(site, at):
    body = form(text(COUNT, "c", "50"), save='<input type="submit" name="do" value="Änderungen speichern" disabled>')
    page_of.save(at(body), {"max_concurrent": 10})
    assert sent(site)[0]["c"] == "10"


@pytest.mark.parametrize(
    ("fields", "values", "error", "words"),
    [
        ((text(COUNT, "c", "50", more="readonly"),), {"max_concurrent": 10}, Refused, "as read-only"),
        ((text(COUNT, "c", "50", more="disabled"),), {"max_concurrent": 10}, Refused, "as read-only"),
        ((text(COUNT, "c", "50", "number", 'max="30"'),), {"max_concurrent": 40}, InvalidInput, "from 40 to 30 only|to 30 only"),
        (
            (f"<p>{BANDWIDTH}: <select name=b><option>5 MiB/s<option>10 MiB/s</select></p>",),
            {"bandwidth": 7},
            InvalidInput,
            "does not offer 7",
        ),
        ((text(COUNT, "c", "50"), text(COUNT + " now", "d", "5")), {"bandwidth": 7}, PageNotUnderstood, "jump_bandwidth"),
    ],
)
def test_impossible_values_fail_before_anything_is_sent(site, at, fields, values, error, words):
    browser = at(form(*fields))
    page_of.read(browser)
    with pytest.raises(error, match=words):
        page_of.check(browser, values)
    assert sent(site) == []


def test_form_without_save_is_not_sent(site, at):
    browser = at(form(text(COUNT, "c", "50"), save="<button>Delete all</button>"))
    page_of.read(browser)
    with pytest.raises(PageNotUnderstood, match="save"):
        page_of.check(browser, {"max_concurrent": 10})


def test_other_wording_works_when_given(site, at):
    body = form(text("Gleichzeitig", "c", "50"))
    browser = at(body, body, overrides={"jump_max_concurrent": "Gleichzeitig"})
    page_of.read(browser)
    page_of.save(browser, {"max_concurrent": 3})
    assert sent(site)[0]["c"] == "3"
