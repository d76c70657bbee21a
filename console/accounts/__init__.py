"""Who may use the desk: people, their passwords, tokens and sessions, kept in SQLite or PostgreSQL."""

from console.accounts.accounts import Accounts, Pass
from console.accounts.errors import AccountsError
from console.accounts.people import OWNER

__all__ = ["OWNER", "Accounts", "AccountsError", "Pass"]
