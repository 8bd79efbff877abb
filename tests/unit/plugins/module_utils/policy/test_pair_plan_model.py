# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The planner against a small model of a pair, exhaustively: from every state that steps, faults, aborts and people can make.

The model is written from the procedure, not from the planner: two chains of versions, a relation, a public name, the clients' gate.
"""

from dataclasses import dataclass, replace

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.package import Package
from ansible_collections.bomgar.appliance.plugins.module_utils.model.pair_step import PairStep
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.inputs import Memory, Policies
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.planner import decide_pair
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.site_plan import Request, plan_site

from tests.support.pairs import NOW, broken, node, pair

BASES, SITES = ("6.0.2", "6.2.0"), ("20.2.1", "22.1.4", "23.2.1")
OTHER = {"a": "b", "b": "a"}


@dataclass(frozen=True)
class World:
    """base, site: positions in the chains, of a and b; related, primary: the relation; front: who is behind the public name;
    synced: is the last data sync fresh (None: none is told); gate: the clients owe following; unsynced: was a package installed
    since the last sync; the rest is the journal's memory."""

    base: tuple = (0, 0)
    site: tuple = (0, 0)
    related: bool = True
    primary: str = "a"
    front: str = "a"
    synced: object = False
    catch_up: bool = False
    noted_catch_up: bool = False
    broken: bool = False
    moving: str = ""
    unsynced: bool = False

    def of(self, name):
        return "ab".index(name)


def observed(world):
    versions = [SITES[position] for position in world.site]
    if not world.related:
        return broken(world.front, versions)
    last = {None: None, True: NOW - 60, False: NOW - 7200}[world.synced]
    nodes = [
        node(
            name,
            "primary" if world.primary == name else "backup",
            version=version,
            build=f"build {version}",
            last_data_sync=last,
            last_data_sync_status="Success" if last else "",
        )
        for name, version in zip("ab", versions, strict=True)
    ]
    return pair(nodes, world.front)


def offers(world, name):
    base, site = world.base[world.of(name)], world.site[world.of(name)]
    rows = [] if base else [Package("Base 6.2.0", "base", "6.2.0", "available")]
    for position in (1, 2):
        if position > site:
            waits = ([] if base else ["Base 6.2.0"]) if position == 1 else ([] if site == 1 else ["Bomgar 22.1.4"])
            rows.append(Package(f"Bomgar {SITES[position]}", "site", SITES[position], "blocked" if waits else "available", tuple(waits)))
    return BASES[base], rows


def remembered(world):
    catch_up = {"version": "any"} if world.noted_catch_up else {}
    return {"catch_up": catch_up, "broken": world.broken, "moving": world.moving, "origin": "a", "unsynced": world.unsynced}


def asked(world, mode, policies):
    memory, offered = Memory.from_dict(remembered(world)), {name: offers(world, name) for name in "ab"}
    return decide_pair(observed(world), offered, mode=mode, target="23.2.1", policies=policies, memory=memory)[0]


def asked_for_all(world, mode, policies, done=0):
    memory, offered = dict(remembered(world), done=done), {name: offers(world, name) for name in "ab"}
    return plan_site(observed(world), offered, Request(mode, "23.2.1"), policies=policies, memory=memory)


def changed(values, index, value):
    return tuple(value if number == index else old for number, old in enumerate(values))


def done(world, step, mode):
    """The world after the step was done and noted. Breaks with an AssertionError what must never be done."""
    me, peer = world.of(step.node), world.of(step.peer)
    if step.action == "sync":
        assert world.related and world.site[0] == world.site[1]
        return replace(world, synced=True, broken=False, unsynced=False)
    if step.action == "break":
        assert world.related
        return replace(world, related=False, synced=None, broken=True, moving="")
    if step.action == "install":
        return installed(world, step, me, peer, mode)
    if step.action == "take_over":
        return moved(world, step, peer)
    if step.action == "establish":
        assert world.front == step.node, "the node that serves would be overwritten"
        assert not world.related and world.site[0] == world.site[1]
        return replace(world, related=True, primary=step.node, synced=True, broken=False, unsynced=False)
    if step.action == "catch_up":
        older = False if world.related and world.synced else world.synced
        return replace(world, catch_up=False, noted_catch_up=False, synced=older)
    assert step.action == "swap" and world.related and world.site[0] == world.site[1]
    return replace(world, primary=step.node, front=step.node, synced=True, broken=False)


