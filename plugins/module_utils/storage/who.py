# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Who runs the collection, and with which versions: part of each journal entry.

The controller hands it to its tasks in the environment (VARIABLE), so that a module on a bastion records the person at the controller
and not the account on the bastion. Without the variable a process describes itself.
"""

from __future__ import annotations

import getpass
import json
import multiprocessing
import os
import platform
import pwd
import socket
from collections.abc import Mapping
from typing import Any

COLLECTION = "0.1.0"  # as in galaxy.yml, which a packed module cannot read
VARIABLE = "BOMGAR_APPLIANCE_WHO"
STEP = "BOMGAR_APPLIANCE_STEP"  # of the environment: the number of the step that a task belongs to


def current_actor() -> dict[str, Any]:
    """Return {user, host, process, collection, ansible_core, python} and, if known, {account, person, awx_user, awx_job}.

    user: the person's account on the controller; account: the one that sudo changed it to; person: the given name.
    """
    try:
        handed = json.loads(os.environ.get(VARIABLE, ""))
    except ValueError:
        handed = None
    return handed if isinstance(handed, dict) and handed.get("user") else this_process()


def this_process(ansible_core: str = "", **known: object) -> dict[str, Any]:
    """Return the same for this process. known: more fields from the caller; empty values are left out."""
    account = account_name()
    user = os.environ.get("SUDO_USER") or account
    more = {"account": account if user != account else "", **known}
    return {
        "user": user,
        "host": socket.gethostname(),
        "process": controller_process() or os.getpid(),
        "collection": COLLECTION,
        "ansible_core": ansible_core,
        "python": platform.python_version(),
        **{name: str(value) for name, value in more.items() if value},
    }


def current_step() -> int | None:
    """Return the number of the upgrade's step that this task belongs to, or None."""
    number = os.environ.get(STEP, "")
    return int(number) if number.isascii() and number.isdecimal() else None


def controller_process() -> int | None:
    """Return the process that lives as long as the run: the parent of this worker; None in a module that runs by itself."""
    parent = multiprocessing.parent_process()
    return parent.pid if parent else None


def account_name() -> str:
    """Return the name of this process's account; in a container without a name for it, that of the environment, or its number."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        pass
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return str(os.geteuid())


def actor_name(actor: Mapping[str, Any]) -> str:
    """Return the name of a person who declares something: the given name, the one in AWX, or the account."""
    return actor.get("person") or actor.get("awx_user") or actor.get("user") or "unknown"
