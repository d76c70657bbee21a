"""Connections that are kept for later: the ends of those that broke meanwhile are seen before they are used again."""

import select
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

_AT_ONCE: Final = 0


def watched(engine: Engine) -> Engine:
    """Have an engine look at each connection that it takes from its pool, which costs no question to the database.

    One that waits has nothing to read but its end: a server that was stopped or killed closes it. Then, and whenever
    anything else has come, the pool opens a new one. (SQLAlchemy's ``pool_pre_ping`` asks each time: a seventh of all
    that a desk asks.) A network that was cut shows in neither way; see
    :data:`console.store.postgres.address.CONNECTING`.
    """

    @event.listens_for(engine, "checkout")
    def _look(connection: Any, _record: object, _proxy: object) -> None:  # noqa: ANN401 - the driver's connection
        if connection.closed or _has_news(connection.fileno()):
            raise DisconnectionError("it ended while it waited")

    return engine


def _has_news(descriptor: int) -> bool:
    poll = select.poll()  # not select: it knows no descriptor above 1,023
    poll.register(descriptor, select.POLLIN | select.POLLHUP | select.POLLERR)
    return bool(poll.poll(_AT_ONCE))