def installed(world, step, me, peer, mode):
    serving = world.front == step.node
    assert not (mode == "asynchronous" and serving), "the serving node is being installed"
    if step.kind == "base":
        assert world.base[me] == 0, "installed twice"
        return replace(world, base=changed(world.base, me, 1), broken=False, unsynced=True)
    position = SITES.index(step.version)
    assert world.site[me] == position - 1, "installed twice, or a version was skipped"
    assert world.base[me] == 1, "Base goes before the site package"
    assert not serving or not world.catch_up, "the clients were given no time"
    behind = world.site[peer] < world.site[me]
    assert not behind, "the second node was left behind by more than a hop"
    catch_up = world.catch_up or serving
    noted = world.noted_catch_up or serving
    return replace(world, site=changed(world.site, me, position), broken=False, unsynced=True, catch_up=catch_up, noted_catch_up=noted)


def moved(world, step, old):
    if world.front == step.node:  # it had moved, and nobody had noted it
        return replace(world, noted_catch_up=world.catch_up, moving="")
    new = world.of(step.node)
    skipped = world.site[new] - world.site[old]
    assert skipped <= 1, "the clients miss a version"
    assert not (skipped and world.catch_up), "the clients were given no time"
    roles = {"primary": step.node} if world.related else {}
    opened = bool(skipped)
    return replace(
        world, front=step.node, catch_up=world.catch_up or opened, noted_catch_up=world.noted_catch_up or opened, moving="", **roles
    )


def faulty(world, step, mode):
    """What a fault or an abort in the middle of the step leaves."""
    after = done(world, step, mode)
    noted = {"break": {"broken": True}, "take_over": {"moving": step.node}, "swap": {"moving": step.node}}.get(step.action, {})
    yield replace(world, **noted)  # begun, and nothing happened
    if step.action == "take_over":  # happened, and the run ended before it could note it
        yield replace(after, noted_catch_up=world.noted_catch_up, moving=step.node)
    else:
        yield replace(
            after, noted_catch_up=world.noted_catch_up or after.noted_catch_up
        )  # happened, and the answer was lost: the next run sees it
    if step.action == "establish":
        yield replace(after, synced=None)  # established, the first sync still to come
    if step.action == "swap" or step.action == "take_over" and step.how == "role":
        yield replace(
            after, front=world.front, catch_up=world.catch_up, noted_catch_up=world.noted_catch_up, moving=step.node
        )  # the name did not follow


def by_hand(world):
    """What people do meanwhile, as far as it does no harm by itself."""
    equal = world.site[0] == world.site[1]
    if world.related:
        yield replace(world, related=False, synced=None)
        yield replace(world, synced=False if world.synced is not None else None)
    elif equal:
        yield replace(world, related=True, primary=world.front, synced=None)
    if equal and not world.related:
        yield replace(world, front=OTHER[world.front])
    if world.related and equal:
        yield replace(world, primary=OTHER[world.primary], front=OTHER[world.front])
    yield replace(
        world, broken=False, moving="", noted_catch_up=world.catch_up, unsynced=True
    )  # the journal was lost, and its gate begins anew


def finished(world):
    done = world.site == (2, 2) and world.base == (1, 1) and world.related and not world.catch_up and world.front == world.primary
    return done and world.synced is not None and not world.unsynced


def explored(mode, policies):
    seen, edge = {World()}, [World()]
    while edge:
        world = edge.pop()
        plan = asked(world, mode, policies)
        following = list(by_hand(world))
        if plan.next:
            following += [done(world, plan.next, mode), *faulty(world, plan.next, mode)]
        for one in following:
            if one not in seen:
                seen.add(one)
                edge.append(one)
    return seen


