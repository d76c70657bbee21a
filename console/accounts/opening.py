"""Opens the accounts of a desk: in a file of its workspace, or in the database of a team."""

from typing import Any, Final, LiteralString

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Engine, create_engine, make_url

from console.accounts.accounts import Accounts
from console.accounts.database import sqlite_engine
from console.accounts.errors import AccountsUnavailable
from console.accounts.sessions import Terms
from console.sign_in_settings import SignInSettings
from console.workspace import Workspace

_CONNECTING: Final[dict[str, Any]] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""A machine that is gone is noticed in about ten seconds."""

_SESSION: Final[tuple[LiteralString, ...]] = (
    "SET lock_timeout = '10s'",
    "SET idle_in_transaction_session_timeout = '15s'",
)
"""A server that froze in the middle of a change is thrown out, and one that waits for it is told in the end."""


def open_accounts(workspace: Workspace, settings: SignInSettings, address: str = "") -> Accounts:
    """Open them; ``address`` is the database of a team (postgresql://…), empty for the workspace's own file.

    What an earlier program kept in a file is taken over. Raises :class:`~console.accounts.errors.AccountsError`.
    """
    engine = postgres_engine(address) if address else sqlite_engine(workspace.accounts)
    terms = Terms(round(settings.hours * 3600), round(settings.idle_minutes * 60))
    return Accounts(engine, terms=terms, earlier=workspace.earlier_accounts)


def postgres_engine(address: str) -> Engine:
    """Return an engine for a database, with few connections: a look at an account takes a millisecond.

    Raises :class:`AccountsUnavailable` for an address that is none.
    """
    try:
        make_url(address)
        conninfo_to_dict(address)
    except Exception:  # of either library, whatever it says: it would quote the password
        raise AccountsUnavailable(
            "the address of the accounts' database should read postgresql://user:password@host/database"
        ) from None

    def connect() -> psycopg.Connection:
        made = psycopg.connect(address, application_name="secondchair accounts", **_CONNECTING)
        for setting in _SESSION:
            made.execute(setting)
        made.commit()
        return made

    return create_engine(
        "postgresql+psycopg://", creator=connect, pool_size=2, max_overflow=6, pool_pre_ping=True, pool_timeout=10
    )
