"""Who a browser belongs to: a cookie for each visit, and the signed token that a known customer comes with.

An anonymous browser keeps a random secret; the desk knows its SHA-256 alone. A customer whom the host page vouches for
keeps a short-lived statement that the desk signs itself. Neither needs a table, so both outlive a restart.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import jwt

from console.conversation.people import Customer
from console.desk.channels.webchat import Visitor, anonymous, verified
from console.settings import SettingsError
from console.text import clean_line

AUDIENCE: Final = "secondchair-chat"
"""The ``aud`` claim that a host page's token must carry."""

ANONYMOUS_FOR: Final = timedelta(days=30)
"""How long a browser is remembered after its last visit."""

VERIFIED_FOR: Final = timedelta(hours=12)
"""How long a known customer stays known before the host page must vouch again."""

SHORTEST_SECRET: Final = 32
"""Bytes; a shorter HMAC-SHA-256 key is weaker than the digest (RFC 7518, 3.2)."""

_CLOCKS_DIFFER: Final = timedelta(seconds=10)
_OWN_AUDIENCE: Final = "secondchair-chat-visit"
_RANDOM: Final = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 bits as base64url
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


class Visits:
    """Reads and makes the cookies. ``secret`` is shared with the host page; empty: every visitor is anonymous."""

    def __init__(self, secret: str, records: Records) -> None:
        if secret and len(secret.encode()) < SHORTEST_SECRET:
            raise SettingsError(
                f"the secret of the web chat (web_chat.secret_file) must have at least {SHORTEST_SECRET} bytes; "
                "'openssl rand -hex 32' makes one"
            )
        self._secret = secret
        self._own_key = hmac.digest(secret.encode(), _OWN_AUDIENCE.encode(), "sha256")
        self._records = records

    def read(self, cookies: Mapping[str, str], secure: bool) -> Visitor | None:
        """Return the visitor that a request's cookies belong to; ``None`` when there is none that holds."""
        value = cookies.get(cookie_name(secure), "")
        if _RANDOM.fullmatch(value):
            return anonymous(_digest(value))
        if not value or not self._secret:
            return None
        try:
            claims = _decode(value, self._own_key, _OWN_AUDIENCE)
            return verified(self._customer(claims), _text(claims, "chat"))
        except TokenRefused:
            return None

    def begin(self) -> Visit:
        """Return a visit of a browser that is not known yet."""
        value = secrets.token_urlsafe(32)
        return Visit(anonymous(_digest(value)), value, int(ANONYMOUS_FOR.total_seconds()))

    def resume(self, cookies: Mapping[str, str], secure: bool) -> Visit | None:
        """Return the visit that a browser's cookies continue; ``None`` when there is none."""
        visitor = self.read(cookies, secure)
        if visitor is None:
            return None
        value = cookies[cookie_name(secure)]
        known = not _RANDOM.fullmatch(value)
        return Visit(visitor, value, None if known else int(ANONYMOUS_FOR.total_seconds()))

    def admit(self, token: str) -> Visit:
        """Return the visit of the customer that a host page's token names; raises :class:`TokenRefused`."""
        if not self._secret:
            raise TokenRefused("no secret is set (web_chat.secret_file)")
        return self._vouched(self._customer(_decode(token, self._secret.encode(), AUDIENCE)), chat="")

    def renew(self, visitor: Visitor) -> Visit:
        """Return a visit of the same person with a new conversation, for one whose conversation was erased."""
        if visitor.known:
            return self._vouched(visitor.customer, chat=secrets.token_urlsafe(9))
        return self.begin()

    def _vouched(self, customer: Customer, chat: str) -> Visit:
        claims = {
            "aud": _OWN_AUDIENCE,
            "exp": datetime.now(UTC) + VERIFIED_FOR,
            "sub": customer.id,
            "name": customer.name,
            "email": customer.email,
            "chat": chat,
        }
        return Visit(verified(customer, chat), jwt.encode(claims, self._own_key, algorithm="HS256"), None)

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


def _decode(token: str, key: bytes, audience: str) -> Mapping[str, Any]:
    required = ["aud", "exp", "sub", "name", "email"]
    try:
        claims: Mapping[str, Any] = jwt.decode(
            token,
            key,
            algorithms=["HS256"],
            audience=audience,
            leeway=_CLOCKS_DIFFER,
            options={"require": required, "strict_aud": True},
        )
    except (jwt.PyJWTError, ValueError) as error:
        raise TokenRefused(str(error)) from error
    return claims


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str):
        raise TokenRefused(f"its '{name}' is not text")
    return clean_line(value)


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()
