# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Security > Certificates: sections, the table with its Default column, and the export (docs/vendor/pages.md#certificates-page)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.http import dump_options_header
from werkzeug.wrappers import Response

from .basics import local

if TYPE_CHECKING:
    from .visit import Visit


PARTS = ("part_certificate", "part_key", "part_chain")


def _row(visit: Visit, certificate: Any) -> dict:
    return {
        "id": certificate.id,
        "name": certificate.name,
        "names": ", ".join(certificate.names),
        "expires": local(visit, certificate.not_after, day_only=True),
        "default": certificate.default,
        "warning": visit.words("chain_broken") if certificate.warning else "",
    }


def certificates(visit: Visit, error: str = "") -> Response:
    rows = [_row(visit, certificate) for certificate in visit.machine.certificates]
    title = visit.words("certificates_title")
    return visit.page("certificates", title=title, within="certificates", rows=rows, error=error)


def select(visit: Visit) -> Response:
    """The drop-down above the table, with what was ticked."""
    chosen = visit.values("certificate")
    if not chosen or visit.value("operation") != "export":
        return certificates(visit, error=visit.words("nothing_selected"))
    return visit.after("export", certificate=chosen)


def export_page(visit: Visit, certificate: Any = None, error: str = "") -> Response:
    """Ticks for certificate, private key and chain, and the passphrase, for what was selected."""
    chosen = certificate or visit.arguments("certificate")
    rows = [_row(visit, one) for one in visit.machine.certificates if one.id in chosen]
    if not rows:
        return certificates(visit, error=visit.words("nothing_selected"))
    return visit.page("export", title=visit.words("export_title"), within="certificates", rows=rows, error=error)


def export(visit: Visit) -> Response:
    """The file. Reading: nothing is removed and nothing changed by it."""
    chosen = visit.values("certificate")
    parts = [bool(visit.values(part)) for part in PARTS]
    known = {one.id for one in visit.machine.certificates}
    if not any(parts) or not chosen or not known.issuperset(chosen):
        return export_page(visit, chosen, visit.words("nothing_ticked"))
    _certificate, key, chain = parts
    name, body, kind = visit.machine.export_certificate(chosen, key, chain, visit.value("passphrase"))
    return attachment(name, body, kind)


def attachment(name: str, body: Any, kind: str) -> Response:
    response = Response(body, content_type=kind)
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": name})
    return response


def request_certificate(visit: Visit) -> Response:
    """Let's Encrypt: the request is noted as a write; the simulator orders no certificate."""
    visit.machine.write(f"request a certificate for {visit.value('le_hostname')}")
    return visit.after("certificates", visit.words("simulated"))


PAGES = {"certificates": certificates, "export": export_page}
ACTIONS = {"select": select, "export": export, "request_certificate": request_certificate}
