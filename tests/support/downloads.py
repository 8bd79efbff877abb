# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A download that arrives in chunks."""

from ansible_collections.bomgar.appliance.plugins.module_utils.storage.download import PrivateDownload


def receive(path, *chunks, commit=True):
    with PrivateDownload(path) as download:
        for chunk in chunks:
            download.write(chunk)
        if commit:
            download.commit()
    return download
