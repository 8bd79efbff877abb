# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  windows:
    description:
      - The maintenance windows of the site. A step that cuts somebody off starts only if it and the margin end inside a window. A step that
        runs is never cut.
      - They count by the appliance's clock. A time that the zone's clock skips in spring is the moment of the change, and one that it shows
        twice in autumn is the first of the two.
      - Without them, a step may start at any time.
    type: dict
    default: {}
    suboptions:
      list:
        description: The windows. Any time is inside of one if the list is empty.
        type: list
        elements: dict
        default: []
        suboptions:
          start: {description: "Start, as V(22:00), or V(2026-03-07 22:00) for a window that comes once.", type: str, required: true}
          end:
            description:
              - End, as V(02:00), which is on the next day if it is before the start, or V(24:00) for midnight. It has a date if the start
                has one.
            type: str
            required: true
          days: {description: "Days on which it starts, as V(sat). Every day if empty.", type: list, elements: str, default: []}
      blackouts:
        description: Dates without a window, as V(2026-12-24), or V(2026-12-24..2027-01-02) from the first to the last one.
        type: list
        elements: str
        default: []
      margin: {description: "Seconds that must be left in the window after the step, V(0) to V(86400).", type: float, default: 900}
      zone: {description: "IANA name of the time zone of the windows, as V(Europe/Berlin).", type: str, default: UTC}
"""
