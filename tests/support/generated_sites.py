# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Varied sites for rehearsals, drawn from a seed: nodes, hops, clients, sessions, what an installation takes, and what stops it."""

import datetime
import random
from dataclasses import dataclass, field

import yaml

from .rehearsals import Variables

NUMBER = 20  # of sites that are rehearsed in all
# Versions that follow each other, with the Base that each needs; '' for one that needs no other.
LINES = (
    (("5.4.0", "19.1.8"), ("6.0.2", "20.2.1"), ("6.2.0", "22.1.4"), ("7.0.0", "23.2.1")),
    (("6.2.0", "22.1.4"), ("7.0.0", "23.2.1"), ("", "23.3.2"), ("", "24.1.2")),
    (("7.0.0", "26.1.1"), ("7.1.0", "26.2.1")),
)
ZONES = {"UTC": 0, "Europe/Berlin": 3600, "America/New_York": -18000}
# What stops an upgrade, and is told by the expected copy or by the variant of that name.
STOPS = {
    "": "",
    "unhealthy": "expected",
    "disk": "expected",
    "no_upgrades": "expected",
    "certificate": "expected",
    "sessions": "sessions_stay",
}
STOPS.update(base_stuck="base_stuck", agreement="agreement_asked", stragglers="expected")
# One stop for each of half of the sites.
ORDER = [
    "", "", "", "", "", "", "", "", "", "", "", "unhealthy", "disk", "no_upgrades", "certificate", "sessions", "base_stuck",
    "agreement", "stragglers", "base_stuck",
]  # fmt: skip


@dataclass
class Site:
    """seed; world: YAML of the simulator; variables: of the site; stop: what stops its upgrade, '' for nothing; facts: of the table."""

    seed: int
    world: str
    variables: Variables
    stop: str
    facts: dict = field(default_factory=dict)


def site(seed):
    """The Site of a number, always the same, but for the date: it begins today, since certificates count by real dates."""
    draw = random.Random(f"site {seed}")
    stop = ORDER[seed % len(ORDER)]
    pair = draw.random() < 0.5
    line = LINES[1] if stop in ("no_upgrades", "stragglers") else draw.choice(LINES)
    hops = draw.randint(1, min(2 if pair else 3, len(line) - 1))
    first = draw.randint(0, len(line) - 1 - hops) if stop != "base_stuck" else 0
    begins = datetime.datetime.combine(datetime.datetime.now(datetime.timezone.utc).date(), datetime.time(draw.randrange(24), 10))
    length = draw.choice([0.7, 1.0, 1.0, 1.9])  # against the usual times; 1.9 is an hour for a site package
    zone = draw.choice(list(ZONES))
    world = {
        "schema": 1,
        "name": f"generated_{seed}",
        "description": f"A generated site, seed {seed}",
        "product": draw.choice(["rs", "rs" if pair else "pra"]),  # nobody knows what an old PRA reports of a pair
        "clock": {"start": begins.isoformat() + "+00:00"},
        "appliances": [_appliance(name, line[first], zone, draw) for name in ("ab" if pair else "a")],
        "packages": _packages(line[first + 1 : first + 1 + hops], length, stop, draw),
        "accounts": ACCOUNTS,
        "clients": _clients(stop, draw),
        "jump_settings": {
            "max_concurrent": draw.choice([20, 50, 200]),
            "connection_rate": draw.choice([5, 50]),
            "bandwidth": draw.choice([10, 100]),
        },
        "certificates": [
            {"name": "support.example.com", "key": draw.choice(["ec", "rsa"]), "default": True, "days_left": draw.choice([60, 310])}
        ],
        "rows_name_requirements": draw.random() < 0.7,
    }
    if pair:
        front = {"front": draw.choice(["dns", "nat"]), "sync": {"minutes": draw.choice([5, 10, 25])}}
        world["pairs"] = [{"name": "support", "nodes": ["a", "b"], "public_hostname": "support.example.com", **front}]
    _stop(world, stop)
    variables = _variables(stop, pair, zone, length, draw)
    facts = {"nodes": len(world["appliances"]), "mode": variables.mode, "hops": hops, "windows": bool(variables.windows), "length": length}
    facts["clients"] = sum(value for key, value in world["clients"]["jump_clients"].items() if isinstance(value, int))
    return Site(seed, yaml.safe_dump(world, sort_keys=False), variables, stop, facts)


