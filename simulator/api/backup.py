# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/api/backup (docs/vendor/backup-api.md): an NSB file of unknown length, with a password if one is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from ..generations import Generation
from . import answers, auth

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

    from ..machine.appliance import Machine


PATHS = ("/api/backup", "/api/backup.ns")


def handle(request: Request, machine: Machine) -> Response | None:
    """The answer to a request for this API, None for other addresses."""
    if request.path not in PATHS or (request.path.endswith(".ns") and not Generation(machine).legacy_login):
        return None
    answers.allows(request, ["GET", "POST"])
    try:
        account = auth.caller(request, machine)
    except auth.BadLogin:
        return Response("Invalid credentials", content_type="text/html; charset=UTF-8")  # 200, as observed
    if not account.may("perm_backup"):
        return answers.as_json(answers.DENIED, 403)
    name, pieces, kind = machine.make_backup(_password(request))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(pieces, content_type=kind, headers=headers)


def _password(request: Request) -> str:
    """JSON {"password": "..."}; the method is UNKNOWN, so any will do."""
    data = request.get_json(silent=True) if request.is_json else None
    return str(data.get("password") or "") if isinstance(data, dict) else ""
