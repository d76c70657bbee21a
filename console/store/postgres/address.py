"""The address of a team's database: how the driver takes it, and how people may read it."""

import re
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

_SCHEMA: Final = re.compile(r"-c\s*search_path=([^\s,]+)")


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
    schema = f", schema {own}" if (own := schema_of(address)) else ""
    return f"the database {given.get('user', '')}@{host}{port}/{given.get('dbname', '')}{schema}".replace(" @", " ")


def schema_of(address: str) -> str:
    """Return the schema that an address names; empty where it is that of the database. Raises ``ValueError``."""
    named: list[str] = _SCHEMA.findall(str(_parts(address).get("options") or ""))
    return named[-1] if named else ""


def in_schema(address: str, name: str) -> str:
    """Return the address of a schema beside the one that an address names, in the same database.

    It is called ``name``, after the other one where that has a name: several desks may share a database. Raises
    ``ValueError``.
    """
    own, given = schema_of(address), str(_parts(address).get("options") or "")
    options = f"{given} -csearch_path={own}_{name}" if own else f"{given} -csearch_path={name}"
    url = make_url(address).update_query_dict({"options": options.strip()}).render_as_string(hide_password=False)
    before, mark, query = url.partition("?")
    return f"{before}{mark}{query.replace('+', '%20')}"  # libpq takes a plus for a plus


def _parts(address: str) -> dict[str, Any]:
    try:
        make_url(address)  # what SQLAlchemy refuses is no address either; its words would quote the password
        return dict(conninfo_to_dict(address))
    except Exception:  # of either library, whatever it says
        raise ValueError("the address of the database should read postgresql://user:password@host/database") from None
