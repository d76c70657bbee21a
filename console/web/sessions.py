"""Who is signed in: a random cookie stands for a person; only its digest is kept, and only in memory."""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from console.web.reception import SignedIn

BROWSERS: Final = 10
"""Browsers in which one person may be signed in; with one more, the one used least recently is signed out."""


@dataclass(slots=True)
class Session:
    """One browser of one person."""

    key: str
    """Digest of the cookie."""
    person: SignedIn
    until: float
    """When it ends in any case, by the sessions' clock."""
    seen: float
    """When a key was pressed last."""


class Sessions:
    """Those who are signed in. ``clock`` yields seconds since 1970."""

    def __init__(self, idle: float, longest: float, clock: Callable[[], float] = time.time) -> None:
        """``idle`` and ``longest`` are seconds: without a key pressed, and in all."""
        self._idle, self._longest, self._clock = idle, longest, clock
        self._sessions: dict[str, Session] = {}
        self._ended: list[Session] = []

    def begin(self, person: SignedIn) -> str:
        """Sign a person in and return the cookie: a new one each time."""
        cookie = secrets.token_urlsafe(32)
        now = self._clock()
        until = min(now + self._longest, person.expires or now + self._longest)
        theirs = sorted((s for s in self._sessions.values() if s.person.id == person.id), key=lambda s: s.seen)
        for session in theirs[: max(0, len(theirs) - BROWSERS + 1)]:
            self.end(session)
        key = _digest(cookie)
        self._sessions[key] = Session(key, person, until, now)
        return cookie

    def of(self, cookie: str) -> Session | None:
        """Return the session of a cookie, unless it has ended."""
        session = self._sessions.get(_digest(cookie))
        return session if session and self.holds(session) else None

    def holds(self, session: Session) -> bool:
        """Return whether a session goes on."""
        now = self._clock()
        return self._sessions.get(session.key) is session and now < min(session.until, session.seen + self._idle)

    def used(self, session: Session) -> None:
        """Take in that the person pressed a key."""
        session.seen = self._clock()

    def end(self, session: Session) -> None:
        """Sign a browser out."""
        if self._sessions.pop(session.key, None) is not None:
            self._ended.append(session)

    def end_all(self) -> None:
        """Sign everybody out."""
        for session in list(self._sessions.values()):
            self.end(session)

    def take_ended(self, done: Callable[[Session], bool]) -> list[Session]:
        """Return, once, the sessions that have ended and are ``done`` with: their tokens are needed no more."""
        taken = [session for session in self._ended if done(session)]
        self._ended = [session for session in self._ended if session not in taken]
        return taken

    def sweep(self) -> None:
        """Forget the sessions that have ended."""
        for session in list(self._sessions.values()):
            if not self.holds(session):
                self.end(session)


def _digest(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
