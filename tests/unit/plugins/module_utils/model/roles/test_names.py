# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from ansible_collections.bomgar.appliance.plugins.module_utils.model.roles.names import mistakes, sentence

KNOWN = ("upgrade_mode", "upgrade_node", "backup_dest")


def test_known_and_foreign_names_are_fine():
    assert mistakes(["upgrade_mode", "ansible_host", "_upgrade_x", "backup_server", "bomgar_person"], KNOWN, ("backup_dest",)) == []


def test_misspelled_names_get_a_suggestion():
    assert mistakes(["upgrade_mod", "upgrade-mode"], KNOWN, ()) == [("upgrade-mode", "upgrade_mode"), ("upgrade_mod", "upgrade_mode")]


def test_a_misspelled_prefix_is_found():
    assert mistakes(["upgarde_mode"], KNOWN, ()) == [("upgarde_mode", "upgrade_mode")]


def test_a_near_name_of_the_role_is_found():
    assert mistakes(["backup_dst"], KNOWN, ("backup_dest",)) == [("backup_dst", "backup_dest")]


def test_an_unknown_name_has_a_sentence():
    assert mistakes(["drain_xyzzy"], KNOWN, ()) == [("drain_xyzzy", "")]
    assert "another prefix" in sentence("drain_xyzzy", "") and "did you mean a?" in sentence("b", "a")


def test_foreign_first_word_is_the_users():
    """A name with another first word belongs to the user."""
    role = {"backup_certificate_passphrase"}
    assert mistakes(["vault_certificate_passphrase", "my_certificate_passphrase"], role, role) == []
    assert mistakes(["bakcup_certificate_passphrase"], role, role) == [("bakcup_certificate_passphrase", "backup_certificate_passphrase")]
