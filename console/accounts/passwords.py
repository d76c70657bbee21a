"""Passwords: what makes one good enough, and argon2id, off the event loop and few at a time."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from console.accounts import names
from console.accounts.errors import AccountsError, TryLater

SHORTEST: Final = 12
LONGEST: Final = 256
"""Characters of a password."""

AT_ONCE: Final = 2
"""Passwords that are checked at the same moment; each takes 64 MiB and a processor."""

WAITING: Final = 64
"""Sign-ins that may wait for their turn; the next one is told to come back."""

T = TypeVar("T")


def good_enough(password: str, name: str) -> str:
    """Return a new password as it is kept; raises :class:`AccountsError` with what is wrong with it."""
    if len(password) < SHORTEST:
        raise AccountsError(f"a password has at least {SHORTEST} characters; a few words that you make up are best")
    if len(password) > LONGEST:
        raise AccountsError(f"a password has at most {LONGEST} characters")
    plain, own = names.compared(password), names.compared(name)
    if own in plain and len(plain) < len(own) + SHORTEST:
        raise AccountsError("this password is little more than the name; make up another one")
    if len(set(plain)) < SHORTEST // 2:
        raise AccountsError("this password repeats a few characters; make up another one")
    return password


class Passwords:
    """Hashes and checks passwords in threads of its own."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """``hasher`` is argon2id with the parameters in use; the default is RFC 9106's for 64 MiB."""
        self._hasher = hasher or PasswordHasher(type=Type.ID)
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="argon2")
        self._under_way = 0
        self._nobodys = self._pool.submit(self._hasher.hash, "the password of nobody")

    def hash(self, password: str) -> str:
        """Return what is kept of a password; blocks."""
        return self._hasher.hash(_bytes(password))

    async def hashed(self, password: str) -> str:
        """Return what is kept of a password; raises :class:`TryLater` where too many sign in at this moment."""
        return await self._turn(lambda: self.hash(password))

    async def fits(self, password: str, kept: str | None) -> bool:
        """Return whether this is the password; ``kept`` is ``None`` where there is none, which takes just as long.

        Raises :class:`TryLater` where too many sign in at this moment.
        """
        checked = await self._turn(lambda: self._verify(kept or self._nobodys.result(), password))
        return checked and kept is not None

    async def renewed(self, password: str, kept: str) -> str | None:
        """Return a new hash where the kept one was made with older parameters."""
        if not self._hasher.check_needs_rehash(kept):
            return None
        return await self.hashed(password)

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _turn(self, work: Callable[[], T]) -> T:
        if self._under_way >= AT_ONCE + WAITING:
            raise TryLater("many people sign in at this moment; try again in a few seconds", 5)
        self._under_way += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._under_way -= 1

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False


def _bytes(password: str) -> bytes:
    return password.encode(errors="surrogatepass")
