# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Accounts: of the API (docs/vendor/authentication.md#api-account-and-switches), of the old kind with user names (2.1), and of the web
pages."""

from __future__ import annotations

import copy
import ipaddress
import secrets
from typing import Any


def same(given: Any, known: Any) -> bool:
    """Are two secrets equal? Takes the same time wherever they differ."""
    return secrets.compare_digest(given.encode(errors="surrogatepass"), known.encode(errors="surrogatepass"))


class Attempts:
    """Failed logins in a row; too many lock the account for a time (virtual). The threshold is UNKNOWN: a world key."""

    def __init__(self, limits: dict[str, Any]) -> None:
        self._after, self._seconds = limits["lockout_after"], 60 * limits["lockout_minutes"]
        self.count, self.until = 0, None

    def locked(self, now: float) -> bool:
        if self.until is not None and now >= self.until:
            self.reset()
        return self.until is not None

    def fail(self, now: float) -> None:
        self.count += 1
        if self.count >= self._after:
            self.until = now + self._seconds

    def reset(self) -> None:
        self.count, self.until = 0, None


class Caller:
    """Who calls an API, with permissions."""

    permissions: dict[str, Any]

    def may(self, permission: str, level: str = "read_only") -> bool:
        """A boolean permission, or perm_command at least at the level."""
        granted = self.permissions.get(permission, False)
        if permission == "perm_command":
            return granted == "full_access" or (granted == "read_only" and level == "read_only")
        return bool(granted)


class ApiAccount(Caller):
    """An API account of /login > Management > API Configuration."""

    def __init__(self, number: int, spec: dict[str, Any], limits: dict[str, Any]) -> None:
        self.id, self.name, self.comments = number, spec["name"], spec["comments"]
        self.client_id, self.secret = spec["client_id"], spec["client_secret"]
        self.enabled, self.allow_list = spec["enabled"], list(spec["allow_list"])
        self.permissions = dict(spec["permissions"])
        self.attempts = Attempts(limits)
        self.legacy = False

    def new_secret(self) -> str:
        """Regenerate and save: 44 characters that look like base64 (docs/vendor/authentication.md#token-request)."""
        self.secret = secrets.token_urlsafe(32) + "="
        return self.secret

    def admits(self, address: Any) -> bool:
        """Does the allow list let this address in? An empty list lets all in."""
        networks = (ipaddress.ip_network(text, strict=False) for text in self.allow_list)
        return not self.allow_list or any(ipaddress.ip_address(address) in network for network in networks)


class LegacyUser(Caller):
    """A user who calls the API with user name and password, as before 16.1; an administrator may do everything."""

    def __init__(self, spec: dict[str, Any], limits: dict[str, Any]) -> None:
        self.name = self.client_id = spec["username"]
        self.password, self.attempts = spec["password"], Attempts(limits)
        self.enabled = self.legacy = True
        command = "full_access" if spec["administrator"] else "read_only" if spec["command_api"] else "deny"
        self.permissions = {"perm_command": command, "perm_backup": spec["administrator"], "perm_reporting": spec["administrator"]}

    def admits(self, address: Any) -> bool:
        return True


class WebAccount:
    """A person's account on /appliance or /login; they are separate."""

    def __init__(self, spec: dict[str, Any], limits: dict[str, Any], expired: bool = False) -> None:
        self.username, self.password, self.expired = spec["username"], spec["password"], expired
        self.attempts = Attempts(limits)

    def check(self, password: str, now: float) -> str:
        """'ok', 'expired' (right, but must be changed), 'wrong' or 'locked'."""
        if self.attempts.locked(now):
            return "locked"
        if not same(password, self.password):
            self.attempts.fail(now)
            return "wrong"
        self.attempts.reset()
        return "expired" if self.expired else "ok"

    def change(self, password: str) -> None:
        self.password, self.expired = password, False


class Accounts:
    """All accounts of one machine."""

    def __init__(self, world: dict[str, Any], password_expired: Any) -> None:
        specs, limits = world["accounts"], world["limits"]
        self.api = {spec["client_id"]: ApiAccount(n, spec, limits) for n, spec in enumerate(specs["api"], 1)}
        self.legacy = {spec["username"]: LegacyUser(spec, limits) for spec in specs["legacy_users"]}
        self.web = {
            "appliance": {s["username"]: WebAccount(s, limits, password_expired) for s in specs["appliance"]},
            "login": {s["username"]: WebAccount(s, limits) for s in specs["login"]},
        }

    def take_from(self, other: Any) -> None:
        """A data sync: the accounts of the site become those of the other machine; those of /appliance are the machine's own."""
        self.api, self.legacy = copy.deepcopy(other.api), copy.deepcopy(other.legacy)
        self.web["login"] = copy.deepcopy(other.web["login"])

    def check_web(self, area: str, username: str, password: str, now: float) -> str:
        """As WebAccount.check(); an unknown name is 'wrong'. area: 'appliance' or 'login'."""
        account = self.web[area].get(username)
        return account.check(password, now) if account else "wrong"

    def legacy_user(self, username: str, password: str, now: float) -> LegacyUser | None:
        """The user these belong to, or None."""
        user = self.legacy.get(username)
        if user is None or user.attempts.locked(now):
            return None
        if not same(password, user.password):
            user.attempts.fail(now)
            return None
        user.attempts.reset()
        return user
