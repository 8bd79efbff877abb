# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import yaml
from ansible_collections.bomgar.appliance.plugins.module_utils.model.label_file import label_file

STEP = {
    "step": "install a package",
    "page": "/appliance > Updates",
    "method": "manual",
    "missing": ["install"],
    "shown": ["Go\n# x: 1", "a: b"],
}


def test_every_key_is_a_comment_at_first():
    text = label_file("a", [STEP, STEP], {"install": ("Install",)})
    assert yaml.safe_load(text) == {"bomgar_web_labels": None} and text.count('# install: ""') == 1
    assert yaml.safe_load(text.replace('# install: ""', "install: Go")) == {"bomgar_web_labels": {"install": "Go"}}


def test_labels_of_the_page_stay_inside_the_comment():
    text = label_file("a", [STEP], {})
    assert all(line.lstrip().startswith("#") or line in ("", "---", "bomgar_web_labels:") for line in text.splitlines())


def test_without_missing_labels_it_says_so():
    assert "All labels" in label_file("a", [{**STEP, "missing": []}], {})
