# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The document of a plan with one installation."""

_ESTIMATE = {"seconds": 3600, "least": 900, "basis": "vendor"}
_STEP = {"number": 1, "title": "install Base 6.2.0", "node": "a", "package": "Base 6.2.0", "estimate": _ESTIMATE, "window": None}


def plan_with(packages=()):
    """packages: {package: SHA-256} of the manifest."""
    return {"hash": "sha256:" + "1" * 64, "packages": dict(packages), "steps": [{**_STEP, "disturbs": "users and clients"}]}
