"""Opens the accounts of a desk: in a file of its workspace, or in the database of a team."""

import psycopg
from sqlalchemy import Engine, create_engine

from console.accounts.accounts import Accounts
from console.accounts.database import sqlite_engine
from console.accounts.sessions import Terms
from console.sign_in_settings import SignInSettings
from console.workspace import Workspace


def open_accounts(workspace: Workspace, settings: SignInSettings, address: str = "") -> Accounts:
    """Open them; ``address`` is the database of a team (postgresql://…), empty for the workspace's own file.

    What an earlier program kept in a file is taken over. Raises :class:`~console.accounts.errors.AccountsError`.
    """
    engine = postgres_engine(address) if address else sqlite_engine(workspace.accounts)
    terms = Terms(round(settings.hours * 3600), round(settings.idle_minutes * 60))
    return Accounts(engine, terms=terms, earlier=workspace.earlier_accounts)


def postgres_engine(address: str) -> Engine:
    """Return an engine for a database, with few connections: a look at an account takes a millisecond."""
    return create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(address, connect_timeout=5, application_name="secondchair accounts"),
        pool_size=2,
        max_overflow=6,
        pool_pre_ping=True,
        pool_timeout=10,
    )
