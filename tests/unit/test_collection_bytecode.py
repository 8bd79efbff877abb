# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The environments of the tests keep the bytecode of a collection, and never run that of an older source."""

import os
import shutil
import subprocess
import sys

from tests.support.ansible import SUPPORT

IMPORTED = """
import sys
import collection_bytecode
collection_bytecode.begin()
from ansible.plugins.loader import init_plugin_loader
init_plugin_loader([sys.argv[1]])
compiled = []
sys.addaudithook(lambda event, given: event == "compile" and compiled.append(str(given[1])))
from ansible_collections.example.words.plugins.module_utils import word
print(word.WORD, word.__file__, sum(name.endswith("word.py") for name in compiled))
"""


def imported(folder):
    """(value, path, number of compilations) of a module of the collection in a folder, as a new process imports it."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(folder)  # a copy, because ansible.py beside it would hide ansible-core
    shutil.copy(SUPPORT / "collection_bytecode.py", folder)
    done = subprocess.run([sys.executable, "-c", IMPORTED, folder], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_changed_module_is_compiled_again(tmp_path):
    """A module is compiled once, and again when its source changed."""
    source = tmp_path / "ansible_collections/example/words/plugins/module_utils/word.py"
    source.parent.mkdir(parents=True)
    source.write_text("WORD = 'first'\n")
    assert imported(tmp_path) == ["first", str(source), "1"]
    assert imported(tmp_path) == ["first", str(source), "0"]
    source.write_text("WORD = 'another'\n")
    assert imported(tmp_path) == ["another", str(source), "1"]
