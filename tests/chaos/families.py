# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The families of faults: what goes wrong at the n-th request of an upgrade, and how it is put right before the next run."""

import contextlib
import errno
import itertools
import os
import stat
from unittest import mock

PERMISSIONS = ("perm_command", "perm_backup", "perm_configuration")
WHOLE = {"perm_command": "full_access", "perm_backup": True, "perm_configuration": True}


class Family:
    """strike(bench, n): arrange that the n-th request from now on is hit; heal(bench): put right what does not heal by itself.

    timeout: seconds of silence that the client bears. during(bench, n): a context around the run.
    """

    def __init__(self, strike=lambda bench, n: None, heal=lambda bench: None, timeout=30, during=None):
        self.strike, self.heal, self.timeout = strike, heal, timeout
        self.during = during or (lambda bench, n: contextlib.nullcontext())


def scripted(kind, timeout=30, **options):
    def strike(bench, n):
        bench.running.fault(kind, skip=n, **{name: value(n) if callable(value) else value for name, value in options.items()})

    return Family(strike, timeout=timeout)


def acted(act, heal=lambda machine: None):
    """act: an order of the control port, or callable(n) -> order. heal: called with each machine."""

    def strike(bench, n):
        bench.running.fault("act", skip=n, act=act(n) if callable(act) else act)

    def put_right(bench):
        for site in bench.running.simulation.sites:
            heal(site.machine)

    return Family(strike, put_right)


def _enable(machine):
    for account in machine.accounts.api.values():
        account.enabled = True


def _permit(machine):
    for account in machine.accounts.api.values():
        account.permissions.update(WHOLE)


def _withdrawal(n):
    permission = PERMISSIONS[n % len(PERMISSIONS)]
    return {"do": "set_permission", "permission": permission, "value": "deny" if permission == "perm_command" else False}


def _offer(machine):
    for package in machine.packages.all():
        machine.packages.offer(package.id, True)


def _familiar(machine):
    machine.strange_certificate = False


def _room(machine):
    machine.storage["percent_used"] = 23


ADMINISTRATOR = (
    {"do": "install_package", "package": "base-6.2.0"},
    {"do": "install_package", "package": "rs-22.1.4"},
    {"do": "restart"},
    {"do": "sync_now"},
    {"do": "set_role", "role": "primary"},
    {"do": "break_relation"},
)


@contextlib.contextmanager
def full_disk(bench, n):
    """From the n-th request on this machine's disk takes no byte more."""
    write, log = os.write, bench.running.simulation.log

    def refusing(descriptor, data):
        if len(log.entries()) > n and stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, data)

    with mock.patch.object(os, "write", refusing):
        yield


FAMILIES = {
    "dropped before": scripted("drop_before"),
    "dropped after": scripted("drop_after"),
    "time-out": scripted("delay", timeout=1, seconds=1.3),
    "5xx": scripted("status", status=lambda n: (500, 502, 503)[n % 3]),
    "login page": scripted("login_page"),
    "error in a 200": scripted("xml_error", text="An internal error occurred."),
    "JSON error": scripted("json_error", text="Something went wrong.", status=lambda n: (200, 400, 401, 403)[n % 4]),
    "truncated body": scripted("truncate"),
    "wrong content type": scripted("content_type"),
    "missing field": scripted("remove_field", nth=lambda n: n),
    "wrong type": scripted("wrong_type", nth=lambda n: n),
    "expired token": scripted("expire_token"),
    "token pushed out": acted({"do": "push_out_tokens"}),
    "session expired": scripted("expire_session"),
    "account locked": acted({"do": "enable_account", "enabled": False}, _enable),
    "permission withdrawn": acted(_withdrawal, _permit),
    "strange certificate": acted({"do": "serve_strange_certificate"}, _familiar),
    "clock stepped": acted(lambda n: {"do": "step_clock", "seconds": (-7200, 7200, 200_000)[n % 3]}),
    "disk full here": Family(during=full_disk),
    "disk full there": acted({"do": "set_storage", "percent_used": 100}, _room),
    "old version lags": acted({"do": "set_lag", "minutes": 12}),
    "flapping": acted({"do": "flap", "times": 3, "seconds": 240}),
    "package gone": acted(lambda n: {"do": "withdraw_package", "package": ("base-6.2.0", "rs-22.1.4")[n % 2]}, _offer),
    "second administrator": acted(lambda n: ADMINISTRATOR[n % len(ADMINISTRATOR)]),
}
MODES = ("standalone", "synchronous", "asynchronous")


def every_case(lengths):
    """All (mode, family, n), for {mode: number of requests of an upgrade without faults}."""
    return [(mode, family, n) for mode in MODES for n, family in itertools.product(range(lengths[mode]), FAMILIES)]