def run_from(world, mode, policies):
    """Where a run without faults ends: (world, the blockers that stopped it)."""
    for _step in range(60):
        plan = asked(world, mode, policies)
        if plan.blockers or plan.reached:
            return world, plan.blockers
        world = done(world, plan.next, mode)
    raise AssertionError(f"no end from {world}")


@pytest.mark.parametrize("restore", [False, True])
@pytest.mark.parametrize("mode", ["synchronous", "asynchronous"])
def test_each_state_leads_to_a_safe_end(mode, restore):
    """To the target, or to a stop while one node serves."""
    policies = Policies(data_gap="accept", restore_roles=restore)
    worlds, stopped = explored(mode, policies), 0
    for world in worlds:
        end, blockers = run_from(world, mode, policies)
        stopped += bool(blockers)
        if blockers:  # a swap whose public name did not follow, and nobody remembers it: one primary, and the way out is told
            assert [one.blocker.value for one in blockers] == ["public_on_backup"] and end.related
        else:
            assert finished(end), (world, end)
            assert mode == "synchronous" or not restore or end.primary == "a", (world, end)
            assert mode != "synchronous" or end.front == world.front, (world, end)
    print(f"{mode}, restore_roles={restore}: {len(worlds)} states, {len(worlds) - stopped} ended at the target, {stopped} stopped")
    assert len(worlds) > 100 and stopped < len(worlds) / 3


@pytest.mark.mission("M27")
@pytest.mark.parametrize("mode", ["synchronous", "asynchronous"])
def test_faultless_pair_takes_shortest_way(mode):
    """Without faults a pair has the promised roles and takes the shortest way."""
    world, policies, actions = World(synced=True), Policies(data_gap="accept"), []
    while not (plan := asked(world, mode, policies)).reached:
        actions.append(plan.next.action)
        world = done(world, plan.next, mode)
    assert finished(world) and world.primary == "a"  # two hops: asynchronous ends where it began
    moves = {"synchronous": 0, "asynchronous": 2}[mode]
    assert {name: actions.count(name) for name in ("break", "install", "establish", "take_over")} == {
        "break": 2,
        "install": 6,
        "establish": 2,
        "take_over": moves,
    }


def shown(steps):
    return [" ".join(filter(None, (one["action"], one["package"], one["node"]))) for one in steps]


def taken_from(world, mode, policies):
    """The steps of a run without faults, and whether it reached the target."""
    steps = []
    while (one := asked(world, mode, policies).next) and len(steps) < 60:
        steps.append(one.as_dict())
        world = done(world, one, mode)
    return steps, asked(world, mode, policies).reached


def is_odd(world):
    """One node has the hop's Base alone: the relation is established once in between. Or nobody noted what clients met by a take-over."""
    return world.base[0] != world.base[1] and world.site[0] == world.site[1] or world.moving == world.front


@pytest.mark.parametrize("restore", [False, True])
@pytest.mark.parametrize("mode", ["synchronous", "asynchronous"])
def test_reachable_states_follow_the_whole_plan(mode, restore):
    """From every reachable state, what is done is the whole plan."""
    policies, compared = Policies(data_gap="accept", restore_roles=restore), 0
    for world in explored(mode, policies):
        plan, (taken, reached) = asked_for_all(world, mode, policies), taken_from(world, mode, policies)
        assert shown(plan.steps)[:1] == shown(taken)[:1]
        if reached and not is_odd(world):
            compared += 1
            assert shown(plan.steps) == shown(taken), world
    assert compared > 100


@pytest.mark.parametrize("mode", ["synchronous", "asynchronous"])
def test_a_step_keeps_its_number_until_the_end(mode):
    world, policies, count = World(synced=True), Policies(data_gap="accept"), 0
    first = asked_for_all(world, mode, policies)
    while (plan := asked_for_all(world, mode, policies, count)).next:
        assert (plan.next["number"], plan.total, plan.certain) == (count + 1, first.total, True)
        world, count = done(world, PairStep.from_dict(plan.next), mode), count + 1
    assert plan.reached and count == first.total
