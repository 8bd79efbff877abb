# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The state of simulated appliances; knows nothing of HTTP."""

from .appliance import Machine
from .meter import Meter
from .pair import Pair
from .refused import Refused

__all__ = ["Machine", "Meter", "Pair", "Refused"]
