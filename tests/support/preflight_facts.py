# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The facts of a good appliance, for the tests of the preflight's checks."""

import copy

from ansible_collections.bomgar.appliance.plugins.module_utils.model.package import Package
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.planner import make_plan

GUID = "0123456789abcdef0123456789abcdef"
NOW = 1_772_452_800.0


def planned(*names, base="6.0.1"):
    rows = [Package(name, "base" if name.startswith("Base") else "site", name.split()[1], "available") for name in names]
    return make_plan(site_version="18.3.2", base_version=base, packages=rows).as_dict()


GOOD = {
    "info": {
        "api_version": "1.22.2",
        "product": "rs",
        "clock": NOW,
        "generation": "xml",
        "company": "",
        "permissions": {"perm_command": "read_only", "perm_backup": True, "perm_configuration": True},
    },
    "health": {
        "version": "18.3.2",
        "build": "1",
        "healthy": True,
        "message": "",
        "hostname": "a.example.com",
        "guid": GUID,
        "cluster_role": "",
        "failover_role": "none",
        "shared_ips": [],
        "last_data_sync": None,
        "last_data_sync_status": "",
    },
    "members": [
        {
            "guid": GUID,
            "name": "a",
            "public_hostname": "a.example.com",
            "cluster_role": "single",
            "failover_role": "none",
            "accepting": True,
            "timezone_offset": 0,
        }
    ],
    "basics": {
        "model": "B300",
        "serial": "1",
        "base_version": "6.0.1",
        "system_time": "",
        "guid": GUID,
        "hostname": "a.example.com",
        "fields": {},
    },
    "updates": {
        "packages": [{"name": "Base 6.2.0", "kind": "base", "version": "6.2.0", "state": "available", "waits_for": [], "note": ""}],
        "message": "",
        "console_installers_url": "",
        "installing": False,
        "automatic": False,
    },
    "names": [{"name": "a.example.com", "addresses": ["192.0.2.1"], "why": ""}],
    "storage": {"percent_used": 40.0, "fields": {}},
    "jump_settings": {"max_concurrent": 50, "bandwidth": "", "connection_rate": None, "automatic": "enabled", "fields": {}},
    "certificate": {
        "subject": "CN=a.example.com",
        "issuer": "CN=An authority",
        "days_left": 200,
        "not_after": NOW + 200 * 86400,
        "validated": True,
    },
    "tls": {"version": "TLSv1.3"},
    "jump_clients": {"relevant": 200, "updated": 190, "pending": 10},
    "logged_in": [],
    "client_threshold": 95.0,
    "mode": "standalone",
    "pair_signs": [],
    "standalone_reason": "",
    "controller_time": NOW + 2,
    "plan": planned("Base 6.2.0", "Bomgar 19.1.8"),
    "consoles": [{"which": "present", "version": "18.3.2", "path": "/srv/upgrade/consoles/a.msi"}],
    "rebuilt": ["Bomgar 99.1"],
    "state_folder": {
        "path": "/srv/upgrade",
        "writable": True,
        "private": True,
        "free_bytes": 2**40,
        "remedy": "Name another one.",
        "filesystem": "ext4",
        "durable": True,
    },
    "version_start": {"start": "passed", "declared": ""},
    "window": {
        "windows": {"list": [{"start": "22:00", "end": "02:00", "days": []}], "blackouts": [], "margin": 900, "zone": "Europe/Berlin"},
        "step": "install Base 6.2.0",
        "seconds": 3600,
        "basis": "vendor",
    },
    "errors": {},
}


def facts(**changes):
    """Good facts with some changes: section={field: value}, or section=value."""
    made = copy.deepcopy(GOOD)
    for section, change in changes.items():
        if isinstance(change, dict) and isinstance(made.get(section), dict):
            made[section].update(change)
        else:
            made[section] = change
    return made
