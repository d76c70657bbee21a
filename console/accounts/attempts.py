"""Attempts to sign in, in the store. Each is counted as a failure before it is made, so that many at once gain nothing.

The name that was typed is kept as a digest alone: people type passwords into the wrong field.
"""

from sqlalchemy import Connection, and_, delete, insert, or_, select, update

from console.accounts import names, throttle
from console.accounts.schema import attempts
from console.accounts.throttle import Count, Limits
from console.accounts.tokens import digest_of


def account_key(name: str) -> str:
    """Return what stands for a name that was typed."""
    return digest_of(names.compared(name))[:32]


def begin(connection: Connection, account: str, address: str, limits: Limits, now: int) -> int:
    """Count an attempt as failed and return 0; or return the seconds to wait first, and count nothing."""
    places = _places(account, address)
    pair, everywhere, here = counts = [_count(connection, *place) for place in places]
    wait = throttle.pause(limits, pair, everywhere, here, now)
    if wait:
        return wait
    for place, count in zip(places, counts, strict=True):
        _write(connection, *place, Count(count.standing(now) + 1, now, count.succeeded))
    failed = and_(attempts.c.tried < now - throttle.FORGOTTEN, attempts.c.succeeded == 0)
    connection.execute(delete(attempts).where(or_(failed, attempts.c.tried < now - throttle.KNOWN)))
    return 0


def take_back(connection: Connection, account: str, address: str) -> None:
    """Take back what was counted of an attempt that came to nothing."""
    for place in _places(account, address):
        count = _count(connection, *place)
        _write(connection, *place, Count(max(0, count.failures - 1), count.tried, count.succeeded))


def succeeded(connection: Connection, account: str, address: str, now: int) -> None:
    """Take back what was counted of an attempt: it was no failure. The account is known at the address from now on."""
    take_back(connection, account, address)
    _write(connection, account, address, Count(0, now, now))


def _places(account: str, address: str) -> tuple[tuple[str, str], ...]:
    return (account, address), (account, ""), ("", address)


def _count(connection: Connection, account: str, address: str) -> Count:
    where = (attempts.c.account == account, attempts.c.address == address)
    row = connection.execute(select(attempts).where(*where)).first()
    return Count(row.failures, row.tried, row.succeeded) if row else Count()


def _write(connection: Connection, account: str, address: str, count: Count) -> None:
    where = (attempts.c.account == account, attempts.c.address == address)
    values = {"failures": count.failures, "tried": count.tried, "succeeded": count.succeeded}
    changed = connection.execute(update(attempts).where(*where).values(values))
    if not changed.rowcount:
        connection.execute(insert(attempts).values(account=account, address=address, **values))
