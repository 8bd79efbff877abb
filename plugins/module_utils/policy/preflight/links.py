# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Where the vendor says what a check asks for."""

from __future__ import annotations

UPGRADE = "https://www.bomgar.com/de/docs/remote-support/updates/upgrade/index.htm"
HEALTH = "https://beyondtrust.com/docs/remote-support/how-to/integrations/api/command/check_health.htm"
API = "https://beyondtrust.com/docs/remote-support/how-to/integrations/api/authentication.htm"
ATLAS = "https://docs.beyondtrust.com/rs/docs/atlas"
FAILOVER = "https://www.beyondtrust.com/docs/remote-support/updates/upgrade/failover-upgrade.htm"
JUMP_CLIENTS = "https://docs.beyondtrust.com/rs/v24.3/docs/on-prem-jump-clients"
CERTIFICATES = "https://www.beyondtrust.com/docs/remote-support/how-to/failover/failover-replicate-ssl.htm"
