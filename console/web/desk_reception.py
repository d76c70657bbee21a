"""The reception over HTTP: ``POST /v1/sign-in`` for passwords, ``…/code`` for codes, ``GET /v1/me`` for tokens."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

import httpx

from console.addresses import is_address
from console.web.reception import SignedIn, SignInError, TooOften, Wrong

PAUSES: Final = (0.5, 1.0, 2.0)
"""Seconds until a desk that was not there, or was only just starting, is looked for once more."""

SECONDS: Final = 15.0
"""Seconds in which the desk must have answered."""

_WRONG: Final = frozenset({400, 401, 403, 422})


class DeskReception:
    """Asks the desk server at the address that ``where`` returns, and tells it from where somebody comes.

    A desk that trusts us (``[server] proxies``) counts tries by that, and writes it into its log.
    """

    def __init__(self, where: Callable[[], Awaitable[str]]) -> None:
        self._where = where

    async def by_password(self, name: str, password: str, address: str) -> SignedIn:
        """Return who has this name and password."""
        body = {"name": name, "password": password}
        wrong = "The name or the password is wrong."
        answer = await self._ask("POST", "/v1/sign-in", wrong, json=body, headers=_from(address))
        return _person(answer, answer)

    async def by_token(self, token: str, address: str) -> SignedIn:
        """Return who has this token."""
        if not token.isascii() or not token.isprintable() or " " in token:
            raise Wrong("This is no token.")
        headers = {"Authorization": f"Bearer {token}"} | _from(address)
        answer = await self._ask("GET", "/v1/me", "The desk does not know this token.", headers=headers)
        return _person(answer.get("agent"), {"token": token})

    async def by_code(self, code: str, proof: str, address: str) -> SignedIn:
        """Return whom the identity provider vouched for."""
        wrong = "This sign-in does not hold any more. Begin again."
        body = {"code": code, "verifier": proof}
        answer = await self._ask("POST", "/v1/sign-in/code", wrong, json=body, headers=_from(address))
        return _person(answer, answer)

    async def leave(self, person: SignedIn) -> None:
        """End the token of somebody who signed in with a password; a token that was given to them is theirs."""
        if person.expires is None:
            return
        headers = {"Authorization": f"Bearer {person.token}"}
        try:
            async with httpx.AsyncClient(base_url=await self._where(), timeout=SECONDS) as http:
                (await http.post("/v1/sign-out", headers=headers)).raise_for_status()
        except httpx.HTTPError as error:
            raise SignInError("The desk server did not hear that somebody left.") from error

    async def _ask(self, verb: str, path: str, wrong: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - httpx's own
        try:
            answer = await self._answered(verb, path, **more)
            if answer.status_code in _WRONG:
                raise Wrong(wrong)
            if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
                raise TooOften(_seconds(answer.headers.get("Retry-After", "")))
            if answer.status_code in {httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED}:
                raise SignInError("This desk has no passwords. Sign in with a token.")
            answer.raise_for_status()
            read: dict[str, Any] = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise SignInError("The desk server does not answer. Try again in a moment.") from error
        return read

    async def _answered(self, verb: str, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own
        """Ask until there is an answer; a desk that has just ended is there again in a moment, itself or another."""
        for pause in PAUSES:
            with suppress(httpx.ConnectError):
                answer = await self._answer(verb, path, **more)
                if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                    return answer
            await asyncio.sleep(pause)
        return await self._answer(verb, path, **more)

    async def _answer(self, verb: str, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own
        async with httpx.AsyncClient(base_url=await self._where(), timeout=SECONDS) as http:
            return await http.request(verb, path, **more)


def _person(who: Any, pass_: dict[str, Any]) -> SignedIn:  # noqa: ANN401 - JSON
    try:
        until = pass_.get("expires_at")
        expires = datetime.fromisoformat(until).timestamp() if until else None
        return SignedIn(str(who["id"]), str(who["name"]), str(who["role"]), str(pass_["token"]), expires)
    except (KeyError, TypeError, ValueError) as error:
        raise SignInError("The desk server answered something else than expected; is it another version?") from error


def _from(address: str) -> dict[str, str]:
    """Return the header that says from where somebody comes; none where a proxy passed on what it was told."""
    return {"X-Forwarded-For": address} if is_address(address) else {}


def _seconds(text: str) -> float:
    return float(text) if text.isdigit() else 60.0
