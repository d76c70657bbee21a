"""The address of a team's database: how the driver takes it, and how people may read it."""

from typing import Any, Final

from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import make_url

CONNECTING: Final[dict[str, Any]] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""A machine that is gone is noticed in about ten seconds; PostgreSQL's own defaults wait for hours."""

SESSION: Final = (
    "-c idle_in_transaction_session_timeout=15s -c lock_timeout=20s "
    "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=10s"
)
"""A server that froze in the middle of a write is thrown out, and one that waits for it is told in the end. One that
the network cut off is noticed within seconds there, too: its locks would otherwise be held for hours."""


def conninfo(address: str, *options: str) -> str:
    """Return the address as the driver takes it, with these options of the session and the limits that it names not.

    Raises ``ValueError``.
    """
    given = _parts(address)
    session = " ".join(filter(None, (SESSION, *options, str(given.pop("options", "") or ""))))
    return make_conninfo(**{**CONNECTING, "application_name": "secondchair", **given, "options": session})


def shown(address: str) -> str:
    """Return the address without what is secret in it, for messages; raises ``ValueError``."""
    given = _parts(address)
    port = f":{given['port']}" if given.get("port") else ""
    host = given.get("host") or "localhost"
    return f"the database {given.get('user', '')}@{host}{port}/{given.get('dbname', '')}".replace(" @", " ")


def _parts(address: str) -> dict[str, Any]:
    try:
        make_url(address)  # what SQLAlchemy refuses is no address either; its words would quote the password
        return dict(conninfo_to_dict(address))
    except Exception:  # of either library, whatever it says
        raise ValueError("the address of the database should read postgresql://user:password@host/database") from None


def in_schema(address: str, name: str) -> str:
    """Return the address of a schema of the same database; raises ``ValueError``."""
    _parts(address)
    return f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{name}"
