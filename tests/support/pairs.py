# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Pairs as values, for the tests of what is decided about them."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.pair import Node, Pair, Public

NOW = 1_772_452_800.0
A, B, STRANGER = "a" * 32, "b" * 32, "c" * 32


def node(name, role, *, members=None, **more):
    guid = {"a": A, "b": B}[name]
    facts = {
        "guid": guid,
        "hostname": f"{name}.example.com",
        "product": "rs",
        "version": "20.2.1",
        "build": "1",
        "healthy": True,
        "cluster_role": "single",
        "clock": NOW,
        "last_data_sync": NOW - 60,
        "last_data_sync_status": "Success",
    }
    return Node(name=name, host=f"{name}.example.com", role=role, members=(A, B) if members is None else members, **{**facts, **more})


def related(primary="a", public="", **both):
    """A pair whose relation stands, the public name at the primary unless told otherwise."""
    roles = {name: "primary" if name == primary else "backup" for name in "ab"}
    return pair([node(name, roles[name], **both) for name in "ab"], public or primary)


def broken(public="a", versions=("20.2.1", "20.2.1"), roles=("none", "none"), **both):
    nodes = [
        node(
            name,
            role,
            members=({"a": A, "b": B}[name],),
            version=version,
            build=f"build {version}",
            **{"last_data_sync": None, "last_data_sync_status": "", **both},
        )
        for name, role, version in zip("ab", roles, versions, strict=True)
    ]
    return pair(nodes, public)


def pair(nodes, public):
    guid = {"a": A, "b": B, "elsewhere": STRANGER}.get(public, "")
    reachable = public != "away"
    seen = Public("support.example.com", reachable=reachable, why="" if reachable else "refused", guid=guid)
    return Pair(tuple(nodes), None if public == "none" else seen)
