# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Two inventions of the same pages: addresses, field names and manners; the HTML is in templates/<name>/.

Nothing of this is known of a real appliance, except /appliance/login.ns, its login[...] names and the cookies
(interfaces.md 12.1). It differs on purpose, so that no client can come to depend on one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Action(NamedTuple):
    """Where a form goes, and the name of the button that means this action; 'x[' stands for any 'x[...]'."""

    path: str
    button: str = ""

    def pressed_in(self, form) -> bool:
        if self.button.endswith("["):
            return any(name.startswith(self.button) for name in form)
        return not self.button or self.button in form


@dataclass(frozen=True)
class Layout:
    """The manners of one layout.

    redirects: a POST is answered by 303 and the page follows; otherwise by the page itself with 200.
    tokens: every form carries a hidden token that is checked.
    agreement_first: the login agreement comes before the login form, not after it (UNKNOWN, so both exist).
    full_menu: all sub menus are on every page; otherwise a sub menu appears on the pages below its parent.
    list_at_once: Updates shows the list without 'Check for Updates' having been pressed.
    """

    name: str
    redirects: bool
    tokens: bool
    agreement_first: bool
    full_menu: bool
    list_at_once: bool
    pages: dict[str, str]
    others: str
    parents: str
    actions: dict[str, Action]  # where two share an address, the one with the rarer button first
    fields: dict[str, str]
    automatic: dict[str, str]

    def address(self, area: str, page: str) -> str:
        """Where a page lives; pages that the simulator leaves empty follow one pattern."""
        return self.pages.get(page) or self.others.format(area=area, page=page)

    def parent(self, area: str, label: str) -> str:
        return self.parents.format(area=area, page=label)


CLASSIC = Layout(
    name="classic",
    redirects=True,
    tokens=False,
    agreement_first=True,
    full_menu=True,
    list_at_once=True,
    others="/{area}/{page}.ns",
    parents="/{area}/{page}.ns",
    pages={
        "appliance_sign_in": "/appliance/login.ns",
        "login_sign_in": "/login/login",
        "basics": "/appliance/status_basics.ns",
        "updates": "/appliance/updates.ns",
        "eula": "/appliance/updates_eula.ns",
        "progress": "/appliance/updates_progress.ns",
        "download_key": "/appliance/updates_key.ns",
        "certificates": "/appliance/security_certificates.ns",
        "export": "/appliance/security_certificates_export.ns",
        "create": "/appliance/security_certificates_create.ns",
        "import": "/appliance/security_certificates_import.ns",
        "storage_status": "/appliance/storage_status.ns",
        "information": "/login/status",
        "software": "/login/management/software",
        "jump_clients": "/login/jump_clients",
        "console_installers": "/appliance/updates_console.ns",
        "console_installer": "/appliance/updates_console_msi.ns",
    },
    actions={
        "change_password": Action("/appliance/login.ns", "login[use_curr]"),
        "appliance_sign_in": Action("/appliance/login.ns", "login[submit]"),
        "login_sign_in": Action("/login/login", "login[submit]"),
        "accept": Action("/appliance/login.ns", "agreement[accept]"),
        "decline": Action("/appliance/login.ns", "agreement[decline]"),
        "restart": Action("/appliance/status_basics.ns", "restart"),
        "shut_down": Action("/appliance/status_basics.ns", "shutdown"),
        "factory_reset": Action("/appliance/status_basics.ns", "reset"),
        "check": Action("/appliance/updates.ns", "check"),
        "install": Action("/appliance/updates.ns", "install["),
        "upload": Action("/appliance/updates.ns", "manual[submit]"),
        "agree": Action("/appliance/updates_eula.ns", "eula[agree]"),
        "select": Action("/appliance/security_certificates.ns", "go"),
        "request_certificate": Action("/appliance/security_certificates.ns", "request"),
        "export": Action("/appliance/security_certificates_export.ns", "export[submit]"),
        "backup": Action("/login/management/software", "download_backup"),
        "vault_key": Action("/login/management/software", "download_vault_key"),
        "save_jump_clients": Action("/login/jump_clients", "save"),
    },
    fields={
        "username": "login[username]",
        "password": "login[password]",
        "site_username": "login[username]",
        "site_password": "login[password]",
        "use_curr": "login[use_curr]",
        "new_password": "login[password]",
        "confirm_new_password": "login[password_confirm]",
        "package": "package",
        "contact_name": "contact[name]",
        "contact_email": "contact[email]",
        "contact_title": "contact[title]",
        "file": "manual[file]",
        "certificate": "certificate[]",
        "operation": "operation",
        "le_hostname": "letsencrypt[hostname]",
        "le_key": "letsencrypt[key]",
        "part_certificate": "export[certificate]",
        "part_key": "export[key]",
        "part_chain": "export[chain]",
        "passphrase": "export[passphrase]",
        "backup_password": "backup[password]",
        "confirm_backup_password": "backup[password2]",
        "include_sessions": "backup[sessions]",
        "vault_password": "vault[password]",
        "max_bandwidth": "jc[bandwidth]",
        "max_concurrent": "jc[concurrent]",
        "connection_rate": "jc[rate]",
        "automatic": "jc[automatic]",
    },
    automatic={"disabled": "0", "cycle": "1", "enabled": "2"},
)

