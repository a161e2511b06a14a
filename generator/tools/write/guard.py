"""Who may use the writing page: only the page itself, by a token that no other site can read."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

HEADER: Final = "X-Rizhi-Token"
HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' blob: data:; frame-src 'self'; object-src 'none'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
}
"""Of everything below the writing page's address."""

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Token:
    """The token of one run of the program."""

    value: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    def needed(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint for those who have the token; 403 for all others."""

        async def guarded(request: Request) -> Response:
            given = request.headers.get(HEADER, "")
            if not secrets.compare_digest(given.encode(), self.value.encode()):
                return PlainTextResponse("403 Forbidden\n", 403, headers=HEADERS)
            response = await endpoint(request)
            response.headers.update(HEADERS)
            return response

        return guarded
