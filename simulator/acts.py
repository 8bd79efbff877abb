# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the control port can make happen to an appliance: POST /act {"do": name, ...}."""

import difflib
import inspect
import ipaddress

from . import client_acts, world
from .act_error import ActError
from .machine import Refused


def act(simulation, order):
    """Do one act on one appliance (the first, unless "appliance" names another); a dict of what came of it."""
    order = dict(order)
    name, appliance = order.pop("do", None), order.pop("appliance", None)
    function = ACTS.get(name)
    if function is None:
        near = difflib.get_close_matches(str(name), ACTS, n=1)
        raise ActError(f"no act is called {name!r}" + (f" (did you mean {near[0]!r}?)" if near else ""))
    machine = _machine(simulation, appliance or order.get("node"))
    try:
        inspect.signature(function).bind(machine, **order)
    except TypeError as exc:
        raise ActError(f"{name}: {exc} (takes: {', '.join(list(inspect.signature(function).parameters)[1:])})") from exc
    machine.settle()
    machine.event(f"act {name}", **{key: value for key, value in order.items() if "password" not in key})
    try:
        return function(machine, **order) or {}
    except Refused as exc:
        raise ActError(str(exc)) from exc


def _machine(simulation, name):
    if name is None:
        return simulation.sites[0].machine
    try:
        return simulation.machine(name)
    except KeyError as exc:
        raise ActError(f"no appliance is called {name!r}") from exc


def _account(machine, client_id):
    """By client id or by name; the only one if none is given."""
    accounts = machine.accounts.api
    if client_id is None and len(accounts) == 1:
        return next(iter(accounts.values()))
    for account in accounts.values():
        if client_id in (account.client_id, account.name):
            return account
    raise ActError(f"no API account is called {client_id!r} (known: {', '.join(a.name for a in accounts.values())})")


def _web_account(machine, area, username):
    found = machine.accounts.web.get(area, {}).get(username)
    if found is None:
        raise ActError(f"no account of {area!r} is called {username!r} (areas: appliance, login)")
    return found


def _package(machine, package):
    if machine.packages.get(package) is None:
        known = ", ".join(one.id for one in machine.packages.all())
        raise ActError(f"no package is called {package!r} (known: {known})")
    return package


def set_permission(machine, permission, value, account=None):
    permissions = _account(machine, account).permissions
    if permission not in permissions:
        raise ActError(f"no permission is called {permission!r} (known: {', '.join(permissions)})")
    world.check("permissions", {permission: value})
    permissions[permission] = value


def enable_account(machine, account=None, enabled=True):
    """Disabling kills all tokens of the account at once."""
    found = _account(machine, account)
    found.enabled = enabled
    if not enabled:
        machine.tokens.revoke(found.client_id)


def new_secret(machine, account=None):
    """Regenerate and save: all tokens of the account die."""
    found = _account(machine, account)
    machine.tokens.revoke(found.client_id)
    return {"client_secret": found.new_secret()}


def set_allow_list(machine, addresses, account=None):
    """addresses: a list of networks; empty lets all in."""
    for text in addresses:
        ipaddress.ip_network(text, strict=False)  # its ValueError is a good sentence
    _account(machine, account).allow_list = list(addresses)


def revoke_tokens(machine):
    machine.tokens.clear()


def enable_xml_api(machine, enabled=True):
    machine.features["xml_api_enabled"] = enabled


def offer_package(machine, package):
    machine.packages.offer(_package(machine, package), True)


def withdraw_package(machine, package):
    machine.packages.offer(_package(machine, package), False)


def set_update_server(machine, state):
    if state not in ("ok", "unreachable", "build_failed"):
        raise ActError("state is one of ok, unreachable, build_failed")
    machine.update_server = state


def set_health(machine, problem=""):
    """An empty problem: healthy."""
    machine.health_problem = problem


def set_storage(machine, percent_used):
    world.check("storage", {"percent_used": percent_used})
    machine.storage["percent_used"] = percent_used


