"""What every request has to pass, and what every answer carries.

Sources: OWASP cheat sheets on content security policy, forged requests and DNS rebinding.
"""

from __future__ import annotations

import hashlib
import hmac
import socket
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from outputs.web.options import LOOPBACK, Options

COOKIE = "sulieu"
ENTRANCE = "/enter"          # where the token is given
STATIC = "/static/"
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = (
    ("content-security-policy", _POLICY), ("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"), ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"), ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
)
_EVERYWHERE = ("0.0.0.0", "::", "")


def passes(options: Options, given: str) -> bool:
    """Whether this is the token, told in a time that does not depend on what is wrong."""
    expected = options.token or ""
    return hmac.compare_digest(hashlib.sha256(given.encode()).digest(), hashlib.sha256(expected.encode()).digest())


def ticket(options: Options) -> str:
    """What the cookie holds instead of the token."""
    return hmac.new((options.token or "").encode(), b"sulieu reading room", hashlib.sha256).hexdigest()


def forms_token(options: Options) -> str:
    """The hidden field of every form: another site cannot know it."""
    return hmac.new(options.secret.encode(), b"sulieu form", hashlib.sha256).hexdigest()


def own_form(options: Options, given: object) -> bool:
    """Whether a form that was posted is one of ours."""
    return isinstance(given, str) and hmac.compare_digest(given.encode(), forms_token(options).encode())


def host_allowed(options: Options, header: str) -> bool:
    """Whether a Host header names this room: a page elsewhere could point a name of its own at 127.0.0.1.

    A room that listens everywhere cannot know its names; there the token, which no other name has a cookie for, guards.
    """
    if options.host in _EVERYWHERE:
        return bool(header)
    return _name(header) in {*LOOPBACK, options.host.lower(), socket.gethostname().lower()}


def _name(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].rstrip(".").lower()


def same_site(headers: Headers) -> bool:
    """Whether the browser says that a page of ours sends the form; one that says nothing is taken at its field."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:   # it knows best
        return site in ("same-origin", "none")
    return origin is None or origin.partition("://")[2] == headers.get("host", "")


class Guard:
    """Looks at the host, the token and the size of every request, and puts the headers on every answer.

    What does not pass goes to `refuse`, as an application with `refused` in its scope's state.
    """

    def __init__(self, app: ASGIApp, options: Options, refuse: ASGIApp) -> None:
        self.app, self.options, self.refuse = app, options, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        key = self._refusal(scope)
        scope.setdefault("state", {})["refused"] = key
        await (self.refuse if key else self.app)(scope, _Bounded(receive, self.options.body), _with_headers(send))

    def _refusal(self, scope: Scope) -> str | None:
        connection = HTTPConnection(scope)
        headers = connection.headers
        length = headers.get("content-length", "0")
        if not host_allowed(self.options, headers.get("host", "")):
            return "wrong_host"
        if not length.isdigit() or len(length) > 18 or int(length) > self.options.body:
            return "too_large"
        everybodys = scope["path"] == ENTRANCE or scope["path"].startswith(STATIC)
        if self.options.token and not everybodys and not self._known(connection):
            return "no_token"
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and not same_site(headers):
            return "foreign_form"
        return None

    def _known(self, connection: HTTPConnection) -> bool:
        scheme, _, given = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and passes(self.options, given.strip()):
            return True
        return hmac.compare_digest(connection.cookies.get(COOKIE, "").encode(), ticket(self.options).encode())


class TooLarge(Exception):
    """A request has more bytes than it may."""


class _Bounded:
    """The body of a request, up to so many bytes: one without a length is counted as it comes."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive, self.left = receive, most

    async def __call__(self) -> Message:
        message = await self.receive()
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise TooLarge
        return message


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            _put(MutableHeaders(scope=message), _HEADERS)
        await send(message)

    return send_with_headers


def _put(headers: MutableHeaders, values: Iterable[tuple[str, str]]) -> None:
    for name, value in values:
        headers[name] = value
    headers.setdefault("cache-control", "no-store" if "set-cookie" in headers else "private, no-cache")
