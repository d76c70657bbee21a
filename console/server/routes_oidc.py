"""Routes of signing in at the company's identity provider (OpenID Connect).

A browser begins at ``/v1/oidc/start`` and comes back to ``/v1/oidc/callback``; at its end stands a code that holds once
and for a minute. A console in the browser gets it in the address that it named; whoever sits at a terminal is shown it.
Either exchanges it at ``/v1/sign-in/code``. What is begun in one browser cannot be ended in another.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from console.accounts import AccountsError
from console.accounts.errors import NotSignedIn, TryLater
from console.accounts.tokens import digest_of
from console.accounts.vouching import UNDER_WAY, UnderWay, Vouching
from console.addresses import neighbourhood
from console.conversation.people import Role
from console.conversation.sign_in_commands import SessionBegun, SignInCode
from console.conversation.sign_in_events import SignInRefused
from console.desk.errors import NotFound, Refused
from console.oidc.claims import read_claims
from console.oidc.errors import NotVouched, ProviderError
from console.oidc.port import IdentityProvider
from console.server.access import AuditHere
from console.server.bodies import Body
from console.server.refusals import address_of
from console.server.routes_sign_in import begun

router = APIRouter(prefix="/v1", tags=["sign-in"])


@dataclass(frozen=True, slots=True)
class Oidc:
    """Signing in at a provider, as the settings have it. ``roles`` maps what it says of a person to roles."""

    provider: IdentityProvider
    vouching: Vouching
    role_claim: str
    roles: tuple[tuple[str, Role], ...]
    consoles: frozenset[str]

    @property
    def cookie(self) -> str:
        """The name of the cookie that binds a sign-in to its browser."""
        return "__Host-secondchair-oidc" if self.secure else "secondchair-oidc"

    @property
    def secure(self) -> bool:
        """Whether browsers reach this server over https."""
        return self.provider.client.callback.startswith("https://")


async def oidc_of(request: Request) -> Oidc:
    """Return how people sign in at the provider; raises :class:`NotFound` where there is none."""
    oidc: Oidc | None = request.app.state.oidc
    if oidc is None:
        raise NotFound("this desk has no identity provider ([oidc] issuer)")
    return oidc


OidcHere = Annotated[Oidc, Depends(oidc_of)]
Shown = Annotated[str, Query(max_length=2_000)]


@router.get("/oidc/start", status_code=303, response_class=Response)
async def start(
    request: Request,
    oidc: OidcHere,
    console: Shown = "",
    challenge: Annotated[str, Query(pattern=r"^([A-Za-z0-9_-]{43})?$")] = "",
    role: Role | None = None,
) -> Response:
    """Send the browser to the provider.

    ``console`` is the address to come back to; then ``challenge`` is needed too: S256 (RFC 7636) of a secret that the
    console shows when it exchanges the code.
    """
    if console and console not in oidc.consoles:
        raise Refused("nobody is sent back to that address; [oidc] consoles says where to")
    if bool(console) is not bool(challenge):
        raise Refused("'console' and 'challenge' belong together")
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    browser = _browser(request, oidc) or secrets.token_urlsafe(32)
    under_way = UnderWay(nonce, verifier, digest_of(browser), console, challenge, role.value if role else "")
    place = neighbourhood(address_of(request.scope))
    try:
        await run_in_threadpool(oidc.vouching.begin, state, under_way, place)
        where = await oidc.provider.where(state, nonce, verifier)
    except TryLater as error:
        return _page(429, _sentence(error), {"Retry-After": str(error.seconds)})
    except ProviderError as error:
        return _page(503, _sentence(error))
    response = Response(status_code=303, headers={"Location": where, **_QUIET})
    response.set_cookie(oidc.cookie, browser, UNDER_WAY, path="/", secure=oidc.secure, httponly=True, samesite="lax")
    return response


@router.get("/oidc/callback", response_class=Response)
async def callback(
    request: Request, oidc: OidcHere, audit: AuditHere, state: Shown = "", code: Shown = "", iss: Shown = ""
) -> Response:
    """Take a person who comes back from the provider, and lead them on with a code for a session."""
    address = address_of(request.scope)

    def refused(status: int, reason: str, line: str) -> Response:
        audit.refused(SignInRefused(reason, "oidc", address))
        return _page(status, line)

    under_way = await run_in_threadpool(oidc.vouching.take, state)
    browser = digest_of(_browser(request, oidc))
    if under_way is None or not hmac.compare_digest(under_way.browser, browser):
        return refused(
            401, "not begun here", "This sign-in was not begun in this browser, or took too long. Begin again."
        )
    if not code or (iss and iss != oidc.provider.client.issuer):
        return refused(401, "the provider refused", "The identity provider did not sign you in.")
    return await _vouched(oidc, under_way, code, address, refused, audit.changed)


@router.post("/sign-in/code", response_model=SessionBegun)
async def exchange(request: Request, command: Body[SignInCode], oidc: OidcHere, audit: AuditHere) -> Response:
    """Begin a session with the code of a sign-in at the provider; it holds once."""
    try:
        entered = await run_in_threadpool(oidc.vouching.exchange, command.code, command.verifier)
    except NotSignedIn:
        audit.refused(SignInRefused("a code that does not hold", "oidc", address_of(request.scope)))
        raise
    audit.changed()
    return begun(entered)


async def _vouched(
    oidc: Oidc,
    under_way: UnderWay,
    code: str,
    address: str,
    refused: Callable[[int, str, str], Response],
    changed: Callable[[], None],
) -> Response:
    try:
        claims = await oidc.provider.claims(code, under_way.nonce, under_way.verifier)
        whom = read_claims(claims, oidc.role_claim, oidc.roles)
        if whom is None:
            raise NotVouched("the identity provider did not say who you are")
        given = await run_in_threadpool(
            oidc.vouching.vouched, whom.issuer, whom.subject, whom.name, whom.roles, under_way, address
        )
    except NotVouched as error:
        return refused(401, "not vouched for", _sentence(error))
    except ProviderError as error:
        return refused(503, "the provider failed", _sentence(error))
    except AccountsError as error:
        changed()
        return refused(403, "no role here", _sentence(error))
    changed()
    if under_way.console:
        return Response(status_code=303, headers={"Location": _with_code(under_way.console, given), **_QUIET})
    return _page(200, f"Signed in. Your code, for one use within a minute:\n\n{given}")


def _browser(request: Request, oidc: Oidc) -> str:
    return request.cookies.get(oidc.cookie, "")


def _with_code(console: str, code: str) -> str:
    parts = urlsplit(console)
    return urlunsplit(parts._replace(query=urlencode([*parse_qsl(parts.query), ("code", code)])))


_QUIET: Final = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


def _page(status: int, text: str, more: dict[str, str] | None = None) -> Response:
    """Return plain words for a browser: nothing in them is markup."""
    headers = {**_QUIET, "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'"}
    return Response(f"{text}\n", status, {**headers, **(more or {})}, "text/plain; charset=utf-8")


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."
