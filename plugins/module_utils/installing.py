# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Installing one package: ask once, watch, and prove it by reading the appliance again."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import NOT_YET, ApplianceError, Refused, Unsafe, WaitTimeout
from .model.package import BASE, SITE
from .policy.installing import Seen, row_of
from .policy.offers import offered_by
from .wait import NotYet


@dataclass(frozen=True)
class Patience:
    """Seconds: `timeout` for the whole installation, `interval` between looks, `start` until it must be seen to run.

    stable: how many good answers in a row prove it.
    """

    timeout: int
    interval: int
    start: int
    stable: int


def read(appliance, *, check):
    """What the appliance runs and offers, and whether an installation is under way: (Seen, installing)."""
    updates = appliance.pages.updates(check=check)
    health = appliance.health()
    return Seen(health.version, appliance.pages.basics().base_version, updates.packages, health.guid), updates.installing


def stated(appliance, manifest, base_version, installed):
    """The same without opening a page: the API tells the product version, a person the rest."""
    health = appliance.health()
    rows = offered_by(manifest, site_version=health.version, base_version=base_version, installed=installed) if manifest else ()
    return Seen(health.version, base_version, rows, health.guid), health.healthy


class Watch:
    """Looks at a running installation; called again and again until it returns a proof."""

    def __init__(self, appliance, wanted, old_failure=""):
        """old_failure: what the page said of a failed installation before this one was asked for."""
        self._appliance, self._wanted, self._busy, self._old_failure = appliance, wanted, False, old_failure

    def sees_a_start(self):
        """True once it was seen to run, to be away, or to have ended."""
        try:
            return self() or self._busy
        except NOT_YET:
            return True

    def __call__(self):
        """The proof, as a dict of what was read, or None; NOT_YET errors while the appliance is away."""
        progress = self._appliance.pages.progress()
        if progress.failed and (self._busy or progress.text != self._old_failure):
            raise Refused(f"The installation of {self._wanted.name!r} failed.", host=self._appliance.host,
                          evidence=progress.text, remedy="Nothing else was started.", facts={"outcome": "failed"})
        if progress.running:
            self._busy = True
            self._appliance.say(f"{self._wanted.name}: {_shown(progress)}")
            return NotYet(_shown(progress))
        return self._proof()

    def _proof(self):
        if self._wanted.kind == SITE:
            return self._site_proof()
        alive, _text = self._appliance.alive()
        if not alive:
            return NotYet("/check_health says no")
        if self._wanted.kind == BASE:
            runs = self._appliance.pages.basics().base_version
            return {"base_version": runs} if runs == self._wanted.version else NotYet(f"it runs Base {runs}")
        row = row_of(self._appliance.pages.updates(check=True).packages, self._wanted.name)
        gone = row is None or row.state == "installed"
        return {"left_the_list": True} if gone else NotYet(f"the list still shows it as {row.state}")

    def _site_proof(self):
        health = self._appliance.health()
        if health.healthy and health.version == self._wanted.version:
            return {"version": health.version, "build": health.build}
        return NotYet(f"it runs {health.version}{'' if health.healthy else ' and is not healthy: ' + health.message}")


def await_proof(appliance, wanted, watch, patience):
    """Watch until the package is proved to be installed; its proof. Raises when it does not prove itself.

    Refused: it failed. WaitTimeout: it never started, or takes longer than allowed (it goes on on the appliance).
    Unsafe: a Base update did not prove itself.
    """
    try:
        _await_start(appliance, wanted, watch, patience)
        return appliance.wait_until(watch, what=f"{wanted.name!r} installed and healthy", timeout=patience.timeout,
                                    interval=patience.interval, not_yet=NOT_YET, stable=patience.stable)
    except (WaitTimeout, Refused) as exc:
        if wanted.kind == BASE and exc.facts.get("outcome") != "not_started":
            raise _base_in_trouble(appliance, wanted, exc) from exc
        raise


def _await_start(appliance, wanted, watch, patience):
    """Wait for the first sign of an installation; when none comes, nothing was started and the request may be made anew."""
    try:
        appliance.wait_until(watch.sees_a_start, what=f"a sign that {wanted.name!r} is being installed",
                             timeout=patience.start, interval=patience.interval)
    except WaitTimeout as exc:
        exc.facts["outcome"] = "not_started"
        raise


def _base_in_trouble(appliance, wanted, cause):
    """The vendor: on problems during the Base update do not restart the appliance; call support."""
    try:
        fields = appliance.pages.basics().fields
    except ApplianceError as exc:
        fields = dict(appliance.pages.known_basics(), **{"Status > Basics now": f"not readable: {exc.said}"})
    text = support_text(appliance.host, wanted.name, cause.said, fields)
    return Unsafe(
        f"The Base update {wanted.name!r} did not prove itself. DO NOT RESTART the appliance. {cause.said}",
        host=appliance.host, remedy="Nothing else is done. Send the support text to technical support and wait for their word.",
        facts={"outcome": "unknown", "support_text": text})


def support_text(host, package, problem, basics):
    """What support needs to know, in the order in which it asks: product, messages, steps, facts of Status > Basics."""
    lines = [f"A Base update on {host} is in trouble. The appliance was not restarted and nothing else was installed.",
             f"Package: {package}", f"What was seen: {problem}", "", "/appliance > Status > Basics:"]
    return "\n".join(lines + [f"  {label}: {value}" for label, value in basics.items()]) + "\n"


def wait_until_quiet(appliance, patience):
    """Wait for an installation that somebody else, or an earlier run, has under way."""
    appliance.say("An installation is under way; waiting for its end before deciding.")
    appliance.wait_until(lambda: _is_quiet(appliance), what="the end of the installation under way",
                         timeout=patience.timeout, interval=patience.interval, not_yet=NOT_YET, stable=patience.stable)


def _is_quiet(appliance):
    if not appliance.pages.updates(check=False).installing:
        return True
    return NotYet(_shown(appliance.pages.progress()))


def _shown(progress):
    """'60 % Installing Base 6.2.0'"""
    percent = "" if progress.percent is None else f"{progress.percent:.0f} % "
    return f"{percent}{progress.text}".rstrip()
