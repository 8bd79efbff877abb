# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What an appliance tells without credentials (interfaces 9)."""

from __future__ import annotations

from ..answer import visible
from ..errors import NotFound, NotUnderstood, Unavailable


def check_health(transport):
    """(healthy, text) by GET /check_health, made for monitors: 200 good, 500 not; quick, no cache is told of."""
    answer = transport.request("GET", "/check_health")
    if answer.status == 404:
        raise NotFound(
            "There is no /check_health at this address.",
            host=answer.host,
            evidence=answer.evidence(),
            remedy="Look at url; appliances before 14.2 do not have it.",
        )
    if answer.asks_for_password:
        raise NotUnderstood("GET /check_health brought a login page.", host=answer.host, remedy="Look at url.")
    if answer.status in (200, 500):
        return answer.status == 200, visible(answer.text)
    kind = Unavailable if answer.status > 500 else NotUnderstood
    raise kind("GET /check_health told neither good nor bad.", host=answer.host, evidence=answer.evidence())


def mech_list(transport):
    """{'product': 'rs' or 'pra', 'company': text} by GET /get_mech_list?version=3.

    Undocumented, but the vendor's own Terraform provider starts with it; needed where the XML Command API does not
    tell the product.
    """
    answer = transport.request("GET", "/get_mech_list", params={"version": 3})
    values = answer.json() if answer.status == 200 and not answer.is_html else None
    if not isinstance(values, dict) or not isinstance(values.get("product"), str):
        raise NotUnderstood(
            "GET /get_mech_list did not tell a product.", host=answer.host, evidence=answer.evidence(),
            remedy="Is url the public host name of an appliance?",
        )  # fmt: skip
    return {"product": "pra" if values["product"] == "bpam" else "rs", "company": str(values.get("company") or "")}
