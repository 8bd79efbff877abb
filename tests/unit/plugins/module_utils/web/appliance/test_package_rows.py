# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One list in many markups: the same packages have to come out, and each button has to belong to its package."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance.package_rows import find_rows
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance.updates import package_of

FRAME = """<html><body><nav><a href=/1>Status</a><a href=/2>Updates</a><a href=/3>Log Out</a></nav><h1>Updates</h1>
<form method=post action=/check><button>Check for Updates</button></form>
{}
<h2>Automatic updates</h2><form method=post action=/auto>
<label><input type=checkbox name=on> Install updates by itself</label>
<select name=day><option>Sunday</option><option>Monday</option></select><button>Save</button></form>
<form method=post action=/power><button>Restart</button></form>
<h2>Manual Installation</h2><form method=post enctype=multipart/form-data action=/up><input type=file name=f>
<button>Update Software</button></form><a href=/key>Appliance Download Key</a></body></html>"""

ALL = [
    ("Base 6.2.0", "available", ()),
    ("Bomgar 21.1.2", "blocked", ("Base 6.2.0",)),
    ("Licence Add-On", "available", ()),
    ("Base 6.1.0", "installed", ()),
]


def form(number):
    return f"<form method=post action=/i><input type=hidden name=id value={number}><button>Install This Update</button></form>"


def press(number):
    return f"<button name=do value={number}>Install This Update</button>"


