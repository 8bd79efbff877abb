# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A certificate is exported with its key and opened again, or nothing is."""

import os
import stat
from pathlib import Path

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.modules.certificate_export import OPERATION as EXPORT
from cryptography.hazmat.primitives.serialization import pkcs12


@pytest.mark.mission("M4")
@pytest.mark.parametrize("world", ["far_outdated", "modern_layout"])
def test_the_default_certificate_has_key_and_chain(given, tmp_path, world):
    bench = given(world)
    (saved,) = bench.run(EXPORT, dest=str(tmp_path / "keys"), passphrase="open sesame")["certificates"]
    key, certificate, chain = pkcs12.load_key_and_certificates(Path(saved["path"]).read_bytes(), b"open sesame")
    assert key.public_key() == certificate.public_key() and chain
    assert (saved["key_matches"], saved["chain_complete"]) == (True, True)
    assert 300 < saved["days_left"] <= 310
    assert stat.S_IMODE(os.stat(saved["path"]).st_mode) == 0o600
    assert bench.writes() == []


@pytest.mark.mission("M4")
def test_without_a_passphrase_nothing_is_exported(given, tmp_path):
    bench = given()
    with pytest.raises(InvalidInput, match="passphrase"):
        bench.run(EXPORT, dest=str(tmp_path / "keys"), passphrase="")
    assert bench.running.requests() == [] and not (tmp_path / "keys").exists()


def test_an_unknown_name_is_refused(given, tmp_path):
    bench = given()
    with pytest.raises(InvalidInput, match="Old certificate"):
        bench.run(EXPORT, dest=str(tmp_path / "keys"), passphrase="open sesame", names=["nobody.example.com"])


def test_check_mode_names_what_it_would_export(given, tmp_path):
    bench = given()
    result = bench.run(EXPORT, check_mode=True, dest=str(tmp_path / "keys"), passphrase="open sesame")
    assert [entry["name"] for entry in result["certificates"]] == ["support.example.com"]
    assert not (tmp_path / "keys").exists()


def again(bench, folder, **more):
    given = {"dest": str(folder / "keys"), "journal": str(folder / "journal.jsonl"), "max_age": 3600, "passphrase": "open sesame"}
    return bench.run(EXPORT, **{**given, **more})


def test_a_file_that_counts_is_not_exported_again(given, tmp_path):
    bench = given()
    first, second = again(bench, tmp_path), again(bench, tmp_path)
    assert (first["changed"], second["changed"]) == (True, False)
    assert second["certificates"][0]["metadata"] == first["certificates"][0]["metadata"]
    assert len(list((tmp_path / "keys").glob("*.p12"))) == 1


@pytest.mark.parametrize("more", [{"max_age": 0}, {"passphrase": "another one"}, {"journal": None}])
def test_another_passphrase_or_no_age_exports_again(given, tmp_path, more):
    bench = given()
    again(bench, tmp_path)
    assert again(bench, tmp_path, **more)["changed"]


def test_another_certificate_of_the_same_name_is_exported(given, tmp_path):
    bench = given()
    again(bench, tmp_path)
    bench.running.advance(3700)
    assert again(bench, tmp_path)["changed"]
