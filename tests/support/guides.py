# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the fenced blocks of a Markdown page, and does what they say in a folder and a home of their own.

```bash blocks are run in their order. A block whose first line is `# NAME` is written to the file NAME. A ```text printed block is part of
what the commands before it print. A block below a line that begins with NOT_RUN is left out: the line says why.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_RUN = "*Not run by the tests:"
BLOCK = re.compile(r"^( *)```(\w+)(?: exit=(\d+)| (printed))?\n(.*?)^\1```$", re.M | re.S)
NAME = re.compile(r"# ([\w./-]+\.\w+)\n")
HASH = "sha256:2f7c..."  # stands for the hash that a command printed before


@dataclass(frozen=True)
class Block:
    """kind: bash, yaml, ...; name: the file that it is, or empty; exit: the exit code that its commands end with;
    reason: why it is not run, or empty."""

    page: str
    line: int
    kind: str
    text: str
    name: str
    exit: int
    printed: bool
    reason: str


def blocks(path):
    """The fenced blocks of a page."""
    page = path.read_text(encoding="utf-8")
    return [_block(path, page, found) for found in BLOCK.finditer(page)]


def _block(path, page, found):
    indent, kind, code, printed, text = found.groups()
    text = re.sub(rf"^{indent}", "", text, flags=re.M)
    above = page[: found.start()].rstrip().rpartition("\n")[2].strip()
    name = NAME.match(text)
    reason = above[len(NOT_RUN) :].strip(" *") if above.startswith(NOT_RUN) else ""
    line = page.count("\n", 0, found.start()) + 1
    return Block(str(path.relative_to(ROOT)), line, kind, text, name[1] if name else "", int(code or 0), bool(printed), reason)


class Reader:
    """Somebody who follows pages, in a folder `work` and a home next to it.

    collection: the folder of the collection that is installed there, or None if the pages install it themselves.
    words: {text of the pages: what stands for it here}, such as addresses and folders.
    venv: an environment into which pip installs what the pages say; without one that of the tests, and pip installs nothing.
    """

    def __init__(self, folder, words, collection=ROOT, venv=None):
        self.work, self.home = folder / "work", folder / "home"
        self.words = {"/srv/": f"{folder}/srv/", **words}
        self.printed = ""
        for each in (self.work, folder / "srv", folder / "bin"):
            each.mkdir(parents=True)
        place = self.home / ".ansible/collections/ansible_collections/bomgar"
        place.mkdir(parents=True)
        if collection:
            (place / "appliance").symlink_to(collection)
        self.environment = _environment(self.home, folder / "bin", venv)

    def follow(self, path):
        """Do what a page says, from its first block to its last."""
        for block in blocks(path):
            if block.reason:
                continue
            if block.name:
                self.write(block.name, block.text)
            elif block.kind == "bash":
                self.run(block)
            elif block.printed:
                self.compare(block)

    def write(self, name, text):
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.here(text), encoding="utf-8")

    def here(self, text):
        """A text of a page with the words that stand for it here."""
        for word, stands_for in self.words.items():
            text = text.replace(word, str(stands_for))
        if HASH in text:
            text = text.replace(HASH, re.findall(r"sha256:[0-9a-f]{64}", self.printed)[-1])
        return text

    def run(self, block):
        """Run the commands of a block one by one; the last one ends with the block's exit code."""
        commands = re.sub(r"\\\n *", " ", block.text).splitlines()
        self.printed = ""
        for number, command in enumerate(commands, 1):
            arguments = ["bash", "-euo", "pipefail", "-c", self.here(command)]
            done = subprocess.run(arguments, cwd=self.work, env=self.environment, capture_output=True, text=True, check=False)
            self.printed += done.stdout + done.stderr
            wanted = block.exit if number == len(commands) else 0
            assert done.returncode == wanted, f"{block.page}:{block.line}: {command}\nexit {done.returncode}\n{self.printed}"

    def compare(self, block):
        """Each line of a text block was printed, apart from its numbers, spaces and dates; `...` stands for anything."""
        printed = _plain(self.printed)
        missing = [line for line in block.text.splitlines() if not re.search(_pattern(self.here(line)), printed)]
        assert not missing, f"{block.page}:{block.line}: not printed:\n" + "\n".join(missing) + f"\n\nprinted:\n{self.printed}"


def _plain(text):
    return " ".join(re.sub(r"\d+", "0", text).split())


def _pattern(line):
    return ".*?".join(re.escape(_plain(part)) for part in line.split("..."))


def _environment(home, programs, venv):
    """What a person's shell has. `make` only tells what it would do; pip asks nobody, unless it has an environment of its own."""
    make = programs / "make"
    make.write_text(f'#!/bin/sh\nexec /usr/bin/make --dry-run -C "{ROOT}" "$@"\n', encoding="utf-8")
    make.chmod(0o755)
    pip = {"PIP_DRY_RUN": "1", "PIP_NO_INDEX": "1"}
    if venv:
        pip = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    python = venv / "bin" if venv else Path(sys.executable).parent
    return {
        "PATH": f"{programs}:{python}:{os.environ['PATH']}",
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "ANSIBLE_NOCOLOR": "1",
        **pip,
    }