LISTS = {
    "table with row heads": f"""<table><thead><tr><th>Package</th><th>Status</th><th>Action</th></tr></thead><tbody>
        <tr><th scope=row>Base 6.2.0</th><td>Available</td><td>{form(1)}</td></tr>
        <tr><th scope=row>Bomgar 21.1.2</th><td>Requires Base 6.2.0</td><td></td></tr>
        <tr><th scope=row>Licence Add-On</th><td>Available</td><td>{form(3)}</td></tr>
        <tr><th scope=row>Base 6.1.0</th><td>Installed</td><td></td></tr></tbody></table>""",
    "list with name and version apart": f"""<ul><li><strong>Base</strong> <span>6.2.0</span> {form(1)}</li>
        <li><strong>Bomgar</strong> <span>21.1.2</span> <em>needs Base 6.2.0</em></li>
        <li><strong>Licence Add-On</strong> {form(3)}</li>
        <li><strong>Base</strong> <span>6.1.0</span> <em>Installed</em></li></ul>""",
    "one form around all": f"""<form method=post><table><tr><td>Base 6.2.0</td><td>{press(1)}</td></tr>
        <tr><td>Bomgar 21.1.2<br><small>Requires Base 6.2.0</small></td><td></td></tr>
        <tr><td>Licence Add-On</td><td>{press(3)}</td></tr>
        <tr><td>Base 6.1.0<br><small>Installed</small></td><td></td></tr></table></form>""",
    "boxes to tick": """<form method=post><div class=opt><input type=checkbox name=p[] value=1 id=a>
        <label for=a>Base 6.2.0</label></div>
        <div class=opt><input type=checkbox name=p[] value=2 id=b disabled><label for=b>Bomgar 21.1.2</label>
        <span>requires Base 6.2.0</span></div>
        <div class=opt><input type=checkbox name=p[] value=3 id=c><label for=c>Licence Add-On</label></div>
        <div class=opt><label>Base 6.1.0</label> <span>Installed</span></div>
        <input type=submit value="Install This Update"></form>""",
    "radio buttons in a table": """<form method=post><table><tr><th></th><th>Package</th><th>Notes</th></tr>
        <tr><td><input type=radio name=p value=1></td><td>Base 6.2.0</td><td></td></tr>
        <tr><td></td><td>Bomgar 21.1.2</td><td>Requires Base 6.2.0</td></tr>
        <tr><td><input type=radio name=p value=3></td><td>Licence Add-On</td><td></td></tr>
        <tr><td></td><td>Base 6.1.0</td><td>Installed</td></tr></table><button>Install This Update</button></form>""",
    "grid": f"""<div class=list><div class=row><div class=col>Base 6.2.0</div><div class=col></div>
        <div class=col>{form(1)}</div></div><div class=row><div class=col>Bomgar 21.1.2</div>
        <div class=col>Requires Base 6.2.0</div><div class=col></div></div><div class=row>
        <div class=col>Licence Add-On</div><div class=col></div><div class=col>{form(3)}</div></div>
        <div class=row><div class=col>Base 6.1.0</div><div class=col>Installed</div><div class=col></div></div>
        </div>""",
    "definition list": f"""<dl><dt>Base 6.2.0</dt><dd>Important</dd><dd>{form(1)}</dd><dt>Bomgar 21.1.2</dt>
        <dd>Requires Base 6.2.0</dd><dt>Licence Add-On</dt><dd>{form(3)}</dd><dt>Base 6.1.0</dt>
        <dd>Installed</dd></dl>""",
    "a definition list each": f"""<dl class=pk><dt>Package</dt><dd>Base 6.2.0</dd><dt>Action</dt><dd>{form(1)}</dd></dl>
        <dl class=pk><dt>Package</dt><dd>Bomgar 21.1.2</dd><dt>Requires</dt><dd>Base 6.2.0</dd></dl>
        <dl class=pk><dt>Package</dt><dd>Licence Add-On</dd><dt>Action</dt><dd>{form(3)}</dd></dl>
        <dl class=pk><dt>Package</dt><dd>Base 6.1.0</dd><dt>Status</dt><dd>Installed</dd></dl>""",
    "forms that are cards": f"""<form class=card method=post><input type=hidden name=id value=1><h4>Base 6.2.0</h4>
        {press(1)}</form><form class=card><h4>Bomgar 21.1.2</h4><p>Requires Base 6.2.0</p></form>
        <form class=card method=post><h4>Licence Add-On</h4>{press(3)}</form>
        <form class=card><h4>Base 6.1.0</h4><p>Installed</p></form>""",
    "badges before the names": f"""<div class=p><span class=badge>Available</span><span>Base 6.2.0</span>{form(1)}</div>
        <div class=p><span class=badge>Blocked</span><span>Bomgar 21.1.2</span><i>Requires Base 6.2.0</i></div>
        <div class=p><span class=badge>Available</span><span>Licence Add-On</span>{form(3)}</div>
        <div class=p><span class=badge>Installed</span><span>Base 6.1.0</span></div>""",
    "sections": f"""<section><h2>Available</h2><table><tr><td>Base 6.2.0</td><td>{form(1)}</td></tr>
        <tr><td>Licence Add-On</td><td>{form(3)}</td></tr></table></section><section><h2>Not yet available</h2>
        <table><tr><td>Bomgar 21.1.2</td><td>Requires Base 6.2.0</td></tr></table></section><section>
        <h2>Installed</h2><table><tr><td>Base 6.1.0</td><td>2021-01-01</td></tr></table></section>""",
    "names that are links": f"""<table><tr><td><a href=/n/1>Base 6.2.0</a></td><td>{form(1)}</td></tr>
        <tr><td><a href=/n/2>Bomgar 21.1.2</a></td><td>Requires Base 6.2.0</td></tr>
        <tr><td><a href=/n/3>Licence Add-On</a></td><td>{form(3)}</td></tr>
        <tr><td><a href=/n/4>Base 6.1.0</a></td><td>Installed</td></tr></table>""",
    "fieldsets": f"""<fieldset><legend>Base 6.2.0</legend>{form(1)}</fieldset><fieldset><legend>Bomgar 21.1.2</legend>
        <p>Requires Base 6.2.0</p></fieldset><fieldset><legend>Licence Add-On</legend>{form(3)}</fieldset>
        <fieldset><legend>Base 6.1.0</legend><p>Installed</p></fieldset>""",
    "details": f"""<details open><summary>Base 6.2.0</summary><div>{form(1)}</div></details>
        <details><summary>Bomgar 21.1.2</summary><div>Requires Base 6.2.0</div></details>
        <details><summary>Licence Add-On</summary><div>{form(3)}</div></details>
        <details><summary>Base 6.1.0</summary><div>Installed</div></details>""",
    "button before the name": f"""<table><tr><td>{form(1)}</td><td>Base 6.2.0</td><td></td></tr>
        <tr><td></td><td>Bomgar 21.1.2</td><td>Requires Base 6.2.0</td></tr>
        <tr><td>{form(3)}</td><td>Licence Add-On</td><td></td></tr>
        <tr><td>Installed</td><td>Base 6.1.0</td><td></td></tr></table>""",
    "lines": f"""<div>Package: Base 6.2.0<br>Size: 3 MB<br>{form(1)}</div><hr><div>Package: Bomgar 21.1.2<br>
        Requires Base 6.2.0<br></div><hr><div>Package: Licence Add-On<br>{form(3)}</div><hr>
        <div>Package: Base 6.1.0<br>Installed</div>""",
    "two rows each": f"""<table><tr><td>Base 6.2.0</td><td>3 MB</td></tr><tr><td colspan=2>{form(1)}</td></tr>
        <tr><td>Bomgar 21.1.2</td><td>3 MB</td></tr><tr><td colspan=2>Requires Base 6.2.0</td></tr>
        <tr><td>Licence Add-On</td><td>1 MB</td></tr><tr><td colspan=2>{form(3)}</td></tr>
        <tr><td>Base 6.1.0</td><td>2 MB</td></tr><tr><td colspan=2>Installed</td></tr></table>""",
    "columns for kind and requirement": f"""<table><tr><th>Type</th><th>Package</th><th>Requires</th><th></th></tr>
        <tr><td>Base</td><td>Base 6.2.0</td><td></td><td>{form(1)}</td></tr>
        <tr><td>Site</td><td>Bomgar 21.1.2</td><td>Base 6.2.0</td><td></td></tr>
        <tr><td>Licence</td><td>Licence Add-On</td><td>Bomgar 20.1</td><td>{form(3)}</td></tr>
        <tr><td>Base</td><td>Base 6.1.0</td><td></td><td>Installed</td></tr></table>""",
    "column for kind without heads": f"""<table><tr><td>Base</td><td>Base 6.2.0</td><td>{form(1)}</td></tr>
        <tr><td>Site</td><td>Bomgar 21.1.2</td><td>Requires Base 6.2.0</td></tr>
        <tr><td>Licence</td><td>Licence Add-On</td><td>{form(3)}</td></tr>
        <tr><td>Base</td><td>Base 6.1.0</td><td>Installed</td></tr></table>""",
    "disabled buttons that say why": f"""<div class=u><b>Base 6.2.0</b> {form(1)}</div><div class=u>
        <b>Bomgar 21.1.2</b> <button disabled>Requires Base 6.2.0</button></div><div class=u><b>Licence Add-On</b>
        {form(3)}</div><div class=u><b>Base 6.1.0</b> <button disabled>Installed</button></div>""",
    "paragraphs in one form": """<form method=post action=/i>
        <p>Base 6.2.0 <input type=submit name=do value="Install This Update"></p>
        <p>Bomgar 21.1.2 <i>requires Base 6.2.0</i></p>
        <p>Licence Add-On <input type=submit name=i3 value="Install This Update"></p>
        <p>Base 6.1.0 <i>Installed</i></p></form>""",
    "articles": f"""<article><header><h2>Base 6.2.0</h2></header><p>x</p><footer>{form(1)}</footer></article>
        <article><header><h2>Bomgar 21.1.2</h2></header><p>Requires Base 6.2.0</p><footer></footer></article>
        <article><header><h2>Licence Add-On</h2></header><footer>{form(3)}</footer></article>
        <article><header><h2>Base 6.1.0</h2></header><p>Installed</p></article>""",
    "a table each": f"""<table class=pkg><tr><td colspan=2><b>Base 6.2.0</b></td></tr><tr><td>Size</td>
        <td>3 MB</td></tr><tr><td colspan=2>{form(1)}</td></tr></table><table class=pkg><tr><td colspan=2>
        <b>Bomgar 21.1.2</b></td></tr><tr><td>Requires</td><td>Base 6.2.0</td></tr></table><table class=pkg><tr>
        <td colspan=2><b>Licence Add-On</b></td></tr><tr><td colspan=2>{form(3)}</td></tr></table>
        <table class=pkg><tr><td colspan=2><b>Base 6.1.0</b></td></tr>
        <tr><td>Status</td><td>Installed</td></tr></table>""",
    "roles and words for screen readers": f"""<div role=list><div role=listitem><span>Base 6.2.0</span>
        {form(1).replace("Install", '<span class="sr-only">Base 6.2.0: </span>Install')}</div><div role=listitem>
        <span>Bomgar 21.1.2</span><span>Requires Base 6.2.0</span></div><div role=listitem><span>Licence Add-On</span>
        {form(3)}</div><div role=listitem><span>Base 6.1.0</span><span>Installed</span></div></div>""",
}


