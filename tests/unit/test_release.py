# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""scripts/release, in a repository of its own: what it writes, what it leaves alone, what it refuses.

What scripts/tarball verifies is the part `make tarball`; here it only notes that it was called.
"""

import hashlib
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent
pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.slow,
    pytest.mark.skipif(
        not (PROGRAMS / "antsibull-changelog").exists(), reason="antsibull-changelog is not installed: the newest core has it"
    ),
]
GIVEN = {"VERSION": "1.2.3", "REPOSITORY": "https://git.example.com/appliance"}
FRAGMENT = "minor_changes:\n  - The planted change of a test.\n"


class Checkout:
    """A repository with the files of this one; commands run in it."""

    def __init__(self, folder):
        subprocess.run([ROOT / "scripts/copy-tree", folder], check=True)
        self.path = folder / "ansible_collections/bomgar/appliance"
        (self.path / ".venv-test").symlink_to(PROGRAMS.parent)
        tarball = self.path / "scripts/tarball"
        tarball.write_text('#!/bin/sh\necho "verified $TARBALL"\n')
        self.git("init", "-q")
        self.commit("All files")

    def git(self, *arguments):
        person = ("-c", "user.name=A", "-c", "user.email=a@example.com")
        return subprocess.run(["git", *person, *arguments], cwd=self.path, check=True, capture_output=True, text=True).stdout

    def commit(self, subject):
        self.git("add", "-A")
        self.git("commit", "-qm", subject)

    def release(self, **settings):
        known = {**os.environ, **settings}
        return subprocess.run(
            ["scripts/release", ".venv-test", "importer"], cwd=self.path, env=known, capture_output=True, text=True, check=False
        )

    def released(self, **settings):
        done = self.release(**settings)
        assert done.returncode == 0, done.stdout + done.stderr
        (tarball,) = (self.path / ".build/release/dist").glob("*.tar.gz")
        assert f"verified {tarball}" in done.stdout
        sums = (tarball.parent / "SHA256SUMS").read_text()
        assert sums == f"{hashlib.sha256(tarball.read_bytes()).hexdigest()}  {tarball.name}\n"
        return tarball

    def text(self, name):
        return (self.path / name).read_text(encoding="utf-8")


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path / "tree")


def contents(tarball):
    """{name: text} of the files that say what a release is."""
    with tarfile.open(tarball) as packed:
        return {name: packed.extractfile(name).read().decode() for name in ("MANIFEST.json", "CHANGELOG.md", "README.md")}


def test_dry_release_changes_nothing(checkout):
    tarball = checkout.released(**GIVEN)
    assert tarball.name == "bomgar-appliance-1.2.3.tar.gz"
    inside = contents(tarball)
    facts = json.loads(inside["MANIFEST.json"])["collection_info"]
    assert (facts["version"], facts["repository"]) == ("1.2.3", GIVEN["REPOSITORY"])
    assert "## v1\\.2\\.3" in inside["CHANGELOG.md"]
    assert checkout.git("status", "--porcelain") == ""


def test_applied_release_rebuilds_from_its_commit(checkout, tmp_path):
    old = yaml.safe_load(checkout.text("galaxy.yml"))["version"]
    tarball = checkout.released(APPLY="yes", **GIVEN)
    assert yaml.safe_load(checkout.text("galaxy.yml"))["version"] == "1.2.3"
    assert yaml.safe_load(checkout.text("galaxy.yml"))["repository"] == GIVEN["REPOSITORY"]
    assert list((checkout.path / "changelogs/fragments").glob("*.yml")) == []
    assert f"bomgar-appliance-{old}.tar.gz" not in checkout.git("grep", "-h", "bomgar-appliance-[0-9]", "--", "README.md", "docs")
    changed = {line[3:].split("/")[0] for line in checkout.git("status", "--porcelain").splitlines()}
    assert changed == {"CHANGELOG.md", "README.md", "changelogs", "docs", "galaxy.yml"}
    checkout.commit("Release 1.2.3")
    subprocess.run(["scripts/copy-tree", tmp_path / "again"], cwd=checkout.path, check=True)
    tree = tmp_path / "again/ansible_collections/bomgar/appliance"
    subprocess.run(["scripts/build-tarball", PROGRAMS.parent, tree, tmp_path / "dist"], cwd=checkout.path, check=True)
    assert (tmp_path / "dist" / tarball.name).read_bytes() == tarball.read_bytes()
    keeps_earlier_changes(checkout)


def keeps_earlier_changes(checkout):
    """The release after the one that was applied has the changes of both."""
    (checkout.path / "changelogs/fragments/next.yml").write_text(FRAGMENT)
    checkout.commit("Change something")
    page = contents(checkout.released(VERSION="1.3.0"))["CHANGELOG.md"]
    newer, older = page.index("## v1\\.3\\.0"), page.index("## v1\\.2\\.3")
    assert newer < page.index("The planted change of a test") < older
    assert page.count("The planted change of a test") == 1


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"VERSION": "next"}, "is not a semantic version"),
        ({"REPOSITORY": "http://git.example.com"}, "must be an https:// address"),
        ({"APPLY": "yes"}, "changes that are not committed"),
    ],
)
def test_what_a_release_refuses(checkout, settings, reason):
    (checkout.path / "changelogs/fragments/next.yml").write_text(FRAGMENT)
    done = checkout.release(**settings)
    assert done.returncode == 1 and reason in done.stderr, done.stdout + done.stderr
    assert not (checkout.path / ".build").exists()