ACCOUNTS = {
    "api": [{"client_id": "me", "client_secret": "invented secret", "permissions": {}}],
    "appliance": [{"username": "admin", "password": "appliance-password"}],
    "login": [{"username": "admin", "password": "login-password"}],
}
ACCOUNTS["api"][0]["permissions"] = {"perm_command": "full_access", "perm_backup": True, "perm_configuration": True}


def _appliance(name, versions, zone, draw):
    base, version = versions[0] or "7.0.0", versions[1]
    shown = {"layout": draw.choice(["classic", "modern"]), "language": draw.choice(["en", "de"])}
    down = {"down": {"style": draw.choice(["drop", "503", "html"])}}
    return {
        "name": name,
        "hostname": f"{name}.example.com",
        "base": base,
        "version": version,
        "timezone_offset": ZONES[zone],
        **shown,
        **down,
    }


USUAL = {"base": {"download": 3, "install": 12, "reboot": 5, "lag": 0}, "site": {"download": 5, "install": 20, "reboot": 5, "lag": 1}}


def _packages(line, length, stop, draw):
    packages, needed = [], []
    for base, version in line:
        rows = [("base", base, [])] if base else []
        for kind, number, more in [*rows, ("site", version, needed)]:
            one = {"id": f"{kind}-{number}", "kind": kind, "version": number}
            one["name"] = f"Base {number}" if kind == "base" else f"BeyondTrust Remote Support {number}"
            one["minutes"] = {phase: round(minutes * length * draw.uniform(0.9, 1.1), 1) for phase, minutes in USUAL[kind].items()}
            one["requires"] = list(more) + ([packages[-1]["id"]] if kind == "site" and base else [])
            packages.append(one)
        needed = [packages[-1]["id"]]
    if stop == "base_stuck":
        next(one for one in packages if one["kind"] == "base")["stuck"] = True
    if stop == "agreement":
        packages[-1]["eula"] = "You may use this update as long as your maintenance contract is valid."
    return packages


def _clients(stop, draw):
    number = draw.choice([10, 60, 300, 1500])
    counts = {"active": number * draw.randint(5, 9) // 10, "lost": draw.randint(0, 3), "disabled": draw.randint(0, 3)}
    counts["passive"] = number - counts["active"]
    counts["offline"] = number // 4 if stop == "stragglers" else 0
    people = [{"name": "Ada Example", "sessions": 1, **({} if stop == "sessions" else {"session_minutes": draw.choice([5, 12])})}]
    return {"jump_clients": counts, "representatives": people, "jumpoints": [{"name": "Data centre"}]}


def _stop(world, stop):
    if stop == "unhealthy":
        world["appliances"][0]["health_problem"] = "A service does not run."
    if stop == "disk":
        world["storage"] = {"percent_used": 96}
    if stop == "no_upgrades":
        world["jump_settings"]["automatic"] = "disabled"
    if stop == "certificate":
        world["certificates"][0]["days_left"] = 3


def _variables(stop, pair, zone, length, draw):
    more = {} if stop == "agreement" else {"accept_eula": {"accept_eula": True, "contact": CONTACT}}
    if stop == "sessions" or draw.random() < 0.3:
        more.update(policies={"drain": True}, drain={"policy": "stop", "wait_timeout": 1800})
    windows = {"list": [{"start": "19:00", "end": "05:00"}], "zone": zone} if draw.random() < 0.5 else {}
    estimates = {"site": 1860 * length, "base": 1200 * length} if draw.random() < 0.5 else {}
    mode = draw.choice(["synchronous", "asynchronous"]) if pair else "standalone"
    return Variables(mode=mode, windows=windows, estimates=estimates, more=more)


CONTACT = {"name": "Ada Example", "email": "ada@example.com", "title": "Administrator"}
