"""Who a browser belongs to: a cookie for each visit, and the signed token that a known customer comes with.

An anonymous browser keeps a random secret, of which the desk knows the SHA-256 alone; a customer whom the host page
vouches for keeps a short-lived statement of who they are. The desk signs both, so that nobody can bring one of their
own making, and neither needs a table, so both outlive a restart.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import jwt

from console.conversation.people import Customer
from console.desk.channels.webchat import Visitor, anonymous, verified
from console.server.chat.keeping import Ended
from console.settings import SettingsError
from console.text import clean_line

AUDIENCE: Final = "secondchair-chat"
"""The ``aud`` claim that a host page's token must carry."""

ANONYMOUS_FOR: Final = timedelta(days=30)
"""How long a browser is remembered after its last visit."""

VERIFIED_FOR: Final = timedelta(hours=12)
"""How long a known customer stays known before the host page must vouch again."""

TOKEN_FOR_AT_MOST: Final = timedelta(hours=24)
"""How far ahead a host page's token may run out; one that holds for longer is worth stealing, and refused."""

SHORTEST_SECRET: Final = 32
"""Bytes; a shorter HMAC-SHA-256 key is weaker than the digest (RFC 7518, 3.2)."""

_CLOCKS_DIFFER: Final = timedelta(seconds=10)
_KNOWN: Final = "secondchair-chat-visit"
_ANONYMOUS: Final = "secondchair-chat-anonymous"
_OF_CUSTOMER: Final = ("name", "email")
_COOKIE: Final = "secondchair-chat"

Records = Callable[[str], Customer | None]
"""Finds the company's own record of a customer by id."""


class TokenRefused(Exception):
    """The host page's token does not prove who the customer is; the message says why, for the log."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visitor with what their browser is to keep."""

    visitor: Visitor
    cookie: str
    max_age: int | None
    """Seconds; ``None`` lasts until the browser is closed."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What a cookie proves: whose it is, and which visit."""

    visitor: Visitor
    visit: str


