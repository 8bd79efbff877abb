# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Packages of one hop and of two, and what both nodes of a pair offer of them."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.package import Package

BASE = Package("Base 6.2.0", "base", "6.2.0", "available")
SITE = Package("Bomgar 22.1.4", "site", "22.1.4", "blocked", ("Base 6.2.0",))
OPEN = Package("Bomgar 22.1.4", "site", "22.1.4", "available")
NEXT = Package("Bomgar 23.2.1", "site", "23.2.1", "blocked", ("Bomgar 22.1.4",))
LICENCE = Package("Licence add-on 200 Jump Clients", "licence", None, "available")
HOTFIX = Package("Hotfix BT22-01", "hotfix", None, "available")

# The version of Base that a node runs, and what it offers.
FRESH, HALF, DONE = ("6.0.2", [BASE, SITE]), ("6.2.0", [OPEN]), ("6.2.0", [])
TWO_HOPS = ("6.0.2", [BASE, SITE, NEXT])
