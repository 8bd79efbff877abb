# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Answers that several APIs share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from werkzeug.wrappers import Request


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

    def __init__(self, response: Response) -> None:
        super().__init__(response=response)


def as_json(data: Any, status: Any = 200, headers: Any = None) -> Response:
    """Chunked like the recorded replies: the body has no known length."""
    return streamed(json.dumps(data), "application/json", status, headers)


def streamed(text: str, content_type: Any, status: Any = 200, headers: Any = None) -> Response:
    return Response(iter([text.encode()]), status=status, content_type=content_type, headers=headers)


def message(text: str, status: Any) -> Response:
    return as_json({"message": text}, status)


def document_not_found() -> Response:
    """What a missing permission, a switched-off XML API and a wrong address look like
    (docs/vendor/authentication.md#errors-of-authentication)."""
    return Response(NOT_FOUND_PAGE, status=404, content_type="text/html; charset=UTF-8")


def wrong_method(allowed: Any) -> Response:
    return Response(status=405, headers={"Allow": ", ".join(allowed)})


def allows(request: Request, methods: Any) -> None:
    """Stop for OPTIONS and for methods an address does not have; HEAD goes wherever GET does."""
    allowed = [*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"]
    if request.method == "OPTIONS":
        raise Stop(Response(status=200, headers={"Allow": ", ".join(allowed)}))
    if request.method not in allowed:
        raise Stop(wrong_method(allowed))
