"""What would have brought a past conversation from the bot to people besides what its text says by itself. Pure.

What the bot would have answered is not known, so a turn counts as failed where the customer wrote again, wanted more
than to say goodbye, and nothing was left to be asked of them.
"""

from collections.abc import Callable, Sequence

from console.assist.packet import Handed
from console.assist.talk import Talk
from console.content.behaviours import Behaviour
from console.conversation.goodbyes import says_goodbye
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.message import Author, Message

Fires = Callable[[Talk, Handed], Sequence[Trigger]]
"""What speaks for people at the newest message of a conversation, the weightiest first; none where nothing does."""


def wrote_on(talk: Talk, behaviour: Behaviour | None) -> tuple[Trigger, ...]:
    """Return that the bot's answers would have been no help, where the behaviour gives away what is unresolved."""
    said = [message for message in talk.messages if message.role is Author.CUSTOMER]
    if behaviour is None or not said or talk.messages[-1].role is not Author.CUSTOMER:
        return ()
    rule = next((rule for rule in behaviour.handover if rule.when is HandoverWhen.UNRESOLVED), None)
    failed = _turns(talk.messages) - 1 - len(behaviour.collect)
    if rule is None or failed < max(1, rule.after) or says_goodbye(said[-1].text):
        return ()
    return (Trigger(HandoverWhen.UNRESOLVED, f"wrote on after {failed} answers", said[-1].id),)


def _turns(messages: Sequence[Message]) -> int:
    """Return how many times the customer spoke; what they wrote one after the other is once."""
    spoken = [message.role for message in messages if message.role is not Author.SYSTEM]
    return sum(
        role is Author.CUSTOMER and (place == 0 or spoken[place - 1] is not Author.CUSTOMER)
        for place, role in enumerate(spoken)
    )
