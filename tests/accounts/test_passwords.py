"""Passwords: what is refused, how they are kept, and how many are checked at once."""

import asyncio
import threading

import pytest
from argon2 import PasswordHasher

from console.accounts import AccountsError
from console.accounts.errors import TryLater
from console.accounts.passwords import AT_ONCE, WAITING, Passwords, good_enough
from tests.accounts.making import PASSWORD, fast_passwords
from tests.desks import until


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "at least 12"),
        ("x" * 257, "at most 256"),
        ("robin ashdale1", "little more than the name"),
        ("aaaabbbbaaaabbbb", "repeats"),
    ],
)
def test_a_poor_password_is_refused_with_what_is_wrong(password: str, why: str) -> None:
    """In one line that does not hold it."""
    with pytest.raises(AccountsError, match=why) as refused:
        good_enough(password, "Robin Ashdale")
    assert password not in str(refused.value)


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "päßwörter für alle", "秘密の言葉は長いほど良いのです", " spaces  count ", "x\ud800" + PASSWORD],
)
async def test_a_password_fits_itself_and_no_other(password: str) -> None:
    """Whatever it is written in."""
    passwords = fast_passwords()
    kept = passwords.hash(password)
    assert kept.startswith("$argon2id$")
    assert await passwords.fits(password, kept)
    assert not await passwords.fits(password + " ", kept)
    assert not await passwords.fits(password, "damaged")
    assert not await passwords.fits("the password of nobody", None)


def test_the_default_takes_the_memory_that_rfc_9106_asks_for() -> None:
    """64 MiB and three passes."""
    assert Passwords().hash(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


class Counting(PasswordHasher):
    """Counts what is checked, and keeps each check waiting until the test lets it go."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.checked: list[str] = []
        self.at_once = self.most = 0
        self.go = threading.Event()

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002 - as the library calls it
        """Check once the test lets it."""
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.go.wait(10)
        self.at_once -= 1
        self.checked.append(str(hash))
        return super().verify(hash, password)


async def test_few_are_checked_at_once_and_whoever_comes_too_late_is_told_so() -> None:
    """A flood takes neither the memory nor the processors; the event loop goes on meanwhile."""
    hasher = Counting()
    passwords = Passwords(hasher)
    kept = passwords.hash(PASSWORD)
    flood = [asyncio.create_task(passwords.fits(PASSWORD, kept)) for _ in range(AT_ONCE + WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(TryLater):
        await passwords.fits(PASSWORD, kept)
    await until(lambda: hasher.at_once == AT_ONCE)
    hasher.go.set()
    assert all(await asyncio.gather(*flood))
    assert hasher.most == AT_ONCE
    assert await passwords.fits(PASSWORD, kept)


async def test_nobodys_password_is_checked_too() -> None:
    """Against a hash with the same parameters, so that an unknown name takes as long as a wrong password."""
    hasher = Counting()
    hasher.go.set()
    passwords = Passwords(hasher)
    kept = passwords.hash(PASSWORD)
    await passwords.fits("wrong password", kept)
    await passwords.fits("wrong password", None)
    known, nobodys = hasher.checked
    assert known != nobodys
    assert known.split("$")[:4] == nobodys.split("$")[:4]


async def test_a_hash_with_older_parameters_is_renewed() -> None:
    """When its password is there."""
    old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    passwords = fast_passwords()
    assert await passwords.fits(PASSWORD, old)
    renewed = await passwords.renewed(PASSWORD, old)
    assert renewed is not None
    assert await passwords.renewed(PASSWORD, renewed) is None