def packages(rows, labels):
    names = [row.name for row in rows]
    found = [package_of(row, names, labels) for row in rows]
    return [(one.name, one.state, one.waits_for) for one in found]


@pytest.mark.parametrize("markup", LISTS)
def test_the_same_packages_come_out_of_every_markup(page, labels, markup):
    found = packages(find_rows(page(FRAME.format(LISTS[markup])), labels), labels)
    assert sorted(found) == sorted(ALL)


@pytest.mark.parametrize("markup", LISTS)
def test_each_button_belongs_to_its_package(page, labels, markup):
    one = page(FRAME.format(LISTS[markup]))
    row = next(row for row in find_rows(one, labels) if row.name == "Licence Add-On")
    if row.choice:
        assert row.choice[1].element["value"] == "3"
    else:
        pairs = one.form_of(row.control).submission(row.control).pairs
        assert any("3" in part for pair in pairs for part in pair), pairs


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (f"<div class=box><div class=title>Base 6.2.0</div><div class=body><p>Security.</p>{form(1)}</div></div>", ALL[:1]),
        (f"<h3>Base 6.2.0</h3><p>Security.</p>{form(1)}", ALL[:1]),
        (
            "<ul><li>Bomgar 21.1.2 <em>Requires Base 6.2.0</em></li><li>Hotfix BT24-10 <em>not available</em></li></ul>",
            [ALL[1], ("Hotfix BT24-10", "blocked", ())],
        ),
        (
            "<div class=pkgs><div class=pkg><h4>Bomgar 21.1.2</h4><p>Requires Base 6.2.0</p></div><div class=pkg>"
            "<h4>Hotfix BT24-10</h4><p>A newer version comes first</p></div></div>",
            [ALL[1], ("Hotfix BT24-10", "blocked", ())],
        ),
        (
            "<form method=post><table><tr><td><input type=radio name=p value=1></td><td>Base 6.2.0</td></tr>"
            "<tr><td></td><td>Bomgar 21.1.2 <i>Requires Base 6.2.0</i></td></tr></table><button>Install This Update</button>"
            "</form>",
            ALL[:2],
        ),
        (
            "<form method=post><select name=p><option value=''>Choose</option><option value=1>Base 6.2.0</option>"
            "<option value=2 disabled>Bomgar 21.1.2 - requires Base 6.2.0</option></select>"
            "<button>Install This Update</button></form>",
            ALL[:2],
        ),
        (
            "<div class=c><p>Base 6.2.0</p>" + form(1) + "</div><div class=c><p>Enterprise Seats</p><p>Requires Base 6.2.0</p></div>",
            [ALL[0], ("Enterprise Seats", "blocked", ("Base 6.2.0",))],
        ),
        (f"<p>Current Base: 6.1.0</p><p>Installed: Bomgar 19.1.8</p><div><div>Base 6.2.0</div>{form(1)}</div>", ALL[:1]),
        ("<p>Base 6.2.0 is needed for newer versions.</p><p>Your software is up to date.</p>", []),
    ],
    ids=["card", "heading", "blocked list", "blocked cards", "radio", "select", "any name", "prose", "nothing"],
)
def test_lists_with_few_entries(page, labels, markup, expected):
    assert packages(find_rows(page(FRAME.format(markup)), labels), labels) == expected


@pytest.mark.parametrize("label", ["Restart", "Install This Update and Restart", "Reinstall", "Update Software", "Shut down"])
def test_a_button_with_another_label_installs_nothing(page, labels, label):
    markup = f"<ul><li>Base 6.2.0 <form method=post><button>{label}</button></form></li></ul>"
    assert packages(find_rows(page(FRAME.format(markup)), labels), labels) == [("Base 6.2.0", "blocked", ())]
