# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Updates by hand: the Appliance Download Key and the upload of a package file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..machine import Refused
from .updates import refusal, updates

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from .visit import Visit


def download_key(visit: Visit) -> Response:
    key = visit.machine.download_key()
    return visit.page("key", title=visit.words("download_key"), within="updates", key=key)


def upload(visit: Visit) -> Response:
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


PAGES = {"download_key": download_key}
ACTIONS = {"upload": upload}
