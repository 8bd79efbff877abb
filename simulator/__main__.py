# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""python -m simulator: run a world in the foreground until it is told to stop."""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import signal
import sys
import tempfile
import threading
from typing import Any

from . import tls, world
from .control import Control
from .server import Port, Servers
from .simulation import Simulation


def options(arguments: Any) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulator", description=__doc__, allow_abbrev=False)
    add = parser.add_argument
    add("--world", default="far_outdated", help="a world file, or one of: " + ", ".join(world.shipped()))
    add("--check", action="store_true", help="only say whether the world can be used")
    add("--host", default="127.0.0.1", help="address of the appliances (default %(default)s)")
    add("--port", type=int, default=0, help="HTTPS port of the first appliance; 0 takes a free one")
    add("--control-port", type=int, default=0, help="port of the control, on 127.0.0.1; 0 takes a free one")
    add("--speed", type=float, help="virtual seconds per real second that a client waits; 0 stands still")
    add("--idle-speed", type=float, help="the same where nothing is under way and the client has waited for some time")
    add("--ready-file", type=pathlib.Path, help="JSON with all addresses, written once everything listens")
    add("--tls-dir", type=pathlib.Path, help="where ca.pem is written (default: a temporary folder)")
    return parser.parse_args(arguments)


def main(arguments: Any = None) -> int:
    """0 after a stop that was asked for, 2 for a world that cannot be used."""
    given = options(arguments)
    try:
        chosen = world.load(given.world)
    except world.WorldError as exc:
        print(f"simulator: {exc}", file=sys.stderr)
        return 2
    if given.check:
        return 0
    with tempfile.TemporaryDirectory(prefix="simulator-") as folder:
        return run(given, chosen, given.tls_dir or pathlib.Path(folder))


def run(given: Any, chosen: Any, folder: Any) -> int:
    """Serve until SIGTERM, SIGINT or POST /stop."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, frame: stop.set())
    simulation = Simulation(chosen, speed=given.speed, idle_speed=given.idle_speed)
    servers = Servers(simulation, given.host, given.port)
    control = Port("127.0.0.1", given.control_port, None)
    control.app = Control(simulation, servers, stop.set)
    folder.mkdir(parents=True, exist_ok=True)
    ca_file = folder.resolve() / "ca.pem"
    tls.write_ca(ca_file, [site.machine for site in simulation.sites])
    control.start()
    facts = {
        "pid": os.getpid(),
        "control": f"http://127.0.0.1:{control.port}",
        "ca_file": str(ca_file),
        "appliances": servers.addresses(),
        "pairs": servers.public_addresses(),
        "accounts": chosen["accounts"],
    }
    if given.ready_file:
        write_ready(given.ready_file, facts)
    print(greeting(chosen, facts), flush=True)
    stop.wait()
    for port in (*servers.ports, *servers.public, control):
        port.stop()
    if given.ready_file:
        given.ready_file.unlink(missing_ok=True)
    return 0


def write_ready(path: Any, facts: Any) -> None:
    """At once or not at all: whoever waits for the file never reads half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    os.replace(draft, path)


def greeting(chosen: Any, facts: Any) -> str:
    """What a person needs to play. The accounts are inventions, so they are no secret."""
    lines = [f"World {chosen['name']}: {chosen['description']}"]
    for one in facts["appliances"]:
        lines.append(f"  {one['name']}: {one['url']}  ({one['hostname']}), pages {one['url']}/appliance and /login")
    lines += [f"  public name of {one['name']}: {one['url']}  ({one['hostname']})" for one in facts["pairs"]]
    for account in chosen["accounts"]["api"]:
        lines.append(f"  API account: {account['client_id']} / {account['client_secret']}")
    for kind in ("appliance", "login", "legacy_users"):
        lines += [f"  /{kind}: {one['username']} / {one['password']}" for one in chosen["accounts"][kind]]
    lines += [f"  certificate authority: {facts['ca_file']}", f"  control: {facts['control']}"]
    return "\n".join([*lines, f"  stop: Ctrl-C, kill {facts['pid']}, or POST {facts['control']}/stop"])


if __name__ == "__main__":
    sys.exit(main())
