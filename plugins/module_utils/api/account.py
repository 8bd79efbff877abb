# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The account that a module uses for the APIs, by its connection options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..http.rate_limit import AccountRateLimiter
from ..storage.refused_login import RefusedLogin
from .credentials import Legacy, OAuth
from .oauth import Tokens

if TYPE_CHECKING:
    from ..http.transport import Transport
    from ..storage.secret_cache import Cache
    from .credentials import Credentials


def account_of(
    params: Mapping[str, Any],
    transport: Transport,
    cache: Cache,
    folder: str,
    *,
    say: Callable[[str], None],
    clock: Callable[[], float],
    sleep: Callable[[float], None],
) -> Credentials:
    """The API account with its tokens and its rate limit (in a file of `folder`); without a client_id the user with a password."""
    if not params["client_id"]:
        refused = RefusedLogin(cache, transport.base, params["username"], params["password"])
        return Legacy(params["username"], params["password"], refused)
    rate_limiter = AccountRateLimiter(folder, params["client_id"], clock=clock, sleep=sleep, say=say)
    tokens = Tokens(transport, params["client_id"], params["client_secret"], cache, rate_limiter=rate_limiter)
    return OAuth(tokens, rate_limiter)
