# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Checks where a module runs: on the controller or on a bastion, never on the appliance, and without privileges."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from ansible.errors import AnsibleConnectionFailure, AnsibleError

LOCAL = (
    "The modules of bomgar.appliance call the appliance by HTTPS from the controller. Write `connection: local` at the play, or set "
    "`ansible_connection: local` for the host. (For a bastion that alone reaches the appliance, set ansible_host to the bastion.)"
)
PRIVILEGES = "The task runs with become, and the modules of bomgar.appliance need no privileges: write `become: false` at the play."


def refusal(host: str, remote: str | None, addresses: Iterable[Any]) -> dict[str, Any] | None:
    """The failed result if the connection leads to the appliance itself; None otherwise.

    remote:    the address that the connection plugin would log in to
    addresses: the known addresses of the appliance, as host names or URLs
    """
    names = {name_of(one) for one in addresses if one}
    if not remote or str(remote).lower() not in names:
        return None
    return {
        "failed": True,
        "error": "InvalidInput",
        "outcome": "nothing_done",
        "msg": f"{host}: the task would log in to the appliance {remote} itself. {LOCAL}",
    }


def name_of(address: Any) -> str:
    """'a.example.com' of 'https://A.example.com:8443/' or of the bare name."""
    text = str(address)
    try:
        return (urlsplit(text if "://" in text else f"//{text}").hostname or "").lower()
    except ValueError:  # the module itself reports the wrong address
        return ""


@contextlib.contextmanager
def advised(local: bool, become: bool) -> Iterator[None]:
    """Run a packed module; an error on the way to it also says what to write instead.

    local: whether the connection stays on the controller. become: whether other privileges are requested.
    """
    try:
        yield
    except AnsibleError as exc:
        advice = ([] if local else [LOCAL]) + ([PRIVILEGES] if become else [])
        kind = AnsibleConnectionFailure if isinstance(exc, AnsibleConnectionFailure) and not local else AnsibleError
        raise kind(" ".join([str(exc), *advice])) from exc


def with_advice(result: dict[str, Any], become: bool) -> dict[str, Any]:
    """The result of a packed module, with a hint if the module did not start."""
    if become and result.get("failed") and "outcome" not in result:
        return dict(result, msg=f"{result.get('msg', '')} {PRIVILEGES}".strip())
    return result
