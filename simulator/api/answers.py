# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Answers that several APIs share."""

import json

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

DENIED = {
    "error": "access_denied",
    "message": "The resource owner or authorization server denied the request.",
}
NOT_FOUND_PAGE = """<!DOCTYPE html>
<html><head><title>Document Not Found</title></head>
<body><h1>Document Not Found</h1><p>The document you requested could not be found.</p></body></html>
"""


class Stop(HTTPException):
    """Ends the handling of a request with this answer."""

    def __init__(self, response):
        super().__init__(response=response)


def as_json(data, status=200, headers=None):
    """Chunked like the recorded replies: the body has no known length."""
    return streamed(json.dumps(data), "application/json", status, headers)


def streamed(text, content_type, status=200, headers=None):
    return Response(iter([text.encode()]), status=status, content_type=content_type, headers=headers)


def message(text, status):
    return as_json({"message": text}, status)


def document_not_found():
    """What a missing permission, a switched-off XML API and a wrong address look like
    (docs/vendor/authentication.md#errors-of-authentication)."""
    return Response(NOT_FOUND_PAGE, status=404, content_type="text/html; charset=UTF-8")


def wrong_method(allowed):
    return Response(status=405, headers={"Allow": ", ".join(allowed)})


def allows(request, methods):
    """Stop for OPTIONS and for methods an address does not have; HEAD goes wherever GET does."""
    allowed = [*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"]
    if request.method == "OPTIONS":
        raise Stop(Response(status=200, headers={"Allow": ", ".join(allowed)}))
    if request.method not in allowed:
        raise Stop(wrong_method(allowed))
