# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The thread of the callback `progress` that shows what no event of Ansible tells."""

import threading
from types import SimpleNamespace

from ansible_collections.bomgar.appliance.plugins.plugin_utils import presenter
from ansible_collections.bomgar.appliance.plugins.plugin_utils.progress_lines import Line


def test_second_playbook_shows_steps_at_work(monkeypatch):
    monkeypatch.setattr(presenter, "REFRESH", 0.001)
    ticked = threading.Event()
    display = SimpleNamespace(verbosity=0, display=lambda _text, color: ticked.set())
    shown = presenter.Presenter(display, zone=None, live="never", interval=1, width=100)
    shown.screen = SimpleNamespace(tick=lambda: [Line("at work")], message=lambda _message: [])
    for _playbook in range(2):
        ticked.clear()
        shown.start()
        assert ticked.wait(10)
        shown.end([])
