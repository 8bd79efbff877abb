# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The interfaces of an appliance that respond while another one fails: without them an error looks like a restart."""

from __future__ import annotations

from collections.abc import Iterable

_INTERFACES = (
    ("/oauth2/", "tokens"),
    ("/api/command", "Command API"),
    ("/api/config", "Configuration API"),
    ("/api/backup", "Backup API"),
    ("/api/reporting", "Reporting API"),
    ("/appliance", "the pages of /appliance"),
    ("/login", "the pages of /login"),
)


def describe_interfaces(paths: Iterable[str], *, healthy: bool, text: str) -> str:
    """A sentence that names the interfaces of these answered paths. healthy, text: the answer of /check_health."""
    names = dict.fromkeys(name for path in sorted(paths) for prefix, name in _INTERFACES if path.startswith(prefix))
    state = "reports that it is healthy" if healthy else f"returns {text!r}"
    also = f", and these responded: {', '.join(names)}" if names else ""
    return (
        f"The appliance is not starting: /check_health {state}{also}. "
        "Only this interface fails; if the error persists, check the pages of the appliance."
    )
