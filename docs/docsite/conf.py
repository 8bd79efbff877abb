# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Settings of the documentation site; `make docs` builds it. Its pages are the repository's Markdown files and the generated reference."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "bomgar.appliance"
project_copyright = "The bomgar.appliance authors"
language = "en"
extensions = ["myst_parser", "sphinx_antsibull_ext", "site_pages"]

# The source folder is made of links to files: it looks like the repository, so that each link between two files works in both.
root_doc = "docs/contents"
include_patterns = ["*.md", "docs/**", "simulator/README.md", "tests/judges/README.md", "examples/automation/README.md", "reference/**"]
exclude_patterns = ["docs/docsite/**"]

myst_heading_anchors = 3
myst_linkify_fuzzy_links = False

html_theme = "furo"
html_title = "bomgar.appliance"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_extra_path = ["root"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}
