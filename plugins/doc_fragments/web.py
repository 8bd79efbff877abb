# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  web_username:
    description: Account for the C(/appliance) pages. Accounts of the C(/login) pages do not work there.
    type: str
  web_password:
    description: Password of O(web_username).
    type: str
  login_username:
    description: Local account for the C(/login) pages, without a second factor. Required only by steps that use these pages.
    type: str
  login_password:
    description: Password of O(login_username).
    type: str
  web_labels:
    description:
      - Labels of forms, fields and buttons on your appliance, if they differ from the English and German labels that the collection knows.
      - The keys are those of C(plugins/module_utils/web/labels_*.py). A value is one label or a list of labels. A label must match as a
        whole. Case is ignored.
    type: dict
    default: {}
  accept_login_agreement:
    description: Whether to accept a login agreement that the appliance shows before the login form.
    type: bool
    default: false
  page_dir:
    description:
      - Folder in which a page is saved that the collection cannot read. Passwords, tokens and hidden values are removed.
      - If not set, the page is not saved.
    type: path
"""
