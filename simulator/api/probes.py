# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What answers without a login (docs/vendor/probes-and-limits.md#probes-without-a-login)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from ..clock import to_iso
from ..generations import Generation
from . import answers

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

    from ..machine.appliance import Machine


def handle(request: Request, machine: Machine) -> Response | None:
    """The answer to one of the probes, None for other addresses."""
    probe = PROBES.get(request.path)
    if probe is None:
        return None
    answers.allows(request, ["GET"])
    return probe(request, machine)


def check_health(request: Request, machine: Machine) -> Response:
    """200 or 500 from 14.2 on; the sentence is our invention."""
    if not Generation(machine).check_health:
        return answers.document_not_found()
    problem = machine.health_problem
    text = f"The appliance is not healthy: {problem}\n" if problem else "The appliance is healthy.\n"
    return answers.streamed(text, "text/plain; charset=UTF-8", 500 if problem else 200)


def mech_list(request: Request, machine: Machine) -> Response:
    """JSON in version 3, text in version 2 (observed in the vendor's Terraform provider)."""
    product = "bpam" if machine.product == "pra" else "ingredi"
    if request.args.get("version") == "3":
        mechs = [{"name": "local", "display_name": "Local"}]
        facts = {"mechs": mechs, "default_mech": "local", "cache": "1", "company": machine.company, "product": product}
        return answers.as_json(facts)
    return answers.streamed(f"company={machine.company};product={product}", "text/plain; charset=UTF-8")


def rdf(request: Request, machine: Machine) -> Response:
    """A text head, then a binary block whose head holds the product version."""
    locale = request.args.get("locale_code", "en-us")
    head = f"0 Successful\n{locale}\n{to_iso(machine.now())}\n".encode()
    block = b"RDF\x00" + machine.version.encode() + b"\x00" + machine.build.encode() + b"\x00" * 32
    return Response(iter([head + block]), content_type="application/octet-stream")


def portal(request: Request, machine: Machine) -> Response:
    """The public site; old portals tell the product version in a comment."""
    brand = "Product" if Generation(machine).since("19.2") else "Bomgar"
    page = f"<!DOCTYPE html>\n<!--{brand} Version: {machine.version}-->\n<html><head><title>{machine.company}"
    page += " Support Portal</title></head><body><h1>Support Portal</h1></body></html>\n"
    return Response(page, content_type="text/html; charset=UTF-8")


PROBES = {"/": portal, "/check_health": check_health, "/get_mech_list": mech_list, "/get_rdf": rdf}
