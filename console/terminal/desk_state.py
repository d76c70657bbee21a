"""What the console knows of the desk: the inbox and the opened conversations, folded from the live events.

Pure: no I/O, no clock. A page fetched from the server and the events that arrive while it is on its way are brought
together here, so that nothing is missed and nothing counts twice.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from console.conversation import events as e
from console.conversation import inbox
from console.conversation.commands import InboxPage, Me
from console.conversation.erasure_events import Forgotten
from console.conversation.generated_events import WeeksPassed
from console.conversation.inbox import InboxRow
from console.conversation.message import Author, Status
from console.conversation.people import Presence, Role
from console.conversation.practice_assignments import ToPlay
from console.conversation.presence_events import PresenceChanged
from console.conversation.queue import in_order
from console.conversation.state import Conversation
from console.conversation.wrap_up import OpenFollowUp
from console.conversation.wrap_up_events import FollowUpTicked, WrappedUp
from console.terminal.port import TypingSeen, WritingSeen

KEPT: Final = 12
"""Opened conversations kept up to date besides the current one; older ones are fetched again."""


@dataclass(frozen=True, slots=True)
class News:
    """A customer's message that arrived live."""

    conversation: str
    name: str
    mine: bool


@dataclass(slots=True)
class DeskState:
    """The state of the whole console."""

    me: Me | None = None
    seq: int = 0
    """The newest event taken in."""
    rows: dict[str, InboxRow] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    presences: dict[str, Presence] = field(default_factory=dict)
    drafts: frozenset[str] = frozenset()
    """Conversations in which the agent had an unsent draft when the inbox was read."""
    unread: dict[str, int] = field(default_factory=dict)
    """Customer messages that arrived while their conversation was not on the screen."""
    current: str = ""
    """The conversation on the screen."""
    typing: set[str] = field(default_factory=set)
    """Conversations whose customer is typing."""
    writing: dict[str, WritingSeen] = field(default_factory=dict)
    """The draft that is being written for a conversation, or why none came."""
    follow_ups: tuple[OpenFollowUp, ...] = ()
    """What the agent has still to do after closings."""
    follow_ups_moved: int = 0
    """How many events so far may have changed what is to do."""
    practice_moved: int = 0
    """How often so far what is to practise may have changed."""
    to_practise: tuple[ToPlay, ...] = ()
    """What the agent has still to practise that was assigned to them."""
    incomplete: bool = False
    """An event came for a conversation whose row was never fetched: the inbox must be read again."""
    arrival: dict[str, int] = field(default_factory=dict)
    """The order in which conversations were first seen; the inbox keeps to it where nobody waits."""
    ahead: timedelta = timedelta()
    """How much the desk's clock is ahead of this machine's."""
    erased: set[str] = field(default_factory=set)
    """Conversations that are no more: a page of one may still be on its way."""
    _early: dict[str, list[e.Event]] = field(default_factory=dict)

    @property
    def designs(self) -> bool:
        """Whether they decide on drafts that others proposed, and on nothing else of the review."""
        return self.me is not None and self.me.agent.role is Role.DESIGNER

    @property
    def agent(self) -> str:
        """Id of the agent at this console."""
        return self.me.agent.id if self.me else ""

    @property
    def conversation(self) -> Conversation | None:
        """The conversation on the screen, once it has been fetched."""
        return self.conversations.get(self.current)

    def take_inbox(self, page: InboxPage) -> None:
        """Take in a fetched inbox; rows that live events have brought further are kept."""
        fetched = {row.id: row for row in page.rows if row.id not in self.erased}
        for row in sorted(page.rows, key=_since):
            self.arrival.setdefault(row.id, len(self.arrival))
        newer = {name: row for name, row in self.rows.items() if row.seq > page.seq}
        self.rows = {**fetched, **newer}
        self.presences = dict(page.presences)
        self.drafts = frozenset(page.drafts)
        self.seq = max(self.seq, page.seq)
        self.incomplete = False

    def expect(self, conversation: str) -> None:
        """Begin to keep the events of a conversation whose page is being fetched."""
        self._early.setdefault(conversation, [])

    def take_conversation(self, page: Conversation) -> Conversation:
        """Take in a fetched conversation and the events that overtook it; return it as it stands now."""
        known = self.conversations.get(page.id)
        early = self._early.pop(page.id, [])
        if page.id in self.erased:
            return page
        if known is not None and known.seq >= page.seq:
            return known
        for event in early:
            page.apply(event)
        self.conversations.pop(page.id, None)
        self.conversations[page.id] = page
        for old in [name for name in self.conversations if name not in (page.id, self.current)][:-KEPT]:
            del self.conversations[old]
        return page

    def forget(self) -> None:
        """Drop everything folded, because the log behind it is another one; unread counts and drafts stay."""
        self.seq = 0
        self.rows.clear()
        self.conversations.clear()
        self._early.clear()
        self.typing.clear()
        self.writing.clear()

    def drop(self, lost: Forgotten) -> bool:
        """Drop what was erased and what is to be read anew; returns whether anything of it was erased and known."""
        known = {*self.rows, *self.conversations, *(one.conversation for one in self.follow_ups)}
        self.erased |= lost.gone
        for name in lost.gone | lost.changed:
            self.conversations.pop(name, None)
            self._early.pop(name, None)
        for name in lost.gone:
            for held in (self.rows, self.unread, self.arrival, self.writing):
                held.pop(name, None)
        self.typing -= lost.gone
        self.drafts -= lost.gone
        self.follow_ups = tuple(one for one in self.follow_ups if one.conversation not in lost.gone)
        self.incomplete = self.incomplete or bool(lost.changed & self.rows.keys())
        self.current = "" if self.current in lost.gone else self.current
        return bool(known & lost.gone)

    def show(self, conversation: str) -> None:
        """Put a conversation on the screen."""
        self.current = conversation
        self.unread.pop(conversation, None)

    def apply(self, event: e.Event) -> News | None:
        """Take in a live event; return the news when a customer wrote."""
        if event.seq <= self.seq:
            return None
        self.seq = event.seq
        if isinstance(event.data, PresenceChanged):
            self.presences[event.data.agent] = event.data.presence
        if isinstance(event.data, WeeksPassed):
            self.ahead += event.data.until - event.data.since
        if event.conversation == e.WORKSPACE:
            return None
        self._apply_to_row(event)
        self.follow_ups_moved += isinstance(event.data, WrappedUp | FollowUpTicked)
        if event.conversation in self.conversations:
            self.conversations[event.conversation].apply(event)
        if event.conversation in self._early:
            self._early[event.conversation].append(event)
        if isinstance(event.data, e.MessageAdded) and event.data.role is Author.CUSTOMER:
            return self._news(event.conversation)
        return None

    def apply_typing(self, seen: TypingSeen) -> None:
        """Take in that a customer types or has stopped."""
        if seen.who == "customer":
            (self.typing.add if seen.active else self.typing.discard)(seen.conversation)

    def apply_writing(self, seen: WritingSeen) -> None:
        """Take in how far a draft has come; one that is there is a suggestion, and no more being written."""
        if seen.over and not seen.why:
            self.writing.pop(seen.conversation, None)
        else:
            self.writing[seen.conversation] = seen

    def mine(self) -> list[InboxRow]:
        """Return the agent's own active conversations, who has waited longest first."""
        return self._by_wait(lambda r: r.status is Status.ACTIVE and r.agent == self.agent)

    def waiting(self) -> list[InboxRow]:
        """Return the conversations nobody has taken, the most urgent first.

        Waiting makes all of them more urgent alike, so that the order is the same at any moment.
        """
        rows = self._ordered(lambda r: r.status is Status.WAITING)
        moments = [moment for row in rows for moment in (row.waiting_since, row.queued_at) if moment]
        return [row for row, _ in in_order(rows, max(moments))] if moments else rows

    def asked(self) -> list[InboxRow]:
        """Return the conversations in which the agent was asked something, and those that call for a lead."""
        leads = self.me is not None and self.me.agent.role in {Role.LEAD, Role.ADMIN}
        return self._ordered(lambda r: self.agent in r.asked or (leads and r.called and r.agent != self.agent))

    def parked(self) -> list[InboxRow]:
        """Return the agent's parked conversations."""
        return self._ordered(lambda r: r.status is Status.PARKED and r.agent == self.agent)

    def others(self) -> list[InboxRow]:
        """Return what other agents and the bot have in hand."""
        asked = {row.id for row in self.asked()}
        return self._ordered(
            lambda r: (
                r.id not in asked
                and (r.status is Status.BOT or (r.status in (Status.ACTIVE, Status.PARKED) and r.agent != self.agent))
            )
        )

    def approvals(self) -> int:
        """Return how many texts wait for a lead."""
        return sum(row.approvals for row in self.rows.values())

    def asking(self) -> dict[str, int]:
        """Return the conversations in which a text waits for a lead, each with its newest event."""
        return {row.id: row.seq for row in self.rows.values() if row.approvals}

    def _ordered(self, wanted: Callable[[InboxRow], bool]) -> list[InboxRow]:
        return sorted((r for r in self.rows.values() if wanted(r)), key=lambda r: self.arrival.get(r.id, 0))

    def _by_wait(self, wanted: Callable[[InboxRow], bool]) -> list[InboxRow]:
        """Order by the wait that is shown; to whom nothing is owed comes last."""
        return sorted(self._ordered(wanted), key=lambda r: r.waiting_since.timestamp() if r.waiting_since else math.inf)

    def _apply_to_row(self, event: e.Event) -> None:
        known = self.rows.get(event.conversation)
        if known is None and not isinstance(event.data, e.ConversationOpened):
            self.incomplete = True
            return
        row = inbox.apply(known, event)
        if row is not None:
            self.arrival.setdefault(row.id, len(self.arrival))
            self.rows[row.id] = row
        if isinstance(event.data, e.MessageAdded):
            self.typing.discard(event.conversation)
            self.writing.pop(event.conversation, None)

    def _news(self, conversation: str) -> News | None:
        row = self.rows.get(conversation)
        if row is None:
            return None
        mine = bool(row.agent) and row.agent == self.agent
        if conversation != self.current and (mine or row.status is Status.WAITING):
            self.unread[conversation] = self.unread.get(conversation, 0) + 1
        return News(conversation, row.name, mine)


def _since(row: InboxRow) -> tuple[bool, float, str]:
    moment = row.waiting_since or row.updated_at
    return moment is None, moment.timestamp() if moment else 0.0, row.id
