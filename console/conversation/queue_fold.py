"""What the events of queues and teamwork make of a conversation and of its row in the inbox."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from console.conversation import queue_events as q
from console.conversation.message import Status

if TYPE_CHECKING:
    from console.conversation.inbox import InboxRow
    from console.conversation.state import Conversation


@dataclass(frozen=True, slots=True)
class Aside:
    """What was said among staff, placed after the message it followed (``after`` is that message's id, or empty)."""

    kind: q.AsideKind
    text: str
    author: str
    name: str
    at: datetime
    to: str = ""
    to_name: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """Who is about a conversation besides the agent who has it."""

    asides: tuple[Aside, ...] = ()
    watchers: tuple[tuple[str, str], ...] = ()
    """Who watches: id and name."""
    called: str = ""
    """Who called a lead, with the reason, in a line; empty where nobody waits for one."""

    def take(self, data: object, at: datetime, after: str) -> "Team":
        """Return it after an event; most change nothing."""
        match data:
            case q.AsideWritten() as said:
                aside = Aside(said.kind, said.text, said.author, said.name, at, said.to, said.to_name, after)
                return replace(self, asides=(*self.asides, aside))
            case q.LeadCalled(name=name, reason=reason):
                return replace(self, called=f"{name}: {reason}" if reason else name)
            case q.WatchBegun(agent=agent, name=name):
                others = tuple(watcher for watcher in self.watchers if watcher[0] != agent)
                return replace(self, watchers=(*others, (agent, name)), called="")
            case q.WatchEnded(agent=agent):
                return replace(self, watchers=tuple(w for w in self.watchers if w[0] != agent))
            case q.ConversationTransferred() | q.ConversationReturned():
                return replace(self, called="")
            case _:
                return self


def take(conversation: "Conversation", data: object, at: datetime) -> None:
    """Let a conversation take in an event of these; any other changes nothing."""
    after = conversation.messages[-1].id if conversation.messages else ""
    conversation.team = conversation.team.take(data, at, after)
    match data:
        case q.ConversationTransferred(agent=agent, name=name):
            conversation.agent, conversation.agent_name = agent, name
            conversation.status = Status.ACTIVE if agent else Status.WAITING
            conversation.taken_at = at if agent else conversation.taken_at
        case q.ConversationReturned():
            conversation.agent, conversation.agent_name, conversation.status = "", "", Status.WAITING
        case q.ConversationWoken() if conversation.status is Status.PARKED:
            conversation.status = Status.ACTIVE
        case _:
            pass


def row_after(row: "InboxRow", data: object, at: datetime) -> "InboxRow":  # noqa: PLR0911 - one arm an event
    """Return a row of the inbox after an event of these; any other changes nothing."""
    match data:
        case q.ConversationTransferred() as passed:
            status = Status.ACTIVE if passed.agent else Status.WAITING
            tier, least = max(row.tier, passed.tier), max(row.least_tier, passed.tier)
            return replace(
                row,
                agent=passed.agent,
                agent_name=passed.name,
                status=status,
                tier=tier,
                least_tier=least,
                wanted=passed.skill or row.wanted,
                queued_at=None if passed.agent else at,
                wake_at=None,
                passed_on=passed.note,
                called=False,
            )
        case q.ConversationReturned():
            return replace(row, agent="", agent_name="", status=Status.WAITING, queued_at=at, called=False)
        case q.ConversationWoken() if row.status is Status.PARKED:
            return replace(row, status=Status.ACTIVE, wake_at=None)
        case q.LeadCalled():
            return replace(row, called=True)
        case q.WatchBegun():
            return replace(row, called=False)
        case q.AsideWritten(kind=q.AsideKind.ASKED, to=to):
            return replace(row, asked=tuple(dict.fromkeys((*row.asked, to))))
        case q.AsideWritten(kind=q.AsideKind.ANSWERED, author=author):
            return replace(row, asked=tuple(agent for agent in row.asked if agent != author))
        case _:
            return row
