# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The packages on the invented pages of updates."""

from __future__ import annotations

STATES = {
    "tables": [
        ("Base 5.1.0", "base", "5.1.0", "available", ()),
        ("Bomgar 16.1.3", "site", "16.1.3", "blocked", ("Base 5.1.0",)),
        ("Bomgar 18.2.4", "site", "18.2.4", "blocked", ("Base 5.1.0", "Bomgar 16.1.3")),
        ("Representative License Add-On (25 seats)", "licence", None, "available", ()),
        ("Base 4.2.1", "base", "4.2.1", "installed", ()),
    ],
    "cards": [
        ("Base 6.2.0", "base", "6.2.0", "available", ()),
        ("BeyondTrust 22.1.4", "site", "22.1.4", "blocked", ("Base 6.2.0",)),
        ("BeyondTrust 23.2.1", "site", "23.2.1", "blocked", ("BeyondTrust 22.1.4",)),
        ("Hotfix BT24-10-ONPREM1", "hotfix", None, "blocked", ()),
        ("Base 6.1.0", "base", "6.1.0", "installed", ()),
    ],
    "deutsch": [
        ("Base 6.0.2", "base", "6.0.2", "available", ()),
        ("Lizenzpaket Support-Techniker", "licence", None, "available", ()),
        ("Bomgar 19.1.8", "site", "19.1.8", "blocked", ("Base 6.0.2",)),
        ("Bomgar 20.1.1", "site", "20.1.1", "blocked", ("Bomgar 19.1.8",)),
    ],
    "plain": [
        ("Base 7.0.0", "base", "7.0.0", "available", ()),
        ("Enterprise Licence Add-On", "licence", None, "available", ()),
        ("BeyondTrust Remote Support 24.1.2", "site", "24.1.2", "blocked", ("Base 7.0.0",)),
        ("BeyondTrust Remote Support 24.3.1", "site", "24.3.1", "blocked", ("BeyondTrust Remote Support 24.1.2",)),
    ],
}
