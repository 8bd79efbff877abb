# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  web_username:
    description: Account for the C(/appliance) pages. It is another account than those of C(/login).
    type: str
  web_password:
    description: Password that belongs to O(web_username).
    type: str
  login_username:
    description: Local account without second factor for the C(/login) pages, needed only where a step uses them.
    type: str
  login_password:
    description: Password that belongs to O(login_username).
    type: str
  web_labels:
    description:
      - Labels of forms, fields and buttons as your appliance shows them, where they differ from the English and German
        ones that the collection knows. The keys are those of C(plugins/module_utils/web/labels.py); a value is one label
        or a list. Labels are compared whole, without regard to case.
    type: dict
    default: {}
  accept_login_agreement:
    description: Whether a login agreement that stands before the login form may be accepted.
    type: bool
    default: false
  page_dir:
    description:
      - Folder to which a page that was not understood is saved, without passwords, tokens and hidden values.
        Not saved when this is not set.
    type: path
"""
