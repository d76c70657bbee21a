"""Group commit: threads that write at the same moment share one transaction and one wait for the disk.

Where nobody leads, the next caller does: it does the work of all who wait, and commits once. Nobody is answered before
that commit. What one caller does wrong undoes that caller's work alone, by a savepoint; trouble of the database itself,
such as a full disk, undoes the work of all in the transaction, and each is told.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from console.desk.log import Appended, LogError, LogUnwritable
from console.store.appending import Request
from console.store.audit import Head
from console.store.database import Database
from console.store.transaction import Transaction

T = TypeVar("T")

LARGEST: Final = 256
"""Callers served by one transaction at most."""


Together = Callable[[Transaction, Sequence[Request]], list[Appended | Exception]]
"""Appends for many callers; returns what came of each."""


class _Ticket(Generic[T]):
    """What one caller wants, some work or an append, and what became of it."""

    __slots__ = ("done", "error", "request", "result", "work")

    def __init__(self, work: Callable[[Transaction], T] | None, request: Request | None = None) -> None:
        self.work, self.request = work, request
        self.done = False
        self.error: BaseException | None = None
        self.result: T | None = None


class Commits:
    """Runs work in write transactions, one at a time; ``committed`` is told of each that moved the head."""

    def __init__(self, database: Database, committed: Callable[[Head], None], together: Together) -> None:
        self._database = database
        self._committed = committed
        self._together = together
        self._state = threading.Condition()
        self._leading = False
        self._waiting: deque[_Ticket[Any]] = deque()
        self._closed = False

    def run(self, work: Callable[[Transaction], T]) -> T:
        """Return what ``work`` returns, once it is durable; raises what it raises, and then nothing of it is kept.

        Failures of the database come as :class:`~console.desk.log.LogError`.
        """
        ticket = _Ticket(work)
        self._serve_all([ticket])
        if ticket.error is not None:
            raise ticket.error
        return ticket.result  # type: ignore[return-value]  # set whenever there is no error

    def append(self, requests: Sequence[Request]) -> list[Appended | Exception]:
        """Append what is asked for together with what others ask for meanwhile, and return what came of each.

        What ends the program is raised; else as :meth:`run`.
        """
        tickets = [_Ticket[Appended](None, request) for request in requests]
        self._serve_all(tickets)
        return [_outcome(ticket) for ticket in tickets]

    def _serve_all(self, tickets: Sequence[_Ticket[Any]]) -> None:
        """Wait until all are served, doing the work of all who wait where nobody else does."""
        self._waiting.extend(tickets)
        while self._take_the_lead(tickets[-1]):  # they are served in their order
            try:
                self._lead()
            finally:
                self._hand_on()

    def alone(self, work: Callable[[], T]) -> T:
        """Return what ``work`` returns, done while nothing is being written."""
        self._take_the_lead(None)
        try:
            return work()
        finally:
            self._hand_on()

    def close(self) -> None:
        """Finish the work at hand and take no more."""
        self._take_the_lead(None)
        self._closed = True
        self._hand_on()

    def _take_the_lead(self, ticket: _Ticket[Any] | None) -> bool:
        """Wait until nobody leads, and lead; or until ``ticket`` has been served, and return ``False``."""
        with self._state:
            self._state.wait_for(lambda: not self._leading or (ticket is not None and ticket.done))
            if ticket is not None and ticket.done:
                return False
            self._leading = True
            return True

    def _hand_on(self) -> None:
        with self._state:
            self._leading = False
            self._state.notify_all()

    def _lead(self) -> None:
        group = [self._waiting.popleft() for _ in range(min(LARGEST, len(self._waiting)))]
        if self._closed:
            _fail(group, [LogUnwritable(f"{self._database.name} has been closed.") for _ in group], None)
            return
        try:
            self._commit(group)
        except DBAPIError as error:
            _fail(group, [self._database.explain(error) for _ in group], error)
        except BaseException as error:
            name = self._database.name
            _fail(group, [LogUnwritable(f"{name}: interrupted before it could commit.") for _ in group], error)
            raise
        for ticket in group:
            ticket.done = True

    def _commit(self, group: list[_Ticket[Any]]) -> None:
        """Do the work of a group; most often there are appends alone, and nothing of them has to be undone."""
        if any(ticket.work is not None for ticket in group):
            self._carefully(group)
            return
        try:
            with self._database.writer.begin() as connection:
                transaction = self._begun(connection)
                _hand_out(group, self._together(transaction, _requests(group)))
                self._end(transaction)
        except (IntegrityError, DataError):  # of one of them: which, is found out with a savepoint for each
            self._carefully(group)
        else:
            self._moved(transaction)

    def _carefully(self, group: list[_Ticket[Any]]) -> None:
        """Do each caller's work so that it can be undone alone."""
        with self._database.writer.begin() as connection:
            transaction = self._begun(connection)
            for kind, run in groupby(group, key=lambda ticket: ticket.work is None):
                if kind:
                    self._append(list(run), transaction)
                else:
                    for ticket in run:
                        _serve(ticket, transaction, self._database)
            self._end(transaction)
        self._moved(transaction)

    def _begun(self, connection: Connection) -> Transaction:
        self._database.lock(connection)
        return Transaction(connection)

    def _end(self, transaction: Transaction) -> None:
        if transaction.moved:
            self._database.announce(transaction.connection)

    def _moved(self, transaction: Transaction) -> None:
        if transaction.moved and transaction.head is not None:
            self._committed(transaction.head)

    def _append(self, tickets: list[_Ticket[Any]], transaction: Transaction) -> None:
        """Serve those who append, all at once; where the database will not have something of it, one by one."""
        try:
            with transaction.connection.begin_nested():
                outcomes = self._together(transaction, _requests(tickets))
        except (IntegrityError, DataError) as error:
            if len(tickets) > 1:
                for ticket in tickets:
                    self._append([ticket], transaction)
                return
            refused = self._database.explain(error)
            refused.__cause__ = error
            outcomes = [refused]
        _hand_out(tickets, outcomes)


def _outcome(ticket: _Ticket[Appended]) -> Appended | Exception:
    if isinstance(ticket.error, Exception):
        return ticket.error
    if ticket.error is not None:
        raise ticket.error
    return ticket.result  # type: ignore[return-value]  # set whenever there is no error


def _requests(tickets: Sequence[_Ticket[Any]]) -> list[Request]:
    return [ticket.request for ticket in tickets if ticket.request is not None]


def _hand_out(tickets: Sequence[_Ticket[Any]], outcomes: Sequence[Appended | Exception]) -> None:
    for ticket, outcome in zip(tickets, outcomes, strict=True):
        if isinstance(outcome, Exception):
            ticket.error = outcome
        else:
            ticket.result = outcome


def _serve(ticket: _Ticket[Any], transaction: Transaction, database: Database) -> None:
    """Do one caller's work in a savepoint; failures of the database itself end the whole transaction."""
    try:
        with transaction.connection.begin_nested():
            ticket.result = ticket.work(transaction) if ticket.work else None
    except (IntegrityError, DataError) as error:  # it will not have what this caller brings, and is sound itself
        ticket.error = database.explain(error)
        ticket.error.__cause__ = error
    except DBAPIError:
        raise
    except Exception as error:
        ticket.error = error  # raised again in the thread that asked for the work


def _fail(group: list[_Ticket[Any]], errors: Sequence[LogError], cause: BaseException | None) -> None:
    """Fail every caller of a transaction that did not commit, each with an exception of its own."""
    for ticket, error in zip(group, errors, strict=True):
        error.__cause__ = cause
        ticket.error, ticket.result, ticket.done = error, None, True
