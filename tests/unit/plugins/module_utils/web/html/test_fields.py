# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A field is found by the label that a person reads."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "markup",
    [
        "<label for=p>Passphrase</label><input id=p name=hit>",
        "<label for=hit>Passphrase</label><input name=hit>",
        "<label>Passphrase: <input name=hit></label>",
        "<label>Passphrase <small>recommended</small> <input name=hit></label>",
        "<label for=p>Passphrase (recommended)</label><input id=p name=hit>",
        "<table><tr><td>Other<td><input name=no><tr><td>Passphrase *<td><input name=hit></table>",
        "<table><tr><th>Passphrase</th><td><input type=hidden name=x><input name=hit></td></tr></table>",
        "<dl><dt>Other<dd><input name=no><dt>Passphrase<dd><input name=hit></dl>",
        "<div><div>Passphrase</div><div><input name=hit></div></div>",
        "<p>Passphrase<br><input name=hit></p>",
        "<input name=hit aria-label=PASSPHRASE>",
        "<b id=q>Passphrase</b><p>text</p><input name=no><input name=hit aria-labelledby=q>",
        "<input name=no placeholder=Name><input name=hit placeholder=Passphrase>",
        "<input name=hit title=Passphrase>",
        "<span>Pass&shy;phrase&nbsp;:</span> <input name=hit>",
    ],
)
def test_a_field_is_found_by_its_visible_label(page, labels, markup):
    (form,) = page(f"<form method=post>{markup}</form>").forms()
    assert form.find(labels, "passphrase").name == "hit"


@pytest.mark.parametrize(
    "markup",
    [
        "<label><input type=checkbox name=hit> Private Key</label>",
        "<input type=checkbox name=hit> Private Key<br><input type=checkbox name=no> Other",
        "<table><tr><td>Private Key<td><input type=checkbox name=hit><tr><td><button>Export</button></table>",
        "<table><tr><td><input type=checkbox name=hit><td>Private Key<tr><td><input type=checkbox name=no><td>X</table>",
        "<div><input type=checkbox name=hit><span>Include private key in the export</span></div>",
    ],
)
def test_a_box_is_found_by_text_beside_it(page, labels, markup):
    (form,) = page(f"<form method=post>{markup}</form>").forms()
    assert form.find(labels, "private_key", ("checkbox",), loose=True).name == "hit"