class Visits:
    """Reads and makes the cookies.

    ``secret`` is shared with the host page (empty: every visitor is anonymous), ``key`` is the server's own, which the
    cookies are signed with, and ``ended`` remembers those that are over.
    """

    def __init__(self, secret: str, records: Records, key: bytes, ended: Ended) -> None:
        if secret and len(secret.encode()) < SHORTEST_SECRET:
            raise SettingsError(
                f"the secret of the web chat (web_chat.secret_file) must have at least {SHORTEST_SECRET} bytes; "
                "'openssl rand -hex 32' makes one"
            )
        self._secret = secret
        self._key = key
        self._known_key = hmac.digest(key, f"{_KNOWN}\x00{secret}".encode(), "sha256")
        self._records = records
        self._ended = ended

    def read(self, cookies: Mapping[str, str], secure: bool) -> Visitor | None:
        """Return the visitor that a request's cookies belong to; ``None`` when there is none that holds."""
        held = self._held(cookies.get(cookie_name(secure), ""))
        return held.visitor if held else None

    def begin(self) -> Visit:
        """Return a visit of a browser that is not known yet."""
        return self._anonymous(secrets.token_urlsafe(32))

    def resume(self, cookies: Mapping[str, str], secure: bool) -> Visit | None:
        """Return the visit that a browser's cookies continue; ``None`` when there is none."""
        value = cookies.get(cookie_name(secure), "")
        held = self._held(value)
        if held is None:
            return None
        return Visit(held.visitor, value, None) if held.visitor.known else self._anonymous(held.visit)

    def admit(self, token: str) -> Visit:
        """Return the visit of the customer that a host page's token names; raises :class:`TokenRefused`."""
        if not self._secret:
            raise TokenRefused("no secret is set (web_chat.secret_file)")
        claims = _decode(token, self._secret.encode(), AUDIENCE, _OF_CUSTOMER)
        if int(claims["exp"]) > (datetime.now(UTC) + TOKEN_FOR_AT_MOST + _CLOCKS_DIFFER).timestamp():
            raise TokenRefused(f"its 'exp' is more than {TOKEN_FOR_AT_MOST} ahead")
        return self._vouched(self._customer(claims), chat="")

    def renew(self, visitor: Visitor) -> Visit:
        """Return a visit of the same person with a new conversation, for one whose conversation was erased."""
        if visitor.known:
            return self._vouched(visitor.customer, chat=secrets.token_urlsafe(9))
        return self.begin()

    def end(self, cookies: Mapping[str, str], secure: bool) -> Visitor | None:
        """End the visit that a browser's cookies belong to, wherever they were copied to; return whose it was."""
        held = self._held(cookies.get(cookie_name(secure), ""))
        if held is None:
            return None
        longest = VERIFIED_FOR if held.visitor.known else ANONYMOUS_FOR
        self._ended.add(held.visit, (longest + _CLOCKS_DIFFER).total_seconds())
        return held.visitor

    def _held(self, value: str) -> _Held | None:
        """Return what a cookie proves; ``None`` when it is not ours, has run out, or its visit has ended."""
        held = self._held_anonymously(value) or (self._held_by_customer(value) if self._secret else None)
        return None if held is None or held.visit in self._ended else held

    def _held_anonymously(self, value: str) -> _Held | None:
        try:
            secret = _text(_decode(value, self._key, _ANONYMOUS, ()), "sub")
        except TokenRefused:
            return None
        return _Held(anonymous(_digest(secret)), secret)

    def _held_by_customer(self, value: str) -> _Held | None:
        try:
            claims = _decode(value, self._known_key, _KNOWN, (*_OF_CUSTOMER, "chat", "visit"))
            return _Held(verified(self._customer(claims), _text(claims, "chat")), _text(claims, "visit"))
        except TokenRefused:
            return None

    def _anonymous(self, secret: str) -> Visit:
        claims = {"aud": _ANONYMOUS, "exp": datetime.now(UTC) + ANONYMOUS_FOR, "sub": secret}
        cookie = jwt.encode(claims, self._key, algorithm="HS256")
        return Visit(anonymous(_digest(secret)), cookie, int(ANONYMOUS_FOR.total_seconds()))

    def _vouched(self, customer: Customer, chat: str) -> Visit:
        claims = {
            "aud": _KNOWN,
            "exp": datetime.now(UTC) + VERIFIED_FOR,
            "sub": customer.id,
            "name": customer.name,
            "email": customer.email,
            "chat": chat,
            "visit": secrets.token_urlsafe(16),
        }
        return Visit(verified(customer, chat), jwt.encode(claims, self._known_key, algorithm="HS256"), None)

    def _customer(self, claims: Mapping[str, Any]) -> Customer:
        name = claims["sub"]
        if not isinstance(name, str) or not name or clean_line(name) != name:
            # two customers must never become one because what tells them apart is cleaned away or cut off
            raise TokenRefused("its 'sub' is empty, longer than 200 characters, or has some that are not kept")
        record = self._records(name)
        return record or Customer(id=name, name=_text(claims, "name"), email=_text(claims, "email"))


def cookie_name(secure: bool) -> str:
    """Return the cookie's name; over https its prefix binds it to this very host (RFC 6265bis, 4.1.3.2)."""
    return f"__Host-{_COOKIE}" if secure else _COOKIE


def _decode(token: str, key: bytes, audience: str, more: tuple[str, ...]) -> Mapping[str, Any]:
    required = ["aud", "exp", "sub", *more]
    try:
        claims: Mapping[str, Any] = jwt.decode(
            token,
            key,
            algorithms=["HS256"],
            audience=audience,
            leeway=_CLOCKS_DIFFER,
            options={"require": required, "strict_aud": True},
        )
    except (jwt.PyJWTError, ValueError, OverflowError) as error:
        raise TokenRefused(str(error)) from error
    return claims


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str):
        raise TokenRefused(f"its '{name}' is not text")
    return clean_line(value)


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()
