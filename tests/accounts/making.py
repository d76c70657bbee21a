"""Accounts for tests, with a clock that stands still and passwords that are hashed fast."""

from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher

from console.accounts import Accounts
from console.accounts.database import sqlite_engine
from console.accounts.passwords import Passwords

PASSWORD = "three plain words"


@dataclass
class Seconds:
    """Seconds since 1970, as the test says."""

    time: float = 1_800_000_000.0

    def __call__(self) -> float:
        """Return the second."""
        return self.time

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self.time += seconds


def new_accounts(folder: Path) -> Accounts:
    """Return accounts in a file of this folder."""
    return Accounts(sqlite_engine(folder / "accounts.db"))


def fast_passwords() -> Passwords:
    """Return passwords with argon2id's least parameters."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
