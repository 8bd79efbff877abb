# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The part of the facade over the Configuration API: Jump Clients, Jumpoints, and the installers of Jump Clients."""

from __future__ import annotations

from .api.configuration import Configuration
from .api.installers import Installers
from .errors import InvalidInput, NotFound, NotUnderstood, PermissionMissing
from .model.client import ACTIVE, PASSIVE, may_be_online, read_jump_client, read_jumpoint
from .model.filter import client_filter
from .model.tally import Tally, nobody


class ConfiguredClients:
    """Of an Appliance; uses its .host, transport and credentials. A product has the Configuration API since 21.1."""

    def jump_client_counts(self, expression=None, *, now=None, seen_within=0, names=20, enough=None):
        """The Jump Clients that a JMESPath expression keeps, counted; None without a Configuration API.

        As tally.counts(), with kinds, stragglers (so many names), stragglers_total and
        listed, unread, complete: how many the API lists, filter or not (None: not told); how many of these were not given;
        whether the list was read to its end. requests: what it cost.
        now, seen_within: as for Tally. enough(counts): asked after each page, ends the reading when true.
        InvalidInput for an expression that keeps none of those that are listed: it would make every gate open.
        """
        keep = client_filter(expression) if expression else None
        tally = Tally(now=now, seen_within=seen_within, named=names, host=self.host)
        try:
            listing = self._configuration.jump_clients()
            for rows in listing.by_page():
                for row in rows if keep is None else filter(keep, rows):
                    tally.add(row)
                if enough and tally.total and enough(_counted(tally, listing)):
                    break
        except NotFound:
            return None
        if listing.read and not tally.total:
            raise InvalidInput(f"`client_filter` keeps none of the {listing.read} Jump Clients: {expression!r}.", host=self.host,
                               remedy="Try it with the module client_info.")
        return dict(_counted(tally, listing), kinds=tally.kinds(), stragglers=tally.stragglers(), stragglers_total=tally.behind)

    def jump_client_lengths(self):
        """How long the list is, in all and by connection type, in the shape of jump_client_counts(): None for what only its rows tell.

        None without a Configuration API.
        """
        try:
            listed = self._length()
            totals = {kind: self._length(connection_type=kind) for kind in (ACTIVE, PASSIVE)}
        except NotFound:
            return None
        untold = dict.fromkeys(("unread", "relevant", "updated", "pending", "online", "excluded"))
        kinds = {f"jump_client_{kind}": dict(dict.fromkeys(nobody()), total=total) for kind, total in totals.items()}
        return dict(untold, listed=listed, total=listed, complete=False, requests=3, kinds=kinds, stragglers=[], stragglers_total=None)

    def _length(self, **filters):
        """Of the list of Jump Clients by one small request; None where the answer does not tell it."""
        try:
            return self._configuration.count("jump-client", **filters)
        except NotUnderstood:
            return None

    def jump_client_rows(self, expression=None):
        """Each row of GET /jump-client that the expression keeps, as it comes; NotFound without a Configuration API."""
        return filter(client_filter(expression), self._configuration.jump_clients())

    def jump_clients_online(self):
        """How many Jump Clients of the whole list are online, or may be; None without a Configuration API."""
        try:
            listing = self._configuration.jump_clients()
            return sum(may_be_online(read_jump_client(row, host=self.host)) for row in listing) + listing.unread
        except NotFound:
            return None

    def listed_jump_clients(self):
        """How many Jump Clients the Configuration API lists, by one small request; None where it cannot be asked for that."""
        try:
            return self._length()
        except PermissionMissing:
            return None

    def jumpoints(self):
        """Jumpoints as dicts; None without a Configuration API."""
        try:
            return [read_jumpoint(row, host=self.host).as_dict() for row in self._configuration.jumpoints()]
        except NotFound:
            return None

    def installers(self):
        """Jump Client installers as rows; None without a Configuration API."""
        try:
            return list(self._configuration.installers())
        except NotFound:
            return None

    def create_installer(self, fields):
        """The row of a new Jump Client installer, the only answer with its secret key. Sent once."""
        return Installers(self._transport, self._credentials).create(fields)

    def download_installer(self, installer_id, platform, write):
        """Stream an installer into write(bytes); its content type."""
        return Installers(self._transport, self._credentials).download(installer_id, platform, write)

    @property
    def _configuration(self):
        if not self._credentials.modern:
            raise NotFound("There is no Configuration API for a user with a password.", host=self.host)
        return Configuration(self._transport, self._credentials)


def _counted(tally, listing):
    return dict(tally.counts(), listed=listing.listed, unread=listing.unread, complete=listing.complete, requests=listing.pages)
