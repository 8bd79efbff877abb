# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Plans the upgrade of a site from what site_info read, and fails if the request differs from that of an upgrade under way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..model.describe_plan import describe_plan
from ..model.package import Package
from ..model.pair import Pair
from ..model.read_manifest import read_manifest
from ..model.site_plan import SitePlan
from ..model.window import read_windows
from ..policy.catch_up.declared_start import declared_start
from ..policy.pair.inputs import Policies
from ..policy.plan.approval import plan_document
from ..policy.plan.before import Care, Prepared
from ..policy.plan.request import request_of, target_of
from ..policy.site_plan import Request, Times, plan_site
from ..storage.journal import Journal
from .approved_plan import check_approved, keep_plan, kept_plan
from .hold_request import hold_request


def decide(params: Mapping[str, Any], *, check_mode: bool, say: Callable[[str], None]) -> dict[str, Any]:
    """The result of the module upgrade_plan. PlanError where no path leads to the target; Unsafe where the request changed."""
    pair, request, policies = Pair.from_dict(params["site"]), _request(params), params["policies"]
    kept = kept_plan(params["journal"])
    plan = plan_site(
        pair,
        {name: _offer(one) for name, one in (params["site"].get("offers") or {}).items()},
        request,
        memory=params["memory"],
        policies=_policies(policies),
        care=Care(
            reinstall=policies["client_strategy"] == "reinstall",
            drain=policies["drain"],
            online_floor=policies["online_floor"],
            limits=policies["jump_client_settings"],
        ),
        times=Times(
            policies["estimates"], policies["min_wait"], read_windows(params["windows"]), declared_start(policies["running_since"])
        ),
        prepared=Prepared(**{**params["prepared"], "checked": tuple(params["prepared"]["checked"])}),
        earlier=kept,
    )
    requested, lines = request_of(mode=request.mode, **request.wanted), describe_plan(plan)
    document, approved = plan_document(plan, requested, kept), params["approved_plan"] or ""
    lines = [*lines, f"Plan {document['hash']}"] if plan.steps else lines
    if approved and plan.steps:
        check_approved(approved, document, kept)
    if params["journal"] and policies["first"]:
        hold_request(Journal(params["journal"]), requested, lines, reason=params["replan_reason"] or "", write=not check_mode)
    if params["journal"] and plan.steps and not check_mode:
        keep_plan(params["journal"], document, approved=approved)
    return {
        "changed": False,
        "plan": {**plan.as_dict(), "hash": document["hash"]},
        "document": document,
        "steps": list(plan.steps),
        "not_needed": list(plan.not_needed),
        "next": plan.next,
        "reached": plan.reached,
        "blockers": [one.as_dict() for one in plan.blockers],
        "blocked": [one.line() for one in plan.blockers],
        "lines": lines,
        "hash": document["hash"],
        "purpose": params["purpose"],
        "request": requested,
        "diff": _diff(pair, plan, lines),
    }


def _request(params: Mapping[str, Any]) -> Request:
    manifest = read_manifest(params["manifest"]) if params["manifest"] is not None else None
    return Request(params["mode"], target_of(params["target_version"]), params["target_base"], manifest, params["optional_packages"])


def _offer(offer: Mapping[str, Any]) -> tuple[str | None, list[Package]]:
    rows = [Package(**{**row, "waits_for": tuple(row["waits_for"])}) for row in offer["packages"]]
    return offer["base_version"], rows


def _policies(given: Mapping[str, Any]) -> Policies:
    interim = given["interim"]
    names = ("failover_relation_during_upgrade", "base_while_related", "data_gap", "restore_roles", "sync_max_age")
    return Policies(
        interim_min=interim["min_seconds"],
        interim_max=interim["max_seconds"],
        interim_acknowledge=interim["acknowledge"],
        acknowledged=tuple(given["acknowledged"]),
        **{name: given[name] for name in names},
    )


def _diff(pair: Pair, plan: SitePlan, lines: Sequence[str]) -> dict[str, str]:
    """The versions of each node before and after the plan."""
    before = {
        node.name: {"base": plan.plans[node.name].base_version, "site": node.version} for node in pair.nodes if node.name in plan.plans
    }
    after = {name: dict(versions) for name, versions in before.items()}
    for step in plan.steps:
        if step["action"] == "install" and step["kind"] in ("base", "site"):
            after[step["node"]][step["kind"]] = step["version"]
    return {"before": _text(before, []), "after": _text(after, lines)}


def _text(versions: Mapping[str, Any], lines: Sequence[str]) -> str:
    shown = [f"{name}: Base {one['base']}, version {one['site']}" for name, one in versions.items()]
    return "\n".join([*shown, *lines]) + "\n"
