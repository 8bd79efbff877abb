# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report as JUnit XML, for programs that show test results: the run, its steps and its checks. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree

_GOOD_STATES = ("reached", "waiting", "manual", "planned", "stopped", "prepared")
_FAILURE, _SKIPPED, _ERROR = "failure", "skipped", "error"
# How a step or a check is shown; what is not listed passed.
_STEPS = {
    "planned": _SKIPPED,
    "not_needed": _SKIPPED,
    "waiting": _SKIPPED,
    "withdrawn": _SKIPPED,
    "unverified": _FAILURE,
    "open": _FAILURE,
}
_CHECKS = {
    "fail_outage": _FAILURE,
    "fail_upgrade": _FAILURE,
    "error": _ERROR,
    "manual": _SKIPPED,
    "post": _SKIPPED,
    "not_applicable": _SKIPPED,
}
_COUNTS = {_FAILURE: "failures", _SKIPPED: "skipped", _ERROR: "errors"}


def junit(report: Mapping[str, Any]) -> bytes:
    """The XML of a report (build_report). Its texts have no control characters, which XML cannot hold."""
    root = ElementTree.Element("testsuites", name=f"bomgar.appliance {report['site']}")
    upgrade = report["upgrade"]
    _suite(root, "run", [_verdict(report)], upgrade["begun"])
    _suite(root, "steps", map(_step, report["steps"]), upgrade["begun"])
    _suite(root, "checks", map(_check, report["checks"]), upgrade["begun"])
    if report["comparison"]["verdict"]:
        _suite(root, "comparison", map(_area, report["comparison"]["areas"]), report["comparison"]["at"])
    return _written(root)


def junit_of_checks(node: str, content: Mapping[str, Any]) -> bytes:
    """The XML of the results of a preflight of one node (STATE/preflight/NODE.json)."""
    root = ElementTree.Element("testsuites", name=f"bomgar.appliance {node}")
    kind = None if content["passed"] else _FAILURE
    _suite(
        root, "preflight", [_case("preflight", "passed", None, kind, content["summary"], "\n".join(content["blocking"]))], content["time"]
    )
    _suite(root, "checks", (_check({"node": node, **one}) for one in content["checks"]), content["time"])
    return _written(root)


def _written(root: ElementTree.Element) -> bytes:
    for name in ("tests", *_COUNTS.values()):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _suite(root: ElementTree.Element, name: str, cases: Iterable[ElementTree.Element], begun: str | None) -> None:
    found = list(cases)
    suite = ElementTree.SubElement(root, "testsuite", name=name, tests=str(len(found)))
    for kind, count in _COUNTS.items():
        suite.set(count, str(sum(case.find(kind) is not None for case in found)))
    if begun:
        suite.set("timestamp", begun)
    suite.extend(found)


def _case(suite: str, name: str, seconds: float | None, kind: str | None, message: str, more: str = "") -> ElementTree.Element:
    case = ElementTree.Element("testcase", classname=suite, name=name, time=f"{seconds or 0:.0f}")
    if kind:
        child = ElementTree.SubElement(case, kind, message=message)
        child.text = more or None
    return case


def _verdict(report: Mapping[str, Any]) -> ElementTree.Element:
    kind = None if report["state"] in _GOOD_STATES else _FAILURE
    return _case("run", report["state"], report["upgrade"]["seconds"], kind, report["verdict"], "\n".join(report["open"]))


def _step(row: Mapping[str, Any]) -> ElementTree.Element:
    number = f"{row['number']}. " if row["number"] is not None else ""
    where = f" on {row['node']}" if row["node"] else ""
    return _case("steps", f"{number}{row['title']}{where}", row["seconds"], _STEPS.get(row["state"]), row["state"], row["why"])


def _check(one: Mapping[str, Any]) -> ElementTree.Element:
    kind = _SKIPPED if one["waived_by"] and one["kind"] != "pass" else _CHECKS.get(one["kind"])
    waived = f"waived by {one['waived_by']}: " if one["waived_by"] else ""
    return _case(f"checks.{one['node']}", one["id"], None, kind, f"{waived}{one['message'] or one['kind']}", one["evidence"])


def _area(one: Mapping[str, Any]) -> ElementTree.Element:
    kind = {"bad": _FAILURE, "unknown": _SKIPPED}.get(one["verdict"])
    return _case(f"comparison.{one['node']}" if one["node"] else "comparison", one["area"], None, kind, one["sentence"])
