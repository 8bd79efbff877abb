# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Upgrades as state folders: journals with plausible times, as no simulator has them, and the files beside them."""

import datetime
import json
from pathlib import Path

from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.lines import SCHEMA, canonical, checksum
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.state import state_of
from ansible_collections.bomgar.appliance.plugins.module_utils.model.moments import iso
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.summary import summarize

START = datetime.datetime(2026, 3, 6, 19, 0, tzinfo=datetime.timezone.utc).timestamp()
MADE_AT = "2026-03-09T08:00:00+00:00"
HOUR, DAY = 3600, 86400
WHO = {
    "user": "ada",
    "person": "Ada Example",
    "host": "controller",
    "process": 4711,
    "run_id": "",
    "collection": "0.1.0",
    "ansible_core": "2.21.5",
    "python": "3.13.0",
}
GUIDS = {"a.example.com": "aa11", "b.example.com": "bb22"}
COMMAND = "ansible-playbook -i inventory.yml bomgar.appliance.upgrade --limit support_example_com"


class Story:
    """Entries of a journal. `now` is the controller's and the appliances' clock."""

    def __init__(self, start=START):
        self.now, self.run, self.entries = start, 0, []
        self.files = {}

    def add(self, event, /, seconds=0, **data):
        """An entry, after that many seconds."""
        self.now += seconds
        self.run += event == "run_opened"
        entry = {
            "schema": SCHEMA,
            "seq": len(self.entries) + 1,
            "time": iso(self.now),
            "run": self.run,
            "event": event,
            "data": data,
            "who": WHO,
            "previous": self.entries[-1]["sum"] if self.entries else "",
        }
        entry = json.loads(canonical(entry))
        self.entries.append(dict(entry, sum=checksum(entry)))
        return self

    @property
    def chain(self):
        return {"state": "intact", "entries": len(self.entries), "head": self.entries[-1]["sum"] if self.entries else "", "faults": []}

    def end(self, state, site, why=None):
        """The end of a run, with its summary."""
        summary = summarize(self.entries, state_of(self.entries), run_state=state, reason=why, site=site, command=COMMAND)
        return self.add("run_ended", 20, state=state, why=why, site=[], summary=summary)

    def install(self, node, package, kind, minutes, *, step, serves=False, version="", **more):
        """A package that is installed and verified."""
        about = {"step": step, "package": package, "kind": kind, "guid": GUIDS[node], "host": node}
        self.add("step_begun", 20, **about, version=version, serves=serves, **more)
        self.add("step_sent", 15, **about)
        runs = {"version": version, "appliance_time": self.now + minutes * 60} if kind == "site" else {}
        return self.add(
            "step_done", minutes * 60, **{**about, **runs, "evidence": {"version" if kind == "site" else "base_version": version}}
        )

    def act(self, action, node, seconds, *, step, **done):
        """An action on the pair that is begun and verified."""
        self.add("action_begun", 20, step=step, action=action, node=node)
        if action in ("take_over", "swap"):
            done.update(guid=GUIDS[node], appliance_time=self.now + seconds)
        return self.add("action_done", seconds, step=step, action=action, node=node, **done)

    def save(self, node, version, *, days_left=309):
        """Backup and certificate of a node."""
        for event, name, size, seconds in (("backup_taken", "nsb", 48_262_157, 40), ("certificate_saved", "p12", 3706, 5)):
            stamp = iso(self.now + seconds).replace("-", "").replace(":", "")[:15]
            path = f"/srv/upgrades/support_example_com/backups/{node}-{version}-{stamp}Z.{name}"
            digest = checksum({"path": path})
            self.add(event, seconds, path=path, sha256=digest, bytes=size, guid=GUIDS[node], host=node, hostname=node, version=version)
        return self

    def write(self, folder):
        """The state folder."""
        folder = Path(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lines = b"".join(canonical(entry) + b"\n" for entry in self.entries)
        (folder / "journal.jsonl").write_bytes(lines)
        for name, content in self.files.items():
            (folder / name).parent.mkdir(mode=0o700, exist_ok=True)
            (folder / name).write_text(json.dumps(content))
        return folder


def site(versions, *, serving="b.example.com", bases=None, roles=None, unread=()):
    """What site_info returns of a pair. versions: {node: version}."""
    nodes = [
        {"name": name, "guid": GUIDS[name], "version": version, "role": (roles or {}).get(name, "none"), "reachable": name not in unread}
        for name, version in versions.items()
    ]
    alone = len(nodes) == 1
    public = None if alone else {"url": "support.example.com"}
    return {"nodes": nodes, "serving": serving, "public": public, "bases": bases or {}, "description": {"next": [f"Run: {COMMAND}"]}}


_BASES = {"install": "vendor", "catch_up": "vendor"}


def _planned(steps):
    known = []
    for number, (action, node, package, seconds, disturbs) in enumerate(steps, 1):
        title = {
            "install": f"install {package}",
            "sync": "synchronize the data",
            "break": "break the failover relation",
            "take_over": "take over",
            "establish": "establish the failover relation",
            "catch_up": "wait until clients have caught up",
        }[action]
        estimate = {"seconds": seconds, "least": 900 if action == "install" else seconds, "basis": _BASES.get(action, "assumed")}
        known.append(
            {
                "number": number,
                "title": title,
                "action": action,
                "node": node,
                "package": package,
                "estimate": estimate,
                "disturbs": disturbs,
            }
        )
    return {"schema": 1, "hash": "sha256:" + "5d" * 32, "mode": "asynchronous", "target": "23.2.1", "steps": known}


A, B = GUIDS
PAIR_STEPS = [
    ("sync", A, "", 600, ""),
    ("break", A, "", 60, ""),
    ("install", B, "Base 7.0.0", 3600, ""),
    ("install", B, "BeyondTrust Remote Support 23.2.1", 3600, ""),
    ("take_over", B, "", 120, "users and clients"),
    ("install", A, "Base 7.0.0", 3600, ""),
    ("install", A, "BeyondTrust Remote Support 23.2.1", 3600, ""),
    ("establish", B, "", 600, ""),
    ("catch_up", B, "", DAY, ""),
]


def _opened():
    """The first minutes of the upgrade of a pair."""
    story = Story()
    story.files["plan.json"] = _planned(PAIR_STEPS)
    story.files["preflight/a.example.com.json"] = {"checks": _checks()}
    story.files["preflight/b.example.com.json"] = {"checks": _checks(waived=False)}
    story.add("run_opened")
    story.add("decided", what="catch_up_threshold", value=90.0, default=95.0, by="Ada Example")
    story.add("decided", what="upgrade_data_gap", value="accept", default="refuse", by="Ada Example")
    window = {"start": "20:00", "end": "02:00", "days": ["fri", "sun"]}
    story.add("decided", what="window_list", value=[window], default=[], by="Ada Example")
    story.add("decided", what="window_zone", value="Europe/Berlin", default="UTC", by="Ada Example")
    for node, serves in ((A, True), (B, False)):
        story.add("version_seen", 2, guid=GUIDS[node], host=node, version="22.1.4", build="52128", serves=serves, appliance_time=story.now)
    story.add("site_seen", guids=list(GUIDS.values()), origin=A)
    story.add(
        "plan_recorded", request={"target_version": "23.2.1", "mode": "asynchronous"}, lines=["From 22.1.4 to 23.2.1"], by="Ada Example"
    )
    story.add("start_declared", version="22.1.4", since=START - 90 * DAY, when="2025-12-06", by="Ada Example", why="change 2025-118")
    story.add(
        "catch_up_passed", package="site version 22.1.4", at=story.now, online=180, basis="online_count", reasons=["the wait is over"]
    )
    for node in GUIDS:
        story.save(node, "22.1.4")
    counts = {"kinds": {"jump_client_active": {"total": 186}, "jumpoint": {"total": 2}}, "connected": {"pinned_client": 180}}
    return story.add("clients_counted", 4, moment="before", counts=counts)


def _checks(waived=True):
    made = [
        ("health", "The appliance reports itself healthy", "pass", "It is healthy.", ""),
        ("storage", "Free disk space", "pass", "41 % of the disk are in use.", ""),
        ("certificate_days", "Days until the certificate ends", "fail_outage", "The certificate ends in 12 days.", ""),
        ("recordings", "Session recordings are exported", "manual", "A person has to see to it.", ""),
        ("sync_age", "Age of the last data sync", "pass", "The last sync is 34 minutes old.", ""),
    ]
    by = "Ada Example until 2026-03-31: the new certificate comes with change 2026-020"
    return [
        {
            "id": name,
            "title": title,
            "kind": kind,
            "message": message,
            "evidence": evidence,
            "waived_by": by if waived and kind == "fail_outage" else "",
        }
        for name, title, kind, message, evidence in made
        if waived or kind != "fail_outage"
    ]


def _first_node(story):
    story.act("sync", A, 310, step=1)
    story.act("break", A, 22, step=2)
    story.install(B, "Base 7.0.0", "base", 24, step=3, version="7.0.0")
    story.install(B, "BeyondTrust Remote Support 23.2.1", "site", 31, step=4, version="23.2.1")
    return story.act("take_over", B, 74, step=5)


WHOLE = {"versions": {A: "23.2.1", B: "23.2.1"}, "bases": {A: "7.0.0", B: "7.0.0"}, "roles": {A: "backup", B: "primary"}}


def finished():
    """A pair that is upgraded asynchronously over a weekend: three runs, one wait for the clients; rehearsed a day before."""
    story = _caught_up()
    story.files["comparison.json"] = _compared(iso(story.now), "changed_as_expected")
    story.files["rehearsal/rehearsal.json"] = _rehearsed()
    return story.end("reached", site(**WHOLE))


def lost():
    """The same upgrade, after which a Jump Group is gone."""
    story = _caught_up()
    gone = ("jump_groups", "Jump Groups", f"{A}, then {B}", "bad", "1 of 12 Jump Groups are gone: Kiosks.",
            {"gone": {"count": 1, "examples": ["Kiosks"]}})  # fmt: skip
    story.files["comparison.json"] = _compared(iso(story.now), "bad", gone)
    why = "support_example_com: something was lost in the upgrade: 1 of 12 Jump Groups are gone: Kiosks."
    story.add(
        "snapshots_compared", verdict="bad", sentence="1 of 5 areas is worse than before.", path="comparison.json", bad=["jump_groups"]
    )
    return story.end("failed", site(**WHOLE), why)


def _rehearsed():
    steps = [
        {"node": node, "title": f"install {package}", "seconds": float(seconds)}
        for action, node, package, seconds, _who in PAIR_STEPS
        if action == "install"
    ]
    world = {"id": "expected", "state": "reached", "verdict": "The upgrade is finished. Both nodes run 23.2.1.", "seconds": 104400.0}
    made = {"at": iso(START - DAY)}
    return {"made": made, "variables": "", "worlds": [{**world, "outage_seconds": 120.0, "steps": steps}]}


def _caught_up():
    story = _first_node(_opened())
    since = story.now
    story.install(A, "Base 7.0.0", "base", 26, step=6, version="7.0.0")
    story.install(A, "BeyondTrust Remote Support 23.2.1", "site", 34, step=7, version="23.2.1")
    story.act("establish", B, 205, step=8)
    about = {"step": 9, "package": "BeyondTrust Remote Support 23.2.1", "guid": GUIDS[B]}
    again = iso(since + DAY)
    for hours, done in ((0.2, 21), (4, 96), (13, 131)):
        if hours > 1:
            story.now = since + hours * HOUR
            story.add("run_opened")
        story.add(
            "catch_up_waiting",
            5,
            **about,
            at=story.now,
            online=80 + done // 2,
            listed=231,
            done=done,
            of=220,
            reasons=[f"{24 - hours:g} hours of the waiting time remain"],
            next_run_at=again,
        )
        story.end("waiting", site(**WHOLE))
    story.now = since + DAY + 2 * HOUR
    story.add("run_opened")
    story.add(
        "catch_up_passed",
        5,
        **about,
        at=story.now,
        online=179,
        listed=231,
        done=209,
        of=220,
        caught_up_percent=95.0,
        basis="needs_update",
        reasons=["the waiting time is over, and 95 % of the clients run the new version"],
        stragglers=[{"name": f"client-{one}"} for one in range(11)],
        not_default={"threshold": 90.0},
    )
    story.add("clients_counted", 12, moment="after", counts={"kinds": {"jump_client_active": {"total": 186, "done": 180}}, "connected": {}})
    story.files["aftercare.json"] = {"work_list": _work()}
    return story


def _compared(at, verdict, *more):
    rows = [
        ("version", "Product version and build", A, "changed_as_expected", "version was 22.1.4, is 23.2.1.", {}),
        ("version", "Product version and build", B, "changed_as_expected", "version was 22.1.4, is 23.2.1.", {}),
        ("jump_groups", "Jump Groups", f"{A}, then {B}", "same", "Jump Groups: 12, as before.", {}),
        ("teams", "Teams", f"{A}, then {B}", "unknown", "Before: API account automation lacks perm_configuration.", {}),
        ("jump_clients", "Jump Clients", f"{A}, then {B}", "changed_as_expected", "1 of 231 Jump Clients are gone: client-7.",
         {"gone": {"count": 1, "examples": ["client-7"]}}),
    ]  # fmt: skip
    rows = [row for row in rows if row[0] not in {one[0] for one in more}] + list(more)
    names = ("area", "title", "node", "verdict", "sentence", "evidence")
    filters = [{"area": "users", "name": "", "reason": "Human resources delete users meanwhile (ticket 4711).", "used": True}]
    areas = [dict(zip(names, row, strict=True)) for row in rows]
    return {
        "made": {"at": at},
        "verdict": verdict,
        "summary": "Compared with the snapshots before the upgrade.",
        "areas": areas,
        "filters": filters,
    }


def _work():
    return [
        {
            "id": "stragglers",
            "title": "Reach the Jump Clients that have not upgraded",
            "state": "open",
            "owner": "service desk",
            "reason": "11 of 220 Jump Clients run the old version.",
            "action": ["Start the computers of the list stragglers.csv."],
        },
        {
            "id": "jump_client_installers",
            "title": "Regenerate the Jump Client installers",
            "state": "open",
            "owner": "software distribution",
            "reason": "The upgrade makes 4 installers void.",
            "action": ["Run the playbook aftercare."],
        },
        {
            "id": "representative_consoles",
            "title": "Representative consoles",
            "state": "automatic",
            "owner": "nobody",
            "reason": "They upgrade at the next login.",
            "action": [],
        },
    ]


def failed():
    """The same pair: the Base installation of the second node stands still, after the backup took over."""
    story = _first_node(_opened())
    about = {"step": 6, "package": "Base 7.0.0", "kind": "base", "guid": GUIDS[A], "host": A}
    story.add("step_begun", 20, **about, version="7.0.0", serves=False)
    story.add("step_sent", 12, **about)
    why = f"{A}: 'Base 7.0.0' is not verified: the page shows 63 % since 22:41. DO NOT RESTART the appliance; call support."
    story.add("step_unverified", 2 * HOUR, package="Base 7.0.0", kind="base", step=6, guid=GUIDS[A], host=A, why=why)
    story.add("note", text="Text for technical support: /srv/upgrades/support_example_com/support-34.txt")
    now = site({A: "22.1.4", B: "23.2.1"}, bases={A: "", B: "7.0.0"}, unread=(A,))
    now["description"]["next"].insert(0, f"Do not restart {A}. Check its /appliance > Updates; ask technical support if it is stuck.")
    return story.end("failed", now, why)


def hostile(text):
    """A short failure in which everything that an appliance or a file tells is `text`."""
    story = Story()
    story.files["preflight/x.json"] = {
        "checks": [{"id": text, "title": text, "kind": text, "message": text, "evidence": {text: text}, "waived_by": text}]
    }
    story.files["aftercare.json"] = {
        "work_list": [{"id": text, "title": text, "state": "open", "reason": text, "owner": text, "action": [text]}]
    }
    area = {
        "area": text,
        "title": text,
        "node": text,
        "verdict": "bad",
        "sentence": text,
        "evidence": {"gone": {"count": text, "examples": [text]}},
    }
    filters = [{"area": text, "name": text, "reason": text}]
    story.files["comparison.json"] = {"made": {"at": MADE_AT}, "verdict": "bad", "summary": text, "areas": [area], "filters": filters}
    story.files["plan.json"] = {
        "steps": [{"number": 1, "title": text, "action": "install", "node": text, "package": text, "disturbs": text}]
    }
    story.add("run_opened")
    story.add("version_seen", guid=text, host=text, version=text, build=text, appliance_time=story.now)
    story.add("step_begun", package=text, kind="base", host=text, guid=text, upload={"path": text, "sha256": text})
    story.add("step_unverified", 60, package=text, why=text, host=text, guid=text)
    story.add("catch_up_waiting", package=f"site version {text}", reasons=[text], at=story.now, done=1, of=2, next_run_at=text)
    story.add("clients_counted", moment="after", counts={})
    story.add("window_waiting", until=text, why=text, what=text)
    story.add("note", text=text)
    node = {"name": text, "guid": text, "version": text, "role": text, "reachable": True}
    return story.end("failed", {"nodes": [node], "serving": text, "bases": {text: text}, "public": {"url": text}}, text)
