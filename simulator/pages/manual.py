# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Updates by hand: the Appliance Download Key, the upload of a package file, installers for the console."""

from __future__ import annotations

from werkzeug.wrappers import Response

from ..machine import Refused
from .updates import refusal, updates


def download_key(visit):
    key = visit.machine.download_key()
    return visit.page("key", title=visit.words("download_key"), within="updates", key=key)


def upload(visit):
    """'Update Software': the machine compares the content with the packages that exist for it."""
    file = visit.request.files.get(visit.layout.fields["file"])
    if file is None or not file.filename:
        return updates(visit, error=visit.words("choose_file"))
    try:
        problem = visit.machine.upload(file.filename, file.stream)
    except Refused as exc:
        problem = refusal(visit, exc)
    if problem:
        return updates(visit, error=visit.words("upload_refused", reason=problem))
    return visit.after("progress", visit.words("uploaded"))


def console_installers(visit):
    """Where the link of the update check leads (extractable console only)."""
    return visit.page("console_installers", title=visit.words("console_installers"), within="updates")


def console_installer(visit):
    body = f"simulated installer of the representative console {visit.machine.version}\n".encode()
    return Response(body, content_type="application/x-msi")


PAGES = {
    "download_key": download_key,
    "console_installers": console_installers,
    "console_installer": console_installer,
}
ACTIONS = {"upload": upload}
