"""Attempts to sign in, in the store, so that all servers of a desk count together.

Each is counted as a failure before it is made, so that many at once gain nothing. The name that was typed is kept as a
digest alone: people type passwords into the wrong field.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, case, delete, func, insert, or_, select, tuple_, update

from console.accounts import names, throttle
from console.accounts.schema import attempts
from console.accounts.throttle import Count, Limits
from console.accounts.tokens import digest_of

MOST: Final = 100_000
"""Counts of failures that are kept at the same time.

Beyond that, those that were tried longest ago are forgotten. Each new one costs a check of a password, of which a
server makes some 40 a second, and a check adds two: what is forgotten was tried twenty minutes ago, when no pause lasts
more than fifteen. Who is known at an address is not among them.
"""

AT_A_TIME: Final = MOST // 10
"""Counts that are forgotten together, so that a full table is not sorted for every attempt."""

Place = tuple[str, str]
"""An account and an address; either may be empty, and stands then for all."""


def account_key(name: str) -> str:
    """Return what stands for a name that was typed."""
    return digest_of(names.compared(name))[:32]


def begin(connection: Connection, account: str, address: str, limits: Limits, now: int) -> int:
    """Count an attempt as failed and return 0; or return the seconds to wait first, and count nothing."""
    places = _places(account, address)
    counts = _counts(connection, places)
    pair, everywhere, here = (counts.get(place, Count()) for place in places)
    wait = throttle.pause(limits, pair, everywhere, here, now)
    if wait:
        return wait
    standing = attempts.c.tried > now - throttle.FORGOTTEN
    failures = case((standing, attempts.c.failures + 1), else_=1)
    connection.execute(update(attempts).where(_among(places)).values(failures=failures, tried=now))
    new = [place for place in dict.fromkeys(places) if place not in counts]  # without an address two are one
    if new:
        rows = [
            {"account": place[0], "address": place[1], "failures": 1, "tried": now, "succeeded": 0} for place in new
        ]
        connection.execute(insert(attempts), rows)
        _forget(connection, now)
    return 0


def take_back(connection: Connection, account: str, address: str) -> None:
    """Take back what was counted of an attempt that came to nothing."""
    _less(connection, _places(account, address))


def succeeded(connection: Connection, account: str, address: str, now: int) -> None:
    """Take back what was counted of an attempt: it was no failure. The account is known at the address from now on."""
    pair, *others = _places(account, address)
    _less(connection, others)
    known = {"failures": 0, "tried": now, "succeeded": now}
    if not connection.execute(update(attempts).where(_among([pair])).values(known)).rowcount:
        connection.execute(insert(attempts).values(account=account, address=address, **known))


def _places(account: str, address: str) -> tuple[Place, Place, Place]:
    return (account, address), (account, ""), ("", address)


def _among(places: Sequence[Place]) -> ColumnElement[bool]:
    return or_(*(and_(attempts.c.account == account, attempts.c.address == address) for account, address in places))


def _counts(connection: Connection, places: Sequence[Place]) -> dict[Place, Count]:
    rows = connection.execute(select(attempts).where(_among(places)))
    return {(row.account, row.address): Count(row.failures, row.tried, row.succeeded) for row in rows}


def _less(connection: Connection, places: Sequence[Place]) -> None:
    """Count one failure less."""
    fewer = case((attempts.c.failures > 0, attempts.c.failures - 1), else_=0)
    connection.execute(update(attempts).where(_among(places)).values(failures=fewer))


def _forget(connection: Connection, now: int) -> None:
    """Forget what counts no more, and the oldest failures where there are too many."""
    over = and_(attempts.c.tried < now - throttle.FORGOTTEN, attempts.c.succeeded == 0)
    connection.execute(delete(attempts).where(or_(over, attempts.c.tried < now - throttle.KNOWN)))
    failed = select(attempts.c.account, attempts.c.address).where(attempts.c.succeeded == 0)
    if (connection.execute(select(func.count()).select_from(failed.subquery())).scalar() or 0) > MOST:
        oldest = failed.order_by(attempts.c.tried).limit(AT_A_TIME)
        connection.execute(delete(attempts).where(tuple_(attempts.c.account, attempts.c.address).in_(oldest)))
