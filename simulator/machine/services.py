# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What else a machine does for its pages and APIs: certificates, backup, settings, people, logins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import backups, certificates
from .attributes import Attributes
from .refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .installers import Installer
    from .sessions import Representative


class Services(Attributes):
    """The part of a Machine that its pages and APIs call."""

    def export_certificate(self, ids: Any, key: Any, chain: Any, passphrase: str) -> tuple[str, bytes, str]:
        """(file name, bytes, content type) of the first chosen certificate. Raises Refused."""
        chosen = next((one for one in self.certificates if one.id in map(str, ids)), None)
        if chosen is None:
            raise Refused("nothing_chosen", "Select a certificate.")
        self.event("certificate_exported", name=chosen.name, key=bool(key), chain=bool(chain))
        return certificates.export(chosen, key=key, chain=chain, passphrase=passphrase)

    def renew_certificate(self, days_left: float) -> None:
        """Another certificate in the place of the default one, which HTTPS serves from now on."""
        self.certificates = [certificates.renewed(one, self.now(), days_left) if one.default else one for one in self.certificates]
        self.renewed_certificate = True
        self.event("certificate_renewed")

    def make_backup(self, password: str = "", include_reporting: bool = False) -> tuple[str, Iterator[bytes], str]:
        """(file name, pieces of bytes, content type)."""
        self.event("backup_created", password=bool(password))
        pieces = backups.content(self, password, include_reporting)
        return backups.file_name(self.hostname, self.version), pieces, backups.CONTENT_TYPE

    def online_counts(self) -> dict[str, int]:
        """Who is online, by kind, as Status > Information shows it."""
        people, now = self.people, self.now()
        if not self.accepts_people:
            return dict.fromkeys(("representative_consoles", "customer_clients", "jump_clients", "push_agents", "connection_agents"), 0)
        return {
            "representative_consoles": len(people.logged_in(now)),
            "customer_clients": len(people.sessions(now)),
            "jump_clients": self.clients.online(now),
            "push_agents": sum(one.connected(now) for one in people.jumpoints),
            "connection_agents": 0,
        }

    def save_jump_settings(self, **values: Any) -> None:
        """Save on Jump > Jump Clients: max_concurrent, bandwidth, connection_rate, automatic."""
        self.jump_settings.update(values)
        self.clients.reschedule(self.now())
        self.event("jump_settings_saved", **values)
        self.write("save jump client settings")

    def terminate_session(self, lsid: str) -> bool:
        """True if there was such a session."""
        ended = self.people.end_session(lsid, self.now())
        if ended:
            self.write(f"terminate session {lsid}")
        return ended

    def set_session_attributes(self, lsid: str, values: Any) -> None:
        """Custom fields of a running session; an empty text takes one away."""
        held = self.people.attributes.setdefault(lsid, {})
        held.update(values)
        self.people.attributes[lsid] = {key: value for key, value in held.items() if value}
        self.write(f"set attributes of session {lsid}")

    def create_installer(self, fields: Any, minutes: Any) -> Installer:
        """A new Jump Client installer, valid for so many minutes."""
        self.write("create a Jump Client installer")
        return self.people.add_installer(fields, self.now(), minutes)

    def delete_installer(self, installer: Any) -> None:
        self.people.installers.remove(installer)
        self.write(f"delete Jump Client installer {installer.id}")

    def change_client(self, index: Any, values: Any) -> None:
        """Set fields of a Jump Client that describe it."""
        self.clients.described.setdefault(index, {}).update(values)
        self.write(f"change Jump Client {index + 1}")

    def delete_client(self, index: Any) -> None:
        self.clients.remove(index)
        self.write(f"delete Jump Client {index + 1}")

    def logged_in(self) -> list[Representative]:
        """The representatives who are logged in here."""
        return self.people.logged_in(self.now()) if self.accepts_people else []

    def log_out(self, person_id: Any) -> bool:
        """True if this person was logged in."""
        out = self.people.log_out(person_id, self.now())
        if out:
            self.write(f"log out {person_id}")
        return out

    def check_web_password(self, area: str, username: str, password: str) -> str:
        """'ok', 'expired', 'wrong' or 'locked'. area: 'appliance' or 'login'."""
        answer = self.accounts.check_web(area, username, password, self.now())
        self.event("login", target=f"web/{area}", who=username, status=answer)
        return answer

    def change_web_password(self, area: str, username: str, password: str) -> None:
        """The forced change of an expired password."""
        self.accounts.web[area][username].change(password)
        self.write(f"change password of {username}")
