"""How long whoever failed to sign in has to wait; pure.

Three things are counted. An account from one address is held back hard: who guesses is slowed to a few tries an hour.
An account from everywhere, and an address for every account, are held back softly and for a short while, since
strangers can fail in anybody's name and colleagues share an address; and neither holds back a person who has signed in
from that address before, where even the hard pause is short. So nobody can keep somebody else out for long.
"""

from dataclasses import dataclass
from typing import Final

FORGOTTEN: Final = 24 * 3600
"""Seconds without a try after which failures count no more."""

KNOWN: Final = 30 * 24 * 3600
"""Seconds for which an account is known at the address that it signed in from."""


@dataclass(frozen=True, slots=True)
class Count:
    """Failures so far, when the last try was, and when there was a success; seconds since 1970, 0 for never."""

    failures: int = 0
    tried: int = 0
    succeeded: int = 0

    def standing(self, now: int) -> int:
        """Return the failures that still count."""
        return self.failures if now - self.tried < FORGOTTEN else 0


@dataclass(frozen=True, slots=True)
class Pauses:
    """After ``free`` failures each further try has to wait: ``first`` seconds, then twice that, ``longest`` at most."""

    free: int
    first: int
    longest: int

    def left(self, count: Count, now: int) -> int:
        """Return the seconds until the next try is let through; 0 where it is at once."""
        beyond = count.standing(now) - self.free
        if beyond < 0:
            return 0
        pause = min(self.longest, self.first << min(beyond, 20))
        return max(0, min(pause, count.tried + pause - now))


@dataclass(frozen=True, slots=True)
class Limits:
    """The three pauses. ``failures`` is how often a password may be mistyped before the first pause."""

    failures: int = 5

    @property
    def pair(self) -> Pauses:
        """Of an account from one address."""
        return Pauses(self.failures, 30, 900)

    @property
    def known_pair(self) -> Pauses:
        """The same where the account has signed in from that address before."""
        return Pauses(self.failures, 30, 120)

    @property
    def account(self) -> Pauses:
        """Of an account from all addresses at which it is not known."""
        return Pauses(4 * self.failures, 1, 30)

    @property
    def address(self) -> Pauses:
        """Of an address for all accounts that are not known there."""
        return Pauses(6 * self.failures, 1, 60)


def pause(limits: Limits, pair: Count, account: Count, address: Count, now: int) -> int:
    """Return the seconds to wait before this account may be tried from this address."""
    if pair.succeeded and now - pair.succeeded < KNOWN:
        return limits.known_pair.left(pair, now)
    return max(limits.pair.left(pair, now), limits.account.left(account, now), limits.address.left(address, now))
