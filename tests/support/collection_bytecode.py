# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Python's own bytecode cache for the modules of a collection, in the environments of the tests.

ansible-core compiles every module of a collection again at each start: a fifth of the processor time of a play with one task of this
collection. scripts/make-venv puts this file and a .pth file into the environments of the tests, and only there. The code that runs is the
same: Python compares the source's time and size with those in the cache, as for any other import.
"""

import importlib.machinery
import sys

FINDER = "ansible.utils.collection_loader._collection_finder"


class _WhenImported:
    """Adds the cache to ansible-core's loader as soon as that is imported."""

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name != FINDER:
            return None
        sys.meta_path.remove(cls)
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            add_cache(module._AnsibleCollectionPkgLoaderBase)

        spec.loader.exec_module = exec_module
        return spec


def add_cache(loader):
    """Let get_code() of ansible-core's loader read and write __pycache__."""
    original = loader.get_code

    def get_code(self, fullname):
        path = self._source_code_path
        if not self._compiled_code and path and self.get_source(fullname):
            self._compiled_code = importlib.machinery.SourceFileLoader(fullname, path).get_code(fullname)
        return original(self, fullname)

    loader.get_code = get_code


def begin():
    sys.meta_path.insert(0, _WhenImported)
