"""Who may talk to the server: the browser page that was opened with the key, and no other page, host or machine."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import Response, abort, request

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""What a browser's own PDF viewer needs besides."""


@dataclass(frozen=True)
class Access:
    """The key of one run, and the port on which it listens."""

    key: str
    port: int

    @property
    def origin(self) -> str:
        """The only origin whose pages may ask."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        """The address that opens the page."""
        return f"{self.origin}/?key={self.key}"

    @property
    def cookie(self) -> str:
        """The cookie's name: browsers keep one jar for all ports of a machine."""
        return f"handouts-{self.port}"

    def check(self) -> None:
        """End a request that does not come from the page (403)."""
        hosts = {f"127.0.0.1:{self.port}", *(["127.0.0.1"] if self.port == 80 else [])}
        # Another host's name that leads to this machine would make its pages ours (DNS rebinding).
        if request.host not in hosts or request.headers.get("Origin", self.origin) != self.origin:
            abort(403)
        if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            abort(403)
        given = request.args.get("key") or request.cookies.get(self.cookie, "")
        if not secrets.compare_digest(given.encode(), self.key.encode()):
            abort(403)

    def guard(self, response: Response) -> Response:
        """Tell the browser what the page may do, and to keep nothing."""
        headers = response.headers
        headers["Content-Security-Policy"] = PDF_POLICY if response.mimetype == "application/pdf" else PAGE_POLICY
        headers["X-Content-Type-Options"] = "nosniff"
        # Not `no-referrer`: with it, a browser's own forms would come from no origin.
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        # Pages name a patient. Pictures and styles do not, and say so themselves.
        if not response.cache_control.max_age:
            headers["Cache-Control"] = "no-store"
        if response.status_code < 400 and request.args.get("key"):
            response.set_cookie(self.cookie, self.key, httponly=True, samesite="Strict")
        return response
