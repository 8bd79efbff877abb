# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Fields by label, and what a press sends."""

from __future__ import annotations


def test_a_partial_label_matches_only_if_loose(page, labels):
    (form,) = page("<form><label>Private key of another <input type=checkbox name=a></label></form>").forms()
    assert form.find(labels, "private_key") is None
    assert form.find(labels, "private_key", loose=True).name == "a"


def test_the_field_nearer_to_the_button_is_chosen(page, labels):
    one = page(
        "<form><div><label>Backup Password <input name=vault></label><button>Vault</button></div>"
        "<div><label>Backup Password <input name=backup></label><button>Download Backup</button></div></form>"
    )
    near = one.usable(labels, "download_backup").element
    assert one.forms()[0].find(labels, "backup_password", near=near).name == "backup"


def test_a_form_sends_what_a_browser_sends(page, labels):
    one = page("""<form id=f method=post action="go.ns?x=1"><input type=hidden name=h value=1><input name=t value=a>
        <input name=off value=b disabled><fieldset disabled><input name=set value=c></fieldset>
        <input type=checkbox name=c1 checked><input type=checkbox name=c2><input type=radio name=r value=1>
        <input type=radio name=r value=2 checked><select name=s><option value=1>One<option value=2 selected>Two</select>
        <select name=d><option>First<option>Second</select><select name=m multiple><option selected>A<option selected>B
        </select><textarea name=ta>\nText</textarea><input type=reset name=z value=z><input type=file name=fl>
        <button name=b value=no>Cancel</button><input type=submit name=b value=Export></form>
        <input name=outside value=o form=f>""")
    control = one.usable(labels, "export")
    sent = one.form_of(control).submission(control)
    assert sent.pairs == (
        ("h", "1"),
        ("t", "a"),
        ("c1", "on"),
        ("r", "2"),
        ("s", "2"),
        ("d", "First"),
        ("m", "A"),
        ("m", "B"),
        ("ta", "Text"),
        ("b", "Export"),
        ("outside", "o"),
    )
    assert (sent.method, sent.url) == ("POST", "https://a.example.com/appliance/go.ns?x=1")


def test_button_may_name_form_and_method(page, labels):
    one = page(
        "<base href='/b/'><form id=f action=a><input name=i value=1></form>"
        "<button form=f formaction=e formmethod=post name=n value=v>Export</button>"
    )
    control = one.usable(labels, "export")
    sent = one.form_of(control).submission(control)
    assert (sent.method, sent.url, sent.pairs) == ("POST", "https://a.example.com/b/e", (("i", "1"), ("n", "v")))