def restart(machine):
    machine.restart()


def flap(machine, times=3, seconds=30):
    """Its services come and go: so many times away for so many seconds, and back as long in between."""
    machine.flap(times, seconds)


def step_clock(machine, seconds):
    """The world's clock is set: forward, or back as an appliance without NTP may."""
    machine.clock.set(machine.clock.now() + seconds)


def serve_strange_certificate(machine, strange=True):
    """HTTPS answers with a certificate that nobody was told of."""
    machine.strange_certificate = strange


def renew_certificate(machine, days_left=400):
    """The default certificate is replaced by another one of the same authority and names."""
    machine.renew_certificate(days_left)


def set_lag(machine, minutes):
    """How long the APIs tell the old version after each package from now on."""
    for package in machine.packages.all():
        package.minutes["lag"] = minutes


def push_out_tokens(machine, account=None):
    """Another program of the same account fetches as many tokens as there may be: all others die in silence."""
    for _token in range(machine.limits["tokens"]):
        machine.tokens.issue(_account(machine, account).client_id, machine.now())


def install_package(machine, package):
    """Somebody presses Install This Update and agrees to what is asked."""
    machine.start_install(_package(machine, package), {})


def finish_install(machine):
    """Move the clock to the end of what is being installed."""
    left = machine.install_seconds_left()
    machine.clock.advance(left)
    machine.settle()
    return {"advanced": left}


def set_web_password(machine, area, username, password):
    _web_account(machine, area, username).change(password)


def expire_web_password(machine, area, username):
    _web_account(machine, area, username).expired = True


def _pair(machine):
    if machine.pair is None:
        raise ActError(f"{machine.name!r} is no node of a pair")
    return machine.pair


def switch_public(machine, node=None, pair=None):
    """DNS, NAT or the shared IP is moved to this node of the pair. pair may be left out: the node knows."""
    _pair(machine).switch(node or machine.name)


def set_role(machine, role, data_sync_first=False, force=False):
    """Somebody presses Become Primary or Become Backup on this node."""
    return {"answer": _pair(machine).set_role(machine, role, data_sync_first=data_sync_first, force=force)}


def claim_role(machine, role):
    """The node says this role from now on, whatever its peer says: what must never happen."""
    _pair(machine).claim(machine, role)


def break_relation(machine):
    _pair(machine).break_relation(machine)


def establish(machine):
    """Somebody presses Establish Relationship on this node: it becomes primary, its peer's data is overwritten."""
    _pair(machine).establish(machine, _pair(machine).peer_of(machine))


def sync_now(machine):
    _pair(machine).start_sync(machine)


def fail_sync(machine, problem=""):
    """Data syncs end with this problem from now on; an empty one: they succeed."""
    _pair(machine).fails = problem


def cut_pair(machine, cut=True):
    """The nodes do not reach each other."""
    _pair(machine).cut = cut


def set_failover_settings(machine, **settings):
    """backup_operations, sync_interval_hours, sync_bandwidth, automatic_failover, primary_timeout_minutes, test_ips."""
    pair = _pair(machine)
    if unknown := set(settings) - set(pair.settings):
        raise ActError(f"no failover setting is called {sorted(unknown)[0]!r} (known: {', '.join(pair.settings)})")
    pair.settings.update(settings)


ACTS = {
    function.__name__: function
    for function in (
        *client_acts.ACTS,
        set_permission,
        enable_account,
        new_secret,
        set_allow_list,
        revoke_tokens,
        enable_xml_api,
        offer_package,
        withdraw_package,
        set_update_server,
        set_health,
        set_storage,
        restart,
        flap,
        step_clock,
        serve_strange_certificate,
        renew_certificate,
        set_lag,
        push_out_tokens,
        install_package,
        finish_install,
        set_web_password,
        expire_web_password,
        switch_public,
        set_role,
        claim_role,
        break_relation,
        establish,
        sync_now,
        fail_sync,
        cut_pair,
        set_failover_settings,
    )
}
