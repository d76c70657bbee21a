"""The tables of the accounts, the same on SQLite and PostgreSQL, where they may lie beside the event log's.

Of secrets only digests are kept: SHA-256 of what is long and random, argon2id of passwords. Times are whole seconds
since 1970.
"""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, Table, Text

VERSION: Final = 2
"""The newest step in :mod:`console.accounts.migrate`; the steps end in the tables below."""

_NUMBER: Final = BigInteger().with_variant(Integer(), "sqlite")

metadata: Final = MetaData()

facts: Final = Table(
    "accounts_facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""The version of the tables, which files of earlier programs were taken over, and how often something was ended."""

people: Final = Table(
    "accounts_people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("compared", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("teams", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Index("accounts_people_by_name", "compared"),
    Index("accounts_people_by_subject", "issuer", "subject"),
)
"""``roles`` and ``teams`` one a line; ``issuer`` and ``subject`` say whom an identity provider means, else empty."""

passwords: Final = Table(
    "accounts_passwords",
    metadata,
    Column("person", Text, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("changed", _NUMBER, nullable=False),
)

tokens: Final = Table(
    "accounts_tokens",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("created", _NUMBER, nullable=False),
    Column("used", _NUMBER, nullable=False),
    Column("expires", _NUMBER, nullable=False),
    Index("accounts_tokens_by_person", "person"),
)
"""``expires`` is 0 for one that holds until it is replaced."""

sessions: Final = Table(
    "accounts_sessions",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("id", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("created", _NUMBER, nullable=False),
    Column("used", _NUMBER, nullable=False),
    Column("idle_end", _NUMBER, nullable=False),
    Column("expires", _NUMBER, nullable=False),
    Column("revoked", _NUMBER, nullable=False),
    Index("accounts_sessions_by_id", "id", unique=True),
    Index("accounts_sessions_by_person", "person"),
    Index("accounts_sessions_by_end", "expires"),
)
"""``id`` names a session where its token must not stand; ``revoked`` is 0 for one that was not."""

attempts: Final = Table(
    "accounts_attempts",
    metadata,
    Column("account", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("tried", _NUMBER, nullable=False),
    Column("succeeded", _NUMBER, nullable=False),
    Index("accounts_attempts_by_time", "tried"),
)
"""Failed attempts to sign in: of an account (by digest) from an address, of either alone the other one empty."""

once: Final = Table(
    "accounts_once",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("expires", _NUMBER, nullable=False),
    Index("accounts_once_by_end", "expires"),
)
"""What holds for one use: sign-ins that are under way, and codes that are exchanged for a session."""

starts: Final = Table(
    "accounts_starts",
    metadata,
    Column("place", Text, primary_key=True),
    Column("since", _NUMBER, nullable=False),
    Column("times", Integer, nullable=False),
)
"""Sign-ins at an identity provider that a network address began in the minute since ``since``."""

notes: Final = Table(
    "accounts_notes",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("uid", Text, nullable=False),
    Column("at", _NUMBER, nullable=False),
    Column("data", Text, nullable=False),
)
"""What happened to accounts and is still to go into the event log, written in the transaction in which it happened."""
