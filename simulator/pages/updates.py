# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Updates: the list, 'Install This Update', the licence page and the progress page.

Order of steps and the wording of most controls are INFERRED* (docs/vendor/pages.md#pages-of-appliance). Whether a row names what it waits
for is UNKNOWN, so the world decides (rows_name_requirements).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..machine import Refused

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from ..machine.packages import Row
    from .visit import Visit


CONTACT = ("contact_name", "contact_email", "contact_title")
REFRESH = 10  # real seconds after which a browser asks for the progress page again


def progress_of(visit: Visit) -> dict | None:
    """{text, percent, message, failed} of the installation that runs or failed last, or None."""
    installation = visit.machine.installation
    if installation is None:
        return None
    phase = "installing" if installation.phase == "stuck" else installation.phase
    return {
        "text": visit.words(f"phase_{phase}", name=installation.package.name),
        "percent": installation.percent,
        "message": installation.message,
        "failed": phase == "failed",
    }


def busy(visit: Visit) -> bool:
    installation = visit.machine.installation
    return installation is not None and installation.running


def rows(visit: Visit) -> list[dict] | None:
    """[{id, name, state, note}] as the page shows them; None when the list is not known yet."""
    known = visit.layout.list_at_once or visit.machine.checked_at is not None
    if not known or not _server_answered(visit):
        return None
    return [{"id": row.id, "name": row.name, "state": row.state, "note": note(visit, row)} for row in visit.machine.listed()]


def _server_answered(visit: Visit) -> bool:
    return visit.machine.checked_at is None or visit.machine.update_server == "ok"


def note(visit: Visit, row: Any) -> str:
    if row.state != "blocked":
        return visit.words(f"state_{row.state}")
    if not row.waits_for:
        return visit.words("blocked_unnamed")
    return visit.words("blocked_named", names=", ".join(row.waits_for))


def updates(visit: Visit, error: str = "") -> Response:
    """The page. What was wrong with the last check stays on it until the next one."""
    if not error and not _server_answered(visit):
        error = visit.words(f"server_{visit.machine.update_server}")
    return visit.page(
        "updates",
        title=visit.words("updates_title"),
        within="updates",
        rows=rows(visit),
        progress=progress_of(visit),
        busy=busy(visit),
        error=error,
        console_installers=visit.world["web"]["console_installers"],
        automatic_updates=visit.world["web"]["automatic_updates"],
    )


def check(visit: Visit) -> Response:
    """'Check for Updates' asks the vendor's server; it changes nothing that an owner cares for."""
    visit.machine.check_for_updates()
    return visit.after("updates")


def install(visit: Visit) -> Response:
    """The pressed row's package: straight away, or by way of its licence page."""
    row = _available(visit, pressed_package(visit))
    if row is None:
        return updates(visit, visit.words("refused_blocked"))
    return visit.after("eula", package=row.id) if row.eula else _start(visit, row.id, None)


def pressed_package(visit: Visit) -> str:
    """The package in the hidden field, or in the brackets of the button's name."""
    button = visit.layout.actions["install"].button
    names = [name for name in visit.request.form if button and name.startswith(button)]
    return names[0][len(button) : -1] if names else visit.value("package")


def _available(visit: Visit, package: str) -> Row | None:
    """The row of this package if it can be installed now, else None."""
    return next((row for row in visit.machine.listed() if row.id == package and row.state == "available"), None)


def eula(visit: Visit, package: str = "", error: str = "") -> Response:
    """The licence of one package, with the contact that has to be named."""
    row = _available(visit, package or visit.argument("package"))
    if row is None:
        return updates(visit, visit.words("refused_blocked"))
    return visit.page(
        "eula",
        title=visit.words("eula_title"),
        within="updates",
        package=row.id,
        name=row.name,
        text=row.eula,
        values={key: visit.value(key) for key in CONTACT},
        error=error,
    )


def agree(visit: Visit) -> Response:
    contact = {key.removeprefix("contact_"): visit.value(key).strip() for key in CONTACT}
    if not all(contact.values()):
        return eula(visit, visit.value("package"), visit.words("contact_missing"))
    return _start(visit, visit.value("package"), contact)


def _start(visit: Visit, package: str, contact: dict | None) -> Response:
    try:
        visit.machine.start_install(package, contact)
    except Refused as exc:
        return updates(visit, refusal(visit, exc))
    return visit.after("progress")


def refusal(visit: Visit, refused: Refused) -> str:
    """Why the machine does not do it, in the language of the page."""
    return visit.words(f"refused_{refused.code}")


def progress(visit: Visit) -> Response:
    return visit.page(
        "progress",
        title=visit.words("progress_title"),
        within="updates",
        progress=progress_of(visit),
        refresh=REFRESH if busy(visit) else 0,
    )


PAGES = {"updates": updates, "eula": eula, "progress": progress}
ACTIONS = {"check": check, "install": install, "agree": agree}
