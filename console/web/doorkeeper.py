"""Signing in: by what, and with one clear line for whoever is not let in.

How often a password may be wrong is for the desk to say: it counts in its store, for all servers together. What is
counted here, by address, keeps one place from taking all of this server's time, with tokens and codes too.
"""

import asyncio
from collections.abc import Coroutine
from typing import Final

import structlog

from console.addresses import neighbourhood
from console.web.attempts import Attempts
from console.web.reception import Reception, SignedIn, SignInError, TooOften, Wrong

AT_ONCE: Final = 8
"""People who are looked up at the desk at the same time; checking a password is work."""

LONGEST_NAME: Final = 100
LONGEST_SECRET: Final = 1000

_log = structlog.get_logger(__name__)


class Doorkeeper:
    """Lets people in by the desk's word."""

    def __init__(self, reception: Reception, attempts: Attempts | None = None) -> None:
        self._reception = reception
        self._attempts = attempts or Attempts(30, 300)
        self._busy = asyncio.Semaphore(AT_ONCE)

    async def admit(self, address: str, name: str, password: str, token: str) -> SignedIn:
        """Return who signs in from an address with a name and a password, or a token; raises :class:`SignInError`."""
        name, token = name.strip(), token.strip()
        if not token and not (name and password):
            raise Wrong("Give your name and your password, or a token.")
        if len(name) > LONGEST_NAME or max(len(password), len(token)) > LONGEST_SECRET:
            raise Wrong("That is too long to be right.")
        reception = self._reception
        asked = reception.by_token(token, address) if token else reception.by_password(name, password, address)
        return await self._admitted(address, asked)

    async def admit_vouched(self, address: str, code: str, proof: str) -> SignedIn:
        """Return whom the identity provider vouched for, who comes back to an address; raises :class:`SignInError`."""
        return await self._admitted(address, self._reception.by_code(code, proof, address))

    async def _admitted(self, address: str, asked: Coroutine[object, object, SignedIn]) -> SignedIn:
        place = neighbourhood(address)
        try:
            if wait := self._attempts.wait(place):
                raise TooOften(wait)
            async with self._busy:
                person = await asked
        except SignInError as error:
            _log.warning("nobody was signed in", address=address, why=type(error).__name__)
            raise
        finally:
            asked.close()
        self._attempts.forgive(place)
        _log.info("signed in", person=person.id, address=address)
        return person

    async def leave(self, person: SignedIn) -> None:
        """Tell the desk that somebody has left; where it does not hear, the token ends by itself."""
        try:
            await self._reception.leave(person)
        except (SignInError, OSError, RuntimeError) as error:
            _log.warning("a token goes on until it ends by itself", person=person.id, why=str(error))