MODERN = Layout(
    name="modern",
    redirects=False,
    tokens=True,
    agreement_first=False,
    full_menu=False,
    list_at_once=False,
    others="/{area}/view/{page}",
    parents="/{area}/section/{page}",
    pages={
        "appliance_sign_in": "/appliance/login.ns",
        "login_sign_in": "/login/session",
        "basics": "/appliance/overview",
        "updates": "/appliance/system/software",
        "eula": "/appliance/system/software/licence",
        "progress": "/appliance/system/software/progress",
        "download_key": "/appliance/system/software/key",
        "certificates": "/appliance/tls/certificates",
        "export": "/appliance/tls/certificates/export",
        "create": "/appliance/tls/certificates/new",
        "import": "/appliance/tls/certificates/import",
        "storage_status": "/appliance/disks",
        "information": "/login/overview",
        "software": "/login/admin/software",
        "jump_clients": "/login/access/jump-clients",
        "console_installers": "/appliance/downloads/console",
        "console_installer": "/appliance/downloads/console/msi",
    },
    actions={
        "change_password": Action("/appliance/login.ns", "login[use_curr]"),
        "appliance_sign_in": Action("/appliance/login.ns", "login[submit]"),
        "login_sign_in": Action("/login/session"),
        "accept": Action("/appliance/agreement/yes"),
        "decline": Action("/appliance/agreement/no"),
        "restart": Action("/appliance/power/restart"),
        "shut_down": Action("/appliance/power/off"),
        "factory_reset": Action("/appliance/power/factory"),
        "check": Action("/appliance/system/software/check"),
        "install": Action("/appliance/system/software/install"),
        "upload": Action("/appliance/system/software/upload"),
        "agree": Action("/appliance/system/software/licence"),
        "select": Action("/appliance/tls/certificates", "do"),
        "request_certificate": Action("/appliance/tls/certificates/request"),
        "export": Action("/appliance/tls/certificates/export"),
        "backup": Action("/login/admin/software/backup"),
        "vault_key": Action("/login/admin/software/vault"),
        "save_jump_clients": Action("/login/access/jump-clients"),
    },
    fields={
        "username": "login[username]",
        "password": "login[password]",
        "site_username": "user",
        "site_password": "secret",
        "use_curr": "login[use_curr]",
        "new_password": "login[password]",
        "confirm_new_password": "login[password_again]",
        "package": "pkg",
        "contact_name": "who",
        "contact_email": "mail",
        "contact_title": "role",
        "file": "image",
        "certificate": "ids",
        "operation": "do",
        "le_hostname": "le_name",
        "le_key": "le_kind",
        "part_certificate": "with_cert",
        "part_key": "with_key",
        "part_chain": "with_chain",
        "passphrase": "protect",
        "backup_password": "pw1",
        "confirm_backup_password": "pw2",
        "include_sessions": "reporting",
        "vault_password": "vault_pw",
        "max_bandwidth": "upgrade_mib",
        "max_concurrent": "upgrade_count",
        "connection_rate": "rate_limit",
        "automatic": "auto_upgrade",
    },
    automatic={"disabled": "never", "cycle": "cycle", "enabled": "always"},
)

LAYOUTS = {"classic": CLASSIC, "modern": MODERN}
