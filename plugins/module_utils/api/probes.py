# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads what an appliance reports without credentials (docs/vendor/probes-and-limits.md#probes-without-a-login)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import NotFound, NotUnderstood, Unavailable
from ..model.markup_text import visible_text

if TYPE_CHECKING:
    from ..http.transport import Transport


def check_health(transport: Transport) -> tuple[bool, str]:
    """(healthy, text) by GET /check_health, which is made for monitors: 200 healthy, 500 unhealthy. No cache is documented."""
    response = transport.request("GET", "/check_health")
    if response.status == 404:
        raise NotFound(
            "The address has no /check_health.",
            host=response.host,
            evidence=response.evidence(),
            remedy="Check url; appliances before 14.2 do not have it.",
        )
    if response.asks_for_password:
        raise NotUnderstood("GET /check_health returned a login page.", host=response.host, remedy="Check url.")
    if response.status in (200, 500):
        return response.status == 200, visible_text(response.text)
    kind = Unavailable if response.status > 500 else NotUnderstood
    raise kind("GET /check_health reported neither healthy nor unhealthy.", host=response.host, evidence=response.evidence())


def mech_list(transport: Transport) -> dict[str, str]:
    """{'product': 'rs' or 'pra', 'company': text} by GET /get_mech_list?version=3.

    Undocumented, but the vendor's own Terraform provider starts with it. Needed because the XML Command API does not name
    the product.
    """
    response = transport.request("GET", "/get_mech_list", params={"version": 3})
    values = response.json() if response.status == 200 and not response.is_html else None
    if not isinstance(values, dict) or not isinstance(values.get("product"), str):
        raise NotUnderstood(
            "GET /get_mech_list did not return a product.",
            host=response.host,
            evidence=response.evidence(),
            remedy="Check that url is the public host name of an appliance.",
        )
    return {"product": "pra" if values["product"] == "bpam" else "rs", "company": str(values.get("company") or "")}
