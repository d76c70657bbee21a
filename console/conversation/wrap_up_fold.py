"""What the events of wrap-ups make of a conversation."""

from datetime import datetime
from typing import TYPE_CHECKING

from console.conversation.wrap_up import Wrapped
from console.conversation.wrap_up_events import FollowUpTicked, WrappedUp

if TYPE_CHECKING:
    from console.conversation.state import Conversation


def take(conversation: "Conversation", data: object, at: datetime) -> None:
    """Let a conversation take in an event of these; any other changes nothing."""
    match data:
        case WrappedUp():
            after = conversation.messages[-1].id if conversation.messages else ""
            conversation.wrapped = (*conversation.wrapped, Wrapped(data.wrap_up, data.agent, data.name, at, after))
        case FollowUpTicked(follow_up=name, done=done) if conversation.wrapped:
            newest = conversation.wrapped[-1].ticked(name, done=done)
            conversation.wrapped = (*conversation.wrapped[:-1], newest)
        case _:
            pass
