# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The pictures of the page as coordinates: the timeline of the nodes and the public name, and the curves of the clients. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...pair_step import INSTALL, SWAP, TAKE_OVER
from .axis import Axis
from .times import Times, read

WIDTH, LEFT, RIGHT = 960, 156, 944
_LANE, _BAR = 46, 26
_UNVERIFIED = ("open", "unverified")
_LETTER = 7.2  # pixels of a letter, about


def timeline_picture(report: Mapping[str, Any], times: Times) -> dict[str, Any] | None:
    """{width, height, lanes, serving, outages, windows, pauses, ticks, runs}; None where nothing was done."""
    line = report["timeline"]
    busy = [_moments(span, line["end"]) for node in line["nodes"] for span in node["spans"]]
    busy += [_moments(one, line["end"]) for one in line["public"]["outages"]]
    if not busy:
        return None
    runs = [read(run["begun"]).timestamp() for run in report["runs"]]
    ends = [read(run["ended"]).timestamp() for run in report["runs"] if run["ended"]]
    axis = Axis([*busy, *((moment, moment) for moment in (*runs, *ends))], LEFT, RIGHT)
    top = 34
    lanes = [_lane(node["name"], node["spans"], top + number * _LANE, axis, line["end"]) for number, node in enumerate(line["nodes"])]
    public = top + len(lanes) * _LANE
    clients = public + _LANE
    windows = _windows(line["windows"], clients + _LANE, axis)
    bottom = clients + _LANE + (_LANE if windows else 0)
    return {
        "width": WIDTH,
        "height": bottom + 42,
        "bottom": bottom,
        "windows": windows,
        "lanes": lanes,
        "public": {"y": public, "serving": [_bar(one, public, axis, line["end"], label=one["node"]) for one in line["public"]["serving"]]},
        "outages": [_outage(one, public, axis, times) for one in line["public"]["outages"]],
        "clients": {"y": clients, "bars": [_bar(span, clients, axis, line["end"]) for span in line["clients"]["spans"]]},
        "pauses": [{"left": one.left, "right": one.right, "label": times.duration(one.end - one.begin)} for one in axis.pauses],
        "ticks": [{"x": x, "time": time, "day": day} for x, time, day in axis.ticks(times)],
        "runs": [axis.place(moment) for moment in runs],
    }


def _windows(windows: Mapping[str, Any], y: float, axis: Axis) -> dict[str, Any] | None:
    """{y, open, waits}: the maintenance windows as far as the axis goes, and the steps that waited for one; None without any."""
    first, last = axis.pieces[0].begin, axis.pieces[-1].end
    drawn = [one for one in windows["spans"] if read(one["ended"]).timestamp() > first and read(one["begun"]).timestamp() < last]
    if not drawn and not windows["waits"]:
        return None
    return {
        "y": y,
        "open": [_bar(one, y, axis, one["ended"]) for one in drawn],
        "waits": [_bar(one, y, axis, one["ended"]) for one in windows["waits"]],
    }


def _moments(span: Mapping[str, Any], end: str) -> tuple[float, float]:
    return read(span["begun"]).timestamp(), read(span["ended"] or end).timestamp()


def _lane(name: str, spans: Sequence[Mapping[str, Any]], y: float, axis: Axis, end: str) -> dict[str, Any]:
    return {"name": name, "y": y, "bars": [_bar(span, y, axis, end, label=span["package"]) for span in spans]}


def _bar(span: Mapping[str, Any], y: float, axis: Axis, end: str, label: str = "") -> dict[str, Any]:
    begin, ended = (axis.place(moment) for moment in _moments(span, end))
    width = max(4.0, ended - begin)
    action = span.get("action", "")
    kind = (
        "open"
        if span.get("state") in _UNVERIFIED
        else "install"
        if action == INSTALL
        else "move"
        if action in (TAKE_OVER, SWAP)
        else "other"
    )
    return {
        "x": begin,
        "y": y + (_LANE - _BAR) / 2,
        "width": width,
        "height": _BAR,
        "kind": kind,
        "label": _short(label, width),
        "span": span,
    }


def _outage(outage: Mapping[str, Any], y: float, axis: Axis, times: Times) -> dict[str, Any]:
    drawn = _bar(outage, y, axis, outage["ended"])
    return {**drawn, "y": y + 5, "height": _LANE - 10, "label": times.duration(outage["seconds"]), "over": outage["over"]}


def _short(label: str, width: float) -> str:
    """As much of a label as a bar has room for: all, its last word, which is a version, its beginning, or ''."""
    room, version = int((width - 8) / _LETTER), label.rpartition(" ")[2]
    if len(label) > room >= len(version):
        return version
    return label if len(label) <= room else label[: room - 1].rstrip() + "…" if room > 8 else ""


# --- curves

_CURVE = {"width": 460, "height": 250, "left": 44, "right": 446, "top": 14, "bottom": 200}


def curve_picture(curve: Mapping[str, Any]) -> dict[str, Any] | None:
    """{width, height, points, line, area, hours, ...} of one catch-up; None where nothing was measured. One point makes no line."""
    known = [one for one in curve["readings"] if one["percent"] is not None and curve["since"] is not None and one["at"] >= curve["since"]]
    if not known or curve["start"] == "declared":
        return None
    frame = _CURVE
    hours = [(one["at"] - curve["since"]) / 3600 for one in known]
    last = max(24.0, *hours)
    step = next(one for one in (6, 12, 24, 48, 96, 168, 10**6) if last / one <= 7)

    def x(hour: float) -> float:
        return round(frame["left"] + (frame["right"] - frame["left"]) * hour / last, 1)

    def y(percent: float) -> float:
        return round(frame["bottom"] - (frame["bottom"] - frame["top"]) * percent / 100, 1)

    points = [{"x": x(hour), "y": y(one["percent"]), "hours": hour, **one} for hour, one in zip(hours, known)]
    return {
        **frame,
        "points": points,
        "line": " ".join(f"{point['x']},{point['y']}" for point in points),
        "area": " ".join([f"{points[0]['x']},{y(0)}", *(f"{point['x']},{point['y']}" for point in points), f"{points[-1]['x']},{y(0)}"]),
        "grid": [{"y": y(percent), "label": percent} for percent in (0, 25, 50, 75, 100)],
        "hours": [{"x": x(hour), "label": hour} for hour in range(0, int(last) + 1, step)],
        "day": x(24) if last >= 24 else None,
    }
