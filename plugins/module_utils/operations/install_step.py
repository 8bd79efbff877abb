# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The step of one installation in the journal of a site: begun, requested, and how it ended. Without a journal nothing is recorded."""

from __future__ import annotations

import contextlib
from typing import Any

from ..errors import ApplianceError
from ..model.package import SITE
from ..policy.install import Wanted
from ..storage.journal import Journal
from ..storage.support_text import save_support_text
from .port import Appliance


class InstallStep:
    """.open: begun and not ended; .sent: the request may have been sent, by a run or by the person who performs the step."""

    def __init__(self, journal: Journal | None, appliance: Appliance, wanted: Wanted) -> None:
        self.journal, self._appliance, self._wanted = journal, appliance, wanted
        self.open = journal is not None and journal.step_is_open(wanted.name, appliance.host)
        self.sent = journal is not None and self.open and journal.step_was_sent(wanted.name, appliance.host)
        self.done_before = journal is not None and journal.step_was_done(wanted.name, appliance.host)

    def check(self, guid: str) -> None:
        """Verify that the journal belongs to this appliance and is writable."""
        if self.journal:
            self.journal.check(guid, self._appliance.host)

    def begin(self, serves: bool, **data: Any) -> None:
        """Record that it begins; before a site package with the numbers of connected and listed Jump Clients, for the catch-up.

        A node that does not serve yet has no list; the take-over records it then.
        """
        if not self.journal:
            return
        site = self._wanted.kind == SITE
        online = self._appliance.client_counts().get("pinned_client") if site else None
        listed = self._appliance.clients.jump_clients_listed() if site and serves else None
        self._append("step_begun", version=self._wanted.version, serves=serves, online_before=online, listed_before=listed, **data)
        self.open = True

    def record_request(self) -> None:
        """Record that the request is sent now. It counts as sent until the result is verified or a person releases the step."""
        if self.journal and not self.sent:
            self._append("step_sent")
            self.sent = True

    def withdraw(self, why: str) -> None:
        """Record that no request was sent, or that the appliance refused it."""
        self._end("step_withdrawn", why=why)

    def unverified(self, exc: ApplianceError) -> None:
        """Record that the result is unknown, with the text for technical support if there is one; the error then names its file."""
        self._end("step_unverified", why=exc.summary)
        with contextlib.suppress(ApplianceError):  # as in _end
            if self.journal and (path := save_support_text(self.journal, exc.facts.get("support_text"))):
                exc.facts["support_file"] = path
                exc.remedy += f" The text is in {path}."

    def done(self, evidence: dict[str, Any], clock: float, **data: Any) -> None:
        """Record that the installation is verified, at `clock` of the appliance."""
        self._append("step_done", version=self._wanted.version, appliance_time=clock, evidence=evidence, **data)

    def _end(self, event: str, **data: Any) -> None:
        with contextlib.suppress(ApplianceError):  # the error that ends the step is the one to report
            self._append(event, **data)

    def _append(self, event: str, **data: Any) -> None:
        if self.journal:
            self.journal.append(event, host=self._appliance.host, package=self._wanted.name, kind=self._wanted.kind, **data)
